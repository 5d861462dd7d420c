import { lower } from '../bytes';

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const NONE = 255;
const VALUES = new Uint8Array(256).fill(NONE);
[...ALPHABET].forEach((character, value) => VALUES[character.charCodeAt(0)] = value);

const GENERATORS = Int32Array.of(0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3);

const BECH32 = 1;
const BECH32M = 0x2bc830a3;

function step(sum: number, value: number): number {
  const top = sum >>> 25;
  let next = (sum & 0x1ffffff) << 5 ^ value;
  for (let bit = 0; bit < 5; bit++) {
    next ^= (top >>> bit & 1) !== 0 ? GENERATORS[bit] : 0;
  }
  return next;
}

/**
 * Whether `bytes[start, end)` is a segregated witness address whose prefix ends before `separator`, a `1`: version 0 with the checksum
 * of Bech32, the others with that of Bech32m.
 *
 * @see https://github.com/bitcoin/bips/blob/master/bip-0350.mediawiki
 */
export function isSegwitAddress(bytes: Uint8Array, start: number, separator: number, end: number): boolean {
  let sum = 1;
  for (let position = start; position < separator; position++) {
    sum = step(sum, lower(bytes[position]) >>> 5);
  }
  sum = step(sum, 0);
  for (let position = start; position < separator; position++) {
    sum = step(sum, lower(bytes[position]) & 31);
  }
  let small = 0;
  let capital = 0;
  for (let position = start; position < end; position++) {
    const byte = bytes[position];
    small |= byte >= 0x61 && byte <= 0x7a ? 1 : 0;
    capital |= byte >= 0x41 && byte <= 0x5a ? 1 : 0;
    if (position > separator) {
      const value = VALUES[lower(byte)];
      if (value === NONE) {
        return false;
      }
      sum = step(sum, value);
    }
  }
  const version = VALUES[lower(bytes[separator + 1])];
  return (small & capital) === 0 && version <= 16 && sum === (version === 0 ? BECH32 : BECH32M);
}
