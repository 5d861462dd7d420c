import { Ranges, includes, single, union } from './code-points';

/** Above it, there are no letters with two cases. */
const LAST_CASED = 0x1e943;
/** Letters of their own: the i with and the one without a dot, which are i in Turkish only, the long s, and the sign for Kelvin, which nobody types. */
const OTHER_LETTERS = [0x130, 0x131, 0x17f, 0x212a];

let otherCases: ReadonlyMap<number, Ranges> | undefined;

/** A set with the other cases of its letters (simple case folding). */
export function inAnyCase(set: Ranges): Ranges {
  otherCases ??= collect();
  if (set.length === 1 && set[0][0] === set[0][1]) {
    return otherCases.get(set[0][0]) ?? set;
  }
  const added = [...otherCases].filter(([codePoint]) => includes(set, codePoint)).map(([, cases]) => cases);
  return union(set, ...added);
}

function collect(): ReadonlyMap<number, Ranges> {
  const all = Array.from({ length: LAST_CASED + 1 }, (_, codePoint) => String.fromCodePoint(codePoint)).join('');
  const byFold = new Map<number, number[]>();
  for (const [character] of all.matchAll(/\p{Changes_When_Casemapped}/gu)) {
    const codePoint = character.codePointAt(0)!;
    const folded = fold(codePoint);
    byFold.set(folded, [...byFold.get(folded) ?? [], codePoint]);
  }
  return new Map([...byFold.values()].flatMap(cases => {
    const set = union(...cases.map(single));
    return cases.map(each => [each, set] as const);
  }));
}

function fold(codePoint: number): number {
  return OTHER_LETTERS.includes(codePoint) ? codePoint : mapped(mapped(codePoint, 'toUpperCase'), 'toLowerCase');
}

/** Mappings to several characters, such as that of ß, are none between single characters. */
function mapped(codePoint: number, method: 'toUpperCase' | 'toLowerCase'): number {
  const text = String.fromCodePoint(codePoint)[method]();
  const other = text.codePointAt(0)!;
  return String.fromCodePoint(other).length === text.length ? other : codePoint;
}
