/*
 * Checksums of codes. A code is `length` bytes of ASCII digits and upper-case letters, the separators left out.
 * All are on the hot path: no allocation, no strings.
 */

const ZERO = 48;
const A = 65;

/** The value of a digit or upper-case letter, as in base 36: `0` is 0, `A` is 10, `Z` is 35. */
export function base36(byte: number): number {
  return byte < A ? byte - ZERO : byte - A + 10;
}

/** Whether `code[from, to)` holds digits only. */
export function isDigits(code: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (code[i] < ZERO || code[i] > ZERO + 9) {
      return false;
    }
  }
  return true;
}

/** The number that the digits `code[from, to)` write; exact up to 15 of them. */
export function decimal(code: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    value = value * 10 + code[i] - ZERO;
  }
  return value;
}

/** Whether all characters of `code[from, to)` are the same, as in `000000000`: such codes pass many checksums, and are nobody's. */
export function allEqual(code: Uint8Array, to: number, from = 0): boolean {
  for (let i = from + 1; i < to; i++) {
    if (code[i] !== code[from]) {
      return false;
    }
  }
  return true;
}

/** The sum of digits, each times its weight. A weight a digit, from `code[from]` on. */
export function weightedSum(code: Uint8Array, weights: readonly number[], from = 0): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += (code[from + i] - ZERO) * weights[i];
  }
  return sum;
}

/** The sum of the digits of twice a digit. */
const DOUBLED = Uint8Array.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9);

/** The Luhn sum of `code[from, to)`, digits only; right if a multiple of 10. */
export function luhnSum(code: Uint8Array, from: number, to: number): number {
  let sum = 0;
  let i = to - 1;
  for (; i > from; i -= 2) {
    sum += code[i] - ZERO + DOUBLED[code[i - 1] - ZERO];
  }
  return i === from ? sum + code[i] - ZERO : sum;
}

/**
 * Luhn: digits only, the last one is the check digit.
 *
 * @see https://www.iso.org/standard/70484.html ISO/IEC 7812-1, annex B
 */
export function luhn(code: Uint8Array, length: number): boolean {
  return luhnSum(code, 0, length) % 10 === 0;
}

/**
 * ISO 7064 mod 97-10 in the order of an IBAN: the first four characters are read last. Digits and letters (two digits each).
 *
 * @see https://www.swift.com/standards/data-standards/iban-international-bank-account-number ISO 13616
 */
export function mod97(code: Uint8Array, length: number): boolean {
  let rest = 0;
  for (let i = 4; i < length + 4; i++) {
    const value = base36(code[i < length ? i : i - length]);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** The multiplication table of the dihedral group D5, row after row. */
const D5 = Uint8Array.of(
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  1, 2, 3, 4, 0, 6, 7, 8, 9, 5,
  2, 3, 4, 0, 1, 7, 8, 9, 5, 6,
  3, 4, 0, 1, 2, 8, 9, 5, 6, 7,
  4, 0, 1, 2, 3, 9, 5, 6, 7, 8,
  5, 9, 8, 7, 6, 0, 4, 3, 2, 1,
  6, 5, 9, 8, 7, 1, 0, 4, 3, 2,
  7, 6, 5, 9, 8, 2, 1, 0, 4, 3,
  8, 7, 6, 5, 9, 3, 2, 1, 0, 4,
  9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
);

/** Verhoeff's permutation, for the eight places that it repeats after, row after row. */
const PLACES = Uint8Array.of(
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  1, 5, 7, 6, 2, 8, 3, 0, 9, 4,
  5, 8, 0, 3, 7, 9, 6, 1, 4, 2,
  8, 9, 1, 6, 0, 4, 3, 5, 2, 7,
  9, 4, 5, 3, 1, 2, 6, 8, 7, 0,
  4, 2, 8, 6, 5, 7, 3, 9, 0, 1,
  2, 7, 9, 3, 8, 0, 6, 4, 1, 5,
  7, 0, 4, 6, 9, 1, 3, 2, 5, 8,
);

/** Verhoeff: digits only, the last one is the check digit. */
export function verhoeff(code: Uint8Array, length: number): boolean {
  let check = 0;
  for (let i = 0; i < length; i++) {
    const digit = code[length - 1 - i] - ZERO;
    check = D5[check * 10 + PLACES[(i % 8) * 10 + digit]];
  }
  return check === 0;
}

/** ISO 7064 mod 11,10: digits only, the last one is the check digit. */
export function mod11_10(code: Uint8Array, length: number): boolean {
  let product = 10;
  for (let i = 0; i < length - 1; i++) {
    const sum = (product + code[i] - ZERO) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + code[length - 1] - ZERO) % 10 === 1;
}
