import { isAlphanumeric, isDigit } from '../bytes';
import { isJoint } from './boundaries';

const MOST_GROUPS = 8;
const MOST_DIGITS = 17;

/** What stands between two groups of digits. */
export enum Gap {
  NONE = 0,
  BLANK = 1,
  DASH = 2,
  DOT = 3,
  SLASH = 4,
}

const BLANK = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;
const PLUS = 0x2b;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
/** The first byte of a no-break space, and of the dashes beyond ASCII. */
const LATIN_SIGN = 0xc2;
const PUNCTUATION = 0xe2;

/** What a gap is that starts with a byte. */
const GAPS = new Uint8Array(256);
GAPS[BLANK] = GAPS[LATIN_SIGN] = Gap.BLANK;
GAPS[DASH] = GAPS[PUNCTUATION] = Gap.DASH;
GAPS[DOT] = Gap.DOT;
GAPS[SLASH] = Gap.SLASH;

/** The groups of digits of what may be a telephone number. One object, filled again and again. */
export class PhoneGroups {
  /** Where it starts: at a `+` or `(` if there is one. */
  start = 0;
  plus = false;
  count = 0;
  /** The digits of all groups, as numbers. */
  readonly digits = new Uint8Array(MOST_DIGITS + 1);
  readonly sizes = new Uint8Array(MOST_GROUPS);
  /** How many digits there are up to the end of each group. */
  readonly totals = new Uint8Array(MOST_GROUPS);
  /** What stands before each group. */
  readonly gaps = new Uint8Array(MOST_GROUPS);
  readonly ends = new Int32Array(MOST_GROUPS);
  /** Which group is in parentheses; -1 if none is. */
  enclosed = -1;
  /** Whether digits and a blank stand before: what seems to be a number may be the end of a longer one. */
  follows = false;

  /** Reads from the first digit on. Returns whether a number may start there. */
  read(bytes: Uint8Array, at: number, low: number, high: number): boolean {
    this.count = 0;
    this.enclosed = -1;
    if (at > low && isLater(bytes, at, low)) {
      return false;
    }
    let open = this.readStart(bytes, at, low);
    if (!mayStart(bytes, this.start, low)) {
      return false;
    }
    this.follows = this.start - 2 >= low && bytes[this.start - 1] === BLANK && isDigit(bytes[this.start - 2]);
    let position = at;
    let total = 0;
    let gap = Gap.NONE;
    while (this.count < MOST_GROUPS) {
      const first = position;
      while (position < high && total <= MOST_DIGITS && isDigit(bytes[position])) {
        this.digits[total++] = bytes[position++] - 0x30;
      }
      if (total > MOST_DIGITS) {
        return this.count > 0;
      }
      const index = this.count++;
      this.sizes[index] = position - first;
      this.totals[index] = total;
      this.gaps[index] = gap;
      if (open) {
        if (position < high && bytes[position] === CLOSE) {
          position++;
          this.enclosed = index;
        } else if (index > 0) {
          // What more than one group is in parentheses for is not known.
          this.count--;
          return true;
        } else {
          this.start = this.plus ? at - 1 : at;
        }
      }
      this.ends[index] = position;
      let next = gapEnd(bytes, position, high);
      gap = next > position ? GAPS[bytes[position]] : Gap.NONE;
      if (gap === Gap.BLANK) {
        const further = gapEnd(bytes, next, high);
        gap = further > next ? GAPS[bytes[next]] : gap;
        next = further;
      }
      if (gap > Gap.BLANK && next < high && bytes[next] === BLANK) {
        next++;
      }
      if (index === 0 && this.follows && gap <= Gap.BLANK && !this.plus && this.enclosed < 0) {
        return false;
      }
      open = next < high && bytes[next] === OPEN && this.enclosed < 0;
      if (open) {
        next++;
      } else if (next === position && this.enclosed !== index) {
        return true;
      }
      if (next >= high || !isDigit(bytes[next])) {
        return true;
      }
      position = next;
    }
    return true;
  }

  /** Finds the `+` and `(` before the first digit. Returns whether a parenthesis is open. */
  private readStart(bytes: Uint8Array, at: number, low: number): boolean {
    let open = false;
    this.start = at;
    this.plus = false;
    for (let count = 0; count < 2 && this.start > low; count++) {
      const byte = bytes[this.start - 1];
      if (byte === OPEN && !open) {
        open = true;
      } else if (byte === PLUS && !this.plus) {
        this.plus = true;
      } else {
        break;
      }
      this.start--;
    }
    return open;
  }
}

/** Whether a word or a longer number goes on at `at`. */
function isLater(bytes: Uint8Array, at: number, low: number): boolean {
  const byte = bytes[at - 1];
  return isAlphanumeric(byte) || isJoint(byte) && at - 2 >= low && isDigit(bytes[at - 2]);
}

/** What no number stands right behind. */
const NOT_BEFORE = new Uint8Array(256);
Buffer.from('_$#%&+)').forEach(byte => NOT_BEFORE[byte] = 1);

/** Not in a word, not in a longer number, not an amount of money or an order's `#`. */
function mayStart(bytes: Uint8Array, start: number, low: number): boolean {
  if (start === low) {
    return true;
  }
  const byte = bytes[start - 1];
  if (isLater(bytes, start, low) || NOT_BEFORE[byte] === 1) {
    return false;
  }
  // The signs of pound and yen, and of other currencies.
  return !(start - 2 >= low && bytes[start - 2] === LATIN_SIGN && (byte === 0xa3 || byte === 0xa5))
    && !(start - 3 >= low && bytes[start - 3] === PUNCTUATION && bytes[start - 2] === 0x82);
}

/** The end of a single gap: a blank, a no-break space, a dash, a dot or a slash; `position` if there is none. */
function gapEnd(bytes: Uint8Array, position: number, high: number): number {
  if (position >= high) {
    return position;
  }
  const byte = bytes[position];
  if (byte === LATIN_SIGN) {
    return position + 1 < high && bytes[position + 1] === 0xa0 ? position + 2 : position;
  }
  if (byte === PUNCTUATION) {
    const third = position + 2 < high && bytes[position + 1] === 0x80 ? bytes[position + 2] : 0;
    return third >= 0x90 && third <= 0x95 ? position + 3 : position;
  }
  return GAPS[byte] === Gap.NONE ? position : position + 1;
}
