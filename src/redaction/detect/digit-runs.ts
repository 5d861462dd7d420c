import { BLANK, isDigit } from './bytes';
import { CodeIndex } from './code-index';

/** How far around it a group is judged by more than its own digits: if that is such groups, too, nothing comes of it. */
const SURROUNDINGS = 64;
/** Longer groups are judged one by one. */
const LONGEST = 20;

/**
 * Groups of as many digits each with one blank between them, as in `4111 4111 4111 4111`. Where no word is near nothing can start among
 * them but codes, which their check digits tell: one look at each group instead of all that is asked around a number.
 */
export class DigitRuns {
  /** The run that was met last, from its first group to where one more would start. */
  private from = 0;
  private to = 0;
  private size = 0;

  /** @param codes those that need no context */
  constructor(private readonly codes: CodeIndex) {}

  /** Forgets the run: the bytes are others now. */
  reset(): void {
    this.to = this.from;
  }

  /** The first group from the one at `at` on that has to be judged as any other number. Groups before it are nothing. */
  skip(bytes: Uint8Array, at: number, high: number): number {
    const { codes, from, to, size } = this;
    if (at < from || at >= to || (at - from) % (size + 1) !== 0) {
      this.start(bytes, at, high);
      return at;
    }
    return at < from + SURROUNDINGS ? at : codes.firstOfGroups(bytes, at, to - SURROUNDINGS, size);
  }

  private start(bytes: Uint8Array, at: number, high: number): void {
    const size = digitsEnd(bytes, at, Math.min(high, at + LONGEST)) - at;
    let end = at;
    while (end + size < high && bytes[end + size] === BLANK && digitsEnd(bytes, end, end + size) === end + size) {
      end += size + 1;
    }
    this.from = at;
    this.to = end;
    this.size = size;
  }
}

function digitsEnd(bytes: Uint8Array, from: number, to: number): number {
  let position = from;
  while (position < to && isDigit(bytes[position])) {
    position++;
  }
  return position;
}
