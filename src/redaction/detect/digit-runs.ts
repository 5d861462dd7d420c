import { BLANK, isDigit } from './bytes';
import { CodeIndex } from './code-index';

/** How far around it a group is judged by more than its own digits: if that is such groups, too, nothing comes of it. */
const SURROUNDINGS = 64;
/** Longer groups are judged one by one. */
const LONGEST = 20;

/**
 * Groups of digits with one blank between them, as in `4111 4111 4111 4111`. Where no word is near nothing can start among them but codes, which
 * their check digits tell: one look at each group instead of all that is asked around a number.
 */
export class DigitRuns {
  /** The run that was met last, from its first group to where one more would start. */
  private from = 0;
  private to = 0;
  /** How many digits each group has; 0 if not all have as many. */
  private size = 0;
  private isCode = false;

  /** @param codes those that need no context */
  constructor(private readonly codes: CodeIndex) {}

  /** Forgets the run: the bytes are others now. */
  reset(): void {
    this.to = this.from;
  }

  /** The first group from the one at `at` on that has to be judged as any other number. Groups before it are nothing. */
  skip(bytes: Uint8Array, at: number, high: number): number {
    const { codes, from, to, size } = this;
    if (at < from || at >= to) {
      this.start(bytes, at, high);
      return at;
    }
    if (at < from + SURROUNDINGS) {
      return at;
    }
    if (size > 0) {
      return codes.firstOfGroups(bytes, at, to - SURROUNDINGS, size);
    }
    let group = at;
    this.isCode = false;
    while (group < to - SURROUNDINGS) {
      codes.read(bytes, group, high, this.onCode);
      if (this.isCode) {
        break;
      }
      group = digitsEnd(bytes, group, to) + 1;
    }
    return group;
  }

  private start(bytes: Uint8Array, at: number, high: number): void {
    const end = groupEnd(bytes, at, high);
    const size = end - at;
    let to = at;
    for (let next = end; next > to && next - to === size; next = groupEnd(bytes, to, high)) {
      to = next + 1;
    }
    this.from = at;
    this.size = size;
    if (to - at < 2 * SURROUNDINGS) {
      this.size = 0;
      for (let next = groupEnd(bytes, to, high); next > to; next = groupEnd(bytes, to, high)) {
        to = next + 1;
      }
    }
    this.to = to;
  }

  private readonly onCode = (): void => {
    this.isCode = true;
  };
}

/** The end of a group of digits that a blank follows; `from` if there is none. */
function groupEnd(bytes: Uint8Array, from: number, high: number): number {
  const end = digitsEnd(bytes, from, Math.min(high, from + LONGEST));
  return end < high && bytes[end] === BLANK ? end : from;
}

function digitsEnd(bytes: Uint8Array, from: number, to: number): number {
  let position = from;
  while (position < to && isDigit(bytes[position])) {
    position++;
  }
  return position;
}
