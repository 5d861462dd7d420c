import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { Piece } from './diff-line';
import { printable } from './terminal';

const NUMBER_WIDTH = 6;
const SEPARATOR = ' │ ';
/** What stands for a byte of a value. Nothing of a value itself is ever shown. */
const HIDDEN = '•';
const LONGEST_HIDDEN = 24;

/** Writes lines side by side: before, with the values hidden, and after. */
export class DiffLayout {
  /** Of one side. */
  readonly width: number;
  private readonly colors: ReturnType<typeof picocolors.createColors>;

  constructor(columns: number, hasColors: boolean) {
    this.width = Math.floor((columns - NUMBER_WIDTH - 1 - SEPARATOR.length) / 2);
    this.colors = picocolors.createColors(hasColors);
  }

  title(text: string): string {
    return `${this.colors.bold(text)}\n`;
  }

  /** Between lines that do not follow each other. */
  gap(): string {
    return `${this.colors.dim('⋯'.padStart(NUMBER_WIDTH))}\n`;
  }

  /** A line that is as it was, cut off where the side ends. */
  context(number: number, pieces: readonly Piece[]): string {
    const row = new Row(this.width);
    for (const character of printable(pieces.map(({ text }) => text).join(''))) {
      if (!row.take(character)) {
        break;
      }
    }
    return this.row(number, row, text => this.colors.dim(text));
  }

  /** A line with values. Both sides break at the same places, so that what is the same stays in the same row. */
  changed(number: number, pieces: readonly Piece[]): string {
    const rows = [new Row(this.width)];
    const put = (left: string, right = left, mark?: Mark) => {
      if (!rows.at(-1)!.take(left, right, mark)) {
        rows.push(new Row(this.width));
        rows.at(-1)!.take(left, right, mark);
      }
    };
    for (const piece of pieces) {
      if (piece.kind === 'unchanged') {
        [...printable(piece.text)].forEach(character => put(character));
      } else {
        const hidden = HIDDEN.repeat(Math.min(piece.length, LONGEST_HIDDEN, this.width));
        put(hidden, shortened(printable(piece.text), this.width), { left: this.colors.red, right: this.colors.green });
      }
    }
    return rows.map((row, index) => this.row(index === 0 ? number : undefined, row, text => text)).join('');
  }

  private row(number: number | undefined, { left, right, leftWidth }: Row, style: (text: string) => string): string {
    const padding = ' '.repeat(this.width - leftWidth);
    const line = `${(number === undefined ? '' : `${number}`).padStart(NUMBER_WIDTH)} ${left}${padding}${SEPARATOR}${right}`;
    return `${style(line.trimEnd())}\n`;
  }
}

interface Mark {
  left(text: string): string;
  right(text: string): string;
}

/** One row of both sides. */
class Row {
  left = '';
  right = '';
  leftWidth = 0;
  private rightWidth = 0;

  constructor(private readonly width: number) {}

  /** Adds to both sides, if there is room. */
  take(left: string, right = left, mark?: Mark): boolean {
    const leftWidth = this.leftWidth + widthOf(left);
    const rightWidth = this.rightWidth + widthOf(right);
    if (leftWidth > this.width || rightWidth > this.width) {
      return false;
    }
    this.left += mark === undefined ? left : mark.left(left);
    this.right += mark === undefined ? right : mark.right(right);
    this.leftWidth = leftWidth;
    this.rightWidth = rightWidth;
    return true;
  }
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** In columns of the terminal. */
function widthOf(text: string): number {
  return text.length === 1 && text >= ' ' && text <= '~' ? 1 : stringWidth(text);
}
