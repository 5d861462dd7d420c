const LOWER = 0x20;
const LETTER_A = 0x61;
const LETTER_Z = 0x7a;

/** Words that are data of a program. */
const FLAGS = ['true', 'false', 'null', 'none', 'nan', 'undefined'];
const LONGEST_FLAG = 9;

/**
 * Whether a value may say something in words: two letters stand together in it, or any character beyond ASCII, and it is no flag. Numbers,
 * dates in digits, hours and identifiers in digits are none.
 */
export function isFreeText(bytes: Buffer, from: number, to: number): boolean {
  let hasWord = false;
  for (let position = from, letters = 0; position < to && !hasWord; position++) {
    const byte = bytes[position];
    const lower = byte | LOWER;
    letters = lower >= LETTER_A && lower <= LETTER_Z && byte < 0x80 ? letters + 1 : 0;
    hasWord = letters === 2 || byte >= 0x80;
  }
  return hasWord && !(to - from <= LONGEST_FLAG && FLAGS.includes(bytes.toString('latin1', from, to).toLowerCase()));
}
