import { ALPHANUMERIC, CLASS, DIGIT, HEX, LETTER, NUMERIC, UPPER } from './bytes';

const DASH = 0x2d;
const DOT = 0x2e;

/** The shortest number or code that a search starts from: seven bytes. */
export const SHORTEST = 7;

/**
 * Marks the few bytes of a text where a value may be: the anchors. Bit `i % 32` of `marks[i / 32]` stands for `bytes[from + i]`.
 *
 * Marked are:
 * - `@`, but before another; `%` before two hexadecimal digits; the `:` of `://`;
 * - the first digit of a run of digits if seven or more bytes from it on are NUMERIC, but for those of `2026-01-31T23:59:59`, and those
 *   behind a digit and `.` or `-`: there a longer number goes on, unless a dot within three bytes shows that an address may start after a `-`;
 * - in a token of seven or more letters and digits with both: the first that is not of the same kind as the token's first;
 * - the `:` of `::`, and the first of three within five bytes of each other, in both cases if no other stands right before it; the `-` that others follow at 3 and 6 bytes; the `.` that
 *   four hexadecimal digits and another follow;
 * - the first letter of a keyword, if it is a capital or after no letter. Others may be marked, too: whoever reads the marks looks at the bytes again.
 */
export interface Prefilter {
  mark(bytes: Uint8Array, from: number, to: number, marks: Uint32Array): void;
}

/** What every other prefilter is compared with, and what runs where WebAssembly has no SIMD instructions. */
export class PlainPrefilter implements Prefilter {
  /** @param hashes of keywords, by `keywordHashes` */
  constructor(private readonly hashes: Uint8Array) {}

  mark(bytes: Uint8Array, from: number, to: number, marks: Uint32Array): void {
    for (let index = to - from + 31 >> 5; index-- > 0;) {
      marks[index] = 0;
    }
    let position = from;
    while (position < to) {
      const byte = bytes[position];
      const kind = CLASS[byte];
      if ((kind & ALPHANUMERIC) !== 0) {
        position = this.token(bytes, from, position, to, marks);
        continue;
      }
      if (isAnchor(bytes, from, position, to, byte)) {
        set(marks, position - from);
      }
      position++;
    }
  }

  /** Marks what a run of letters and digits holds. */
  private token(bytes: Uint8Array, from: number, start: number, to: number, marks: Uint32Array): number {
    const first = CLASS[bytes[start]] & DIGIT;
    let landing = -1;
    let position = start;
    let before = 0;
    for (; position < to; position++) {
      const kind = CLASS[bytes[position]];
      if ((kind & ALPHANUMERIC) === 0) {
        break;
      }
      if (landing < 0 && (kind & DIGIT) !== first) {
        landing = position;
      }
      if ((kind & DIGIT) !== 0) {
        if ((before & DIGIT) === 0 && isNumeric(bytes, position, to) && !isClock(bytes, from, position, to) && !isDate(bytes, position, to)
          && !isLater(bytes, from, position, to)) {
          set(marks, position - from);
        }
      } else if (((before & LETTER) === 0 || (kind & UPPER) !== 0) && this.hashes[hashAt(bytes, position, to)] === 1) {
        set(marks, position - from);
      }
      before = kind;
    }
    if (landing >= 0 && position - start >= SHORTEST) {
      set(marks, landing - from);
    }
    return position;
  }
}

function isAnchor(bytes: Uint8Array, from: number, position: number, to: number, byte: number): boolean {
  switch (byte) {
    case 0x40: // @
      return !(position + 1 < to && bytes[position + 1] === byte);
    case 0x25: // %
      return position + 2 < to && (CLASS[bytes[position + 1]] & HEX) !== 0 && (CLASS[bytes[position + 2]] & HEX) !== 0;
    case 0x3a: // :
      return !(position > from && bytes[position - 1] === byte) && (position + 1 < to && bytes[position + 1] === byte
        || position + 2 < to && bytes[position + 1] === 0x2f && bytes[position + 2] === 0x2f
        || isChain(bytes, position, to));
    case 0x2d: // -
      return position + 6 < to && bytes[position + 3] === byte && bytes[position + 6] === byte;
    case 0x2e: // .
      return position + 5 < to && bytes[position + 5] === byte
        && (CLASS[bytes[position + 1]] & CLASS[bytes[position + 2]] & CLASS[bytes[position + 3]] & CLASS[bytes[position + 4]] & HEX) !== 0;
    default:
      return false;
  }
}

/** Whether a colon follows within five bytes, and another within five of one of those. */
function isChain(bytes: Uint8Array, position: number, to: number): boolean {
  for (let second = position + 1; second <= position + 5 && second < to; second++) {
    if (bytes[second] === 0x3a) {
      for (let third = second + 1; third <= second + 5 && third < to; third++) {
        if (bytes[third] === 0x3a) {
          return true;
        }
      }
    }
  }
  return false;
}

function isNumeric(bytes: Uint8Array, position: number, to: number): boolean {
  if (position + SHORTEST > to) {
    return false;
  }
  for (let next = position + 1; next < position + SHORTEST; next++) {
    if ((CLASS[bytes[next]] & NUMERIC) === 0) {
      return false;
    }
  }
  return true;
}

/** Whether colons stand as around the hours, minutes or seconds of a time. */
function isClock(bytes: Uint8Array, from: number, position: number, to: number): boolean {
  const after = position > from && bytes[position - 1] === 0x3a;
  return bytes[position + 2] === 0x3a && (after || position + 5 < to && bytes[position + 5] === 0x3a)
    || after && position - 4 >= from && bytes[position - 4] === 0x3a;
}

/** Whether a number that started before goes on: after a digit and a dot, or a digit and a dash if no IPv4 address starts. */
function isLater(bytes: Uint8Array, from: number, position: number, to: number): boolean {
  if (position - 2 < from || (CLASS[bytes[position - 2]] & DIGIT) === 0) {
    return false;
  }
  return bytes[position - 1] === DOT || bytes[position - 1] === DASH && !hasDot(bytes, position + 1, Math.min(to, position + 4));
}

function hasDot(bytes: Uint8Array, from: number, to: number): boolean {
  for (let position = from; position < to; position++) {
    if (bytes[position] === DOT) {
      return true;
    }
  }
  return false;
}

/** Whether dashes and a letter stand as after the year of a timestamp. */
function isDate(bytes: Uint8Array, position: number, to: number): boolean {
  return position + 10 < to && bytes[position + 4] === 0x2d && bytes[position + 7] === 0x2d && (CLASS[bytes[position + 10]] & LETTER) !== 0;
}

/** 1 for each hash that a keyword has. */
export function keywordHashes(keywords: readonly string[]): Uint8Array {
  const hashes = new Uint8Array(1 << 15);
  keywords.map(word => Buffer.from(word)).forEach(word => hashes[hashAt(word, 0, word.length)] = 1);
  return hashes;
}

/** A hash of the first four letters, or of three that no letter follows, or a capital after a small one. */
function hashAt(bytes: Uint8Array, at: number, to: number): number {
  const fourth = at + 3 < to ? bytes[at + 3] : 0;
  const third = at + 2 < to ? bytes[at + 2] : 0;
  const second = at + 1 < to ? bytes[at + 1] : 0;
  const isLetter = (CLASS[fourth] & LETTER) !== 0 && ((CLASS[fourth] & UPPER) === 0 || third < 0x61);
  return ((bytes[at] & 31) << 10 | (second & 31) << 5 | third & 31) ^ (isLetter ? (fourth & 31) * 1237 & 0x7fff : 0);
}

function set(marks: Uint32Array, index: number): void {
  marks[index >> 5] |= 1 << (index & 31);
}
