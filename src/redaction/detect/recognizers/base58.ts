import { createHash } from 'crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const RIPPLE_ALPHABET = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

const NONE = 255;

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(256).fill(NONE);
  [...alphabet].forEach((character, value) => values[character.charCodeAt(0)] = value);
  return values;
}

const VALUES = valuesOf(ALPHABET);
const RIPPLE_VALUES = valuesOf(RIPPLE_ALPHABET);

const decoded = new Uint8Array(32);

/** Decodes into `size` bytes, the first of them first. Returns whether the text has just that size. */
function decode(bytes: Uint8Array, start: number, end: number, values: Uint8Array, into: Uint8Array, size: number): boolean {
  into.fill(0, 0, size);
  for (let position = start; position < end; position++) {
    let carry = values[bytes[position]];
    if (carry === NONE) {
      return false;
    }
    for (let index = size - 1; index >= 0; index--) {
      carry += into[index] * 58;
      into[index] = carry & 0xff;
      carry >>= 8;
    }
    if (carry !== 0) {
      return false;
    }
  }
  return true;
}

/** How often the first character of the alphabet stands at the start. */
function runLength(bytes: Uint8Array, start: number, end: number, alphabet: string): number {
  const zero = alphabet.charCodeAt(0);
  let position = start;
  while (position < end && bytes[position] === zero) {
    position++;
  }
  return position - start;
}

/**
 * Whether it is an address of 25 bytes with one of these version bytes, of which the last four are the start of a double SHA-256 of the
 * others.
 *
 * @see https://developer.bitcoin.org/reference/address_conversion.html
 */
export function isBase58Check(bytes: Uint8Array, start: number, end: number, versions: readonly number[], ripple: boolean): boolean {
  const size = 25;
  if (!decode(bytes, start, end, ripple ? RIPPLE_VALUES : VALUES, decoded, size) || !versions.includes(decoded[0])) {
    return false;
  }
  // Each zero byte at the start is a character of its own.
  let zeros = 0;
  while (zeros < size && decoded[zeros] === 0) {
    zeros++;
  }
  if (zeros !== runLength(bytes, start, end, ripple ? RIPPLE_ALPHABET : ALPHABET)) {
    return false;
  }
  const first = createHash('sha256').update(decoded.subarray(0, size - 4)).digest();
  const hash = createHash('sha256').update(first).digest();
  for (let index = 0; index < 4; index++) {
    if (hash[index] !== decoded[size - 4 + index]) {
      return false;
    }
  }
  return true;
}

/** How many bytes the characters of a block of Monero's Base58 stand for. */
const BLOCK = 11;
const BLOCK_BYTES = 8;
const LAST_BLOCK = 7;
const LAST_BLOCK_BYTES = 5;

/**
 * Decodes Monero's Base58, in blocks of 11 characters for 8 bytes each and one of 7 for 5 bytes. Returns the length, or -1 if it is wrong.
 *
 * @see https://docs.getmonero.org/cryptography/base58/
 */
export function decodeMonero(bytes: Uint8Array, start: number, end: number, into: Uint8Array): number {
  let length = 0;
  for (let position = start; position < end; position += BLOCK) {
    const last = end - position === LAST_BLOCK;
    const size = last ? LAST_BLOCK_BYTES : BLOCK_BYTES;
    if (!last && end - position < BLOCK || !decode(bytes, position, last ? end : position + BLOCK, VALUES, decoded, size)) {
      return -1;
    }
    into.set(decoded.subarray(0, size), length);
    length += size;
  }
  return length;
}
