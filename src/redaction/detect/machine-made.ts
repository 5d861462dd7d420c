import { BLANK, CLASS, HEX, isAlphanumeric, isDigit } from './bytes';

/** `2026-01-31T` or `2026-01-31 23:`: what logs hold most, and no value. */
export function isTimestamp(bytes: Uint8Array, at: number, high: number): boolean {
  return at + 13 < high && bytes[at + 4] === 0x2d && bytes[at + 7] === 0x2d
    && isTwoDigits(bytes, at) && isTwoDigits(bytes, at + 2) && isTwoDigits(bytes, at + 5) && isTwoDigits(bytes, at + 8)
    && (bytes[at + 10] === 0x54 || bytes[at + 10] === BLANK && isTwoDigits(bytes, at + 11) && bytes[at + 13] === 0x3a);
}

function isTwoDigits(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) && isDigit(bytes[at + 1]);
}

const OPEN = 0x28;
const PLUS = 0x2b;
const SHORTEST = 7;
const DASH = 0x2d;
const ZERO = 0x30;

/** Whether no number of seven bytes can start at `at`: a `+` stands behind no digit there, or a second `(`. */
export function isBroken(bytes: Uint8Array, at: number, high: number): boolean {
  const end = Math.min(high, at + SHORTEST);
  let brackets = 0;
  for (let position = at + 1; position < end; position++) {
    const byte = bytes[position];
    if (byte < 0x30 && (byte === PLUS && !isDigit(bytes[position - 1]) || byte === OPEN && ++brackets > 1)) {
      return true;
    }
  }
  return false;
}

const DOT = 0x2e;
/** The most digits before the dot of a number with at most so many behind it, and with more. */
const MOST_WHOLE = 9;
const FEW_DECIMALS = 2;
const MOST_OF_MANY = 5;
const LONGEST_DECIMAL = 24;

/**
 * Whether the value in `bytes[low, high)` is a decimal number and nothing else, such as `-12.50`. No code or telephone number is written
 * like that: those have more digits before the first dot, or start with a zero.
 */
export function isDecimal(bytes: Uint8Array, at: number, low: number, high: number): boolean {
  if (at !== low && !(at === low + 1 && bytes[low] === DASH) || high - at > LONGEST_DECIMAL) {
    return false;
  }
  const dot = digitsEnd(bytes, at, high);
  const decimals = high - dot - 1;
  return decimals > 0 && bytes[dot] === DOT && !(bytes[at] === ZERO && dot > at + 1)
    && dot - at <= (decimals > FEW_DECIMALS ? MOST_OF_MANY : MOST_WHOLE) && digitsEnd(bytes, dot + 1, high) === high;
}

function digitsEnd(bytes: Uint8Array, from: number, high: number): number {
  let end = from;
  while (end < high && isDigit(bytes[end])) {
    end++;
  }
  return end;
}

/** As many hexadecimal digits as a digest of 128 bits has. No code of a person is as long and has no other letters. */
const DIGEST_LENGTH = 32;

/** The end of the digest or trace id that starts at `start`: where its first 32 digits end; -1 if it is none. */
export function digestEnd(bytes: Uint8Array, start: number, high: number): number {
  const end = start + DIGEST_LENGTH;
  if (end > high) {
    return -1;
  }
  // From behind: what is no digest is mostly shorter.
  for (let position = end - 1; position >= start; position--) {
    if ((CLASS[bytes[position]] & HEX) === 0) {
      return -1;
    }
  }
  return end;
}

const UUID_LENGTH = 36;

/** The end of the UUID that the token at `start` is a group of; -1 if it is none. UUIDs are no numbers of persons. */
export function uuidEnd(bytes: Uint8Array, start: number, low: number, high: number): number {
  if (start + 8 < high && bytes[start + 8] === DASH) {
    return isUuid(bytes, start, low, high) ? start + UUID_LENGTH : -1;
  }
  if (start === low || bytes[start - 1] !== DASH) {
    return -1;
  }
  for (let begin = start - 9; begin >= start - 24; begin -= 5) {
    if (isUuid(bytes, begin, low, high)) {
      return begin + UUID_LENGTH;
    }
  }
  return -1;
}

function isUuid(bytes: Uint8Array, begin: number, low: number, high: number): boolean {
  const end = begin + UUID_LENGTH;
  if (begin < low || end > high
    || bytes[begin + 8] !== DASH || bytes[begin + 13] !== DASH || bytes[begin + 18] !== DASH || bytes[begin + 23] !== DASH) {
    return false;
  }
  for (let position = begin; position < end; position++) {
    if ((CLASS[bytes[position]] & HEX) === 0 && bytes[position] !== DASH) {
      return false;
    }
  }
  return !(begin > low && isAlphanumeric(bytes[begin - 1])) && !(end < high && isAlphanumeric(bytes[end]));
}
