/*
 * Letters beyond ASCII in UTF-8, as far as detection has to tell them from signs: punctuation, symbols and emoji are no letters.
 */

/** How many bytes the letter beyond ASCII has that starts at `position`; 0 if none starts there. */
export function letterLength(bytes: Uint8Array, position: number, high: number): number {
  const lead = bytes[position];
  const length = lead < 0xc3 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  return length > 0 && position + length <= high && isLetter(lead, bytes[position + 1]) ? length : 0;
}

/** How many bytes the letter beyond ASCII has that ends before `position`; 0 if none ends there. */
export function letterLengthBefore(bytes: Uint8Array, position: number, low: number): number {
  for (let length = 2; length <= 4 && position - length >= low; length++) {
    if ((bytes[position - length + 1] & 0xc0) !== 0x80) {
      return 0;
    }
    if (bytes[position - length] >= 0xc0) {
      return letterLength(bytes, position - length, position) === length ? length : 0;
    }
  }
  return 0;
}

/** Not the blocks of general punctuation and symbols (E2), CJK punctuation (E3 80), full-width forms (EF) and emoji (F0 9F). */
function isLetter(lead: number, second: number): boolean {
  return lead !== 0xe2 && lead !== 0xef && !(lead === 0xe3 && second === 0x80) && !(lead === 0xf0 && second === 0x9f);
}
