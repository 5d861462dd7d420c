import { futural } from 'hersheytext/hersheytext.json';

/** From one point to another, in units of the font. */
export interface Stroke {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Of capitals, in units of the font; lines of it reach from `TOP` to `BOTTOM`. */
export const CAPITAL_HEIGHT = 21;
export const TOP = -4;
export const BOTTOM = 30;

const FIRST_CODE = 0x21;
const SPACE = 14;
/** The font has one shape for I and l; names of callers have to be told apart. */
const SERIFS = 'M1,1 L7,1 M1,22 L7,22';

/** The strokes of a line of text in the one-stroke sans of A. V. Hershey, and how wide it is. What is not ASCII is a question mark. */
export function strokesOf(text: string): { readonly strokes: readonly Stroke[]; readonly width: number } {
  const strokes: Stroke[] = [];
  let width = 0;
  for (const character of text) {
    if (character === ' ') {
      width += SPACE;
      continue;
    }
    const code = character.codePointAt(0)!;
    const { d, o } = futural.chars[code >= FIRST_CODE && code < 0x7f ? code - FIRST_CODE : '?'.charCodeAt(0) - FIRST_CODE];
    for (const path of `${d}${character === 'I' ? SERIFS : ''}`.split('M').slice(1)) {
      const points = path.split(/[L ]+/).filter(point => point !== '').map(point => point.split(',').map(Number));
      points.slice(1).forEach(([x2, y2], index) => {
        const [x1, y1] = points[index];
        strokes.push({ x1: width + x1, y1, x2: width + x2, y2 });
      });
    }
    width += o * 2;
  }
  return { strokes, width };
}
