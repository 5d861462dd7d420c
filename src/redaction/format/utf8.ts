/** Writes a code point as UTF-8. Returns where the next one goes. */
export function writeCodePoint(codePoint: number, bytes: Uint8Array, at: number): number {
  if (codePoint < 0x80) {
    bytes[at] = codePoint;
    return at + 1;
  }
  if (codePoint < 0x800) {
    bytes[at] = 0xc0 | codePoint >> 6;
    bytes[at + 1] = 0x80 | codePoint & 0x3f;
    return at + 2;
  }
  if (codePoint < 0x10000) {
    bytes[at] = 0xe0 | codePoint >> 12;
    bytes[at + 1] = 0x80 | codePoint >> 6 & 0x3f;
    bytes[at + 2] = 0x80 | codePoint & 0x3f;
    return at + 3;
  }
  bytes[at] = 0xf0 | codePoint >> 18;
  bytes[at + 1] = 0x80 | codePoint >> 12 & 0x3f;
  bytes[at + 2] = 0x80 | codePoint >> 6 & 0x3f;
  bytes[at + 3] = 0x80 | codePoint & 0x3f;
  return at + 4;
}

/** The value of a hexadecimal digit; -1 for any other byte. */
export function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
