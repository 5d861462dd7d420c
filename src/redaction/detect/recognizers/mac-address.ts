import { PiiType } from '../../pii-type';
import { CLASS, HEX, LETTER, isAlphanumeric } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';

const DOT = 0x2e;
const DASH = 0x2d;
const ZERO = 0x30;

/**
 * EUI-48 and EUI-64: `00:00:5e:00:53:01`, `00-00-5E-00-53-01`, `0000.5e00.5301`. The broadcast address and that of zeros are nobody's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9542#section-2
 */
export const MAC_ADDRESS: AnchoredRecognizer = {
  type: PiiType.MAC_ADDRESS,
  anchor: 'colon',
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    const separator = bytes[at];
    const size = separator === DOT ? 4 : 2;
    const start = at - size;
    if (start < low || !mayStart(bytes, start, low, separator)) {
      return Verdict.NO;
    }
    let octets = 0;
    let position = start;
    let letters = false;
    let same = true;
    for (;;) {
      for (let index = 0; index < size; index++) {
        if (position >= high || (CLASS[bytes[position]] & HEX) === 0) {
          return Verdict.NO;
        }
        letters ||= (CLASS[bytes[position]] & LETTER) !== 0;
        same &&= bytes[position] === bytes[start];
        position++;
      }
      octets += size / 2;
      if (position >= high || bytes[position] !== separator || octets === 8 || position + 1 < high && (CLASS[bytes[position + 1]] & HEX) === 0) {
        break;
      }
      position++;
    }
    // With dashes, digits alone may be anything that is counted in pairs.
    const likely = letters || separator !== DASH || bytes[start] === ZERO && bytes[start + 1] === ZERO;
    if (octets !== 6 && octets !== 8 || same || !likely || goesOn(bytes, position, high, separator)) {
      return Verdict.NO;
    }
    found.start = start;
    found.end = position;
    return Verdict.YES;
  },
};

function mayStart(bytes: Uint8Array, start: number, low: number, separator: number): boolean {
  if (start === low) {
    return true;
  }
  const byte = bytes[start - 1];
  return !isAlphanumeric(byte) && !(byte === separator && start - 2 >= low && isAlphanumeric(bytes[start - 2]) && !endsName(bytes, start, low));
}

/** `mac:00:00:5e:00:53:01`: what stands before the colon is no octet. */
function endsName(bytes: Uint8Array, start: number, low: number): boolean {
  return start - 3 >= low && isAlphanumeric(bytes[start - 3]) && ((CLASS[bytes[start - 2]] & CLASS[bytes[start - 3]] & HEX) === 0
    || start - 4 >= low && isAlphanumeric(bytes[start - 4]));
}

function goesOn(bytes: Uint8Array, end: number, high: number, separator: number): boolean {
  return end < high && (isAlphanumeric(bytes[end]) || bytes[end] === separator && end + 1 < high && isAlphanumeric(bytes[end + 1]));
}
