/** Classes of bytes, as flags. Bytes of 128 and more have none. */
export const DIGIT = 1;
export const UPPER = 2;
export const LOWER = 4;
export const HEX = 8;
/** What numbers are written with: digits, blanks and `-./()+:`. */
export const NUMERIC = 16;

export const LETTER = UPPER | LOWER;
export const ALPHANUMERIC = DIGIT | LETTER;

/** The classes of each byte. */
export const CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  CLASS[byte] = (/[0-9]/.test(character) ? DIGIT : 0)
    | (/[A-Z]/.test(character) ? UPPER : 0)
    | (/[a-z]/.test(character) ? LOWER : 0)
    | (/[0-9A-Fa-f]/.test(character) ? HEX : 0)
    | (/[0-9 \-./()+:]/.test(character) ? NUMERIC : 0);
}

export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const BLANK = 0x20;

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isAlphanumeric(byte: number): boolean {
  return (CLASS[byte] & ALPHANUMERIC) !== 0;
}

/** An ASCII letter in upper case; any other byte as it is. */
export function upper(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte;
}

/** An ASCII letter in lower case; any other byte as it is. */
export function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
}

/** Whether only blanks, tabs and line ends stand in `bytes[from, to)`. */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let position = from; position < to; position++) {
    const byte = bytes[position];
    if (byte !== BLANK && byte !== TAB && byte !== NEWLINE && byte !== 0x0d) {
      return false;
    }
  }
  return true;
}
