import { isAlphanumeric, isDigit } from '../bytes';

/** One of `-./:,`: a digit after it belongs to what stands before it. */
export function isJoint(byte: number): boolean {
  return byte === 0x2d || byte === 0x2e || byte === 0x2f || byte === 0x3a || byte === 0x2c;
}

/** Whether digits go on at `end`: with a letter or digit, with `_`, or with a digit after a joint. */
export function digitsGoOn(bytes: Uint8Array, end: number, high: number): boolean {
  return end < high && (isAlphanumeric(bytes[end]) || bytes[end] === 0x5f || isJoint(bytes[end]) && end + 1 < high && isDigit(bytes[end + 1]));
}
