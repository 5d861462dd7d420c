import { CLASS, DIGIT, HEX, isAlphanumeric, isDigit } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { ipv4End, prefixEnd } from './ipv4';
import { PiiType } from '../../pii-type';

const COLON = 0x3a;
const DOT = 0x2e;
const GROUPS = 8;
const BITS = 128;
const LONGEST_ZONE = 24;

/**
 * IPv6 addresses in all of their forms: with `::`, with an IPv4 address at the end, with a zone, with the length of a prefix.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.2
 * @see https://www.rfc-editor.org/rfc/rfc4007#section-11
 */
export const IPV6: AnchoredRecognizer = {
  type: PiiType.IP_ADDRESS,
  anchor: 'colon',
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    if (bytes[at] !== COLON) {
      return Verdict.NO;
    }
    let start = at;
    while (start > low && at - start <= 4 && (CLASS[bytes[start - 1]] & HEX) !== 0) {
      start--;
    }
    if (at - start > 4 || !mayStart(bytes, start, low)) {
      return Verdict.NO;
    }
    const end = addressEnd(bytes, start, high);
    if (end < 0 || isUnlikely(bytes, start, end, low, high)) {
      return Verdict.NO;
    }
    found.start = start;
    found.end = prefixEnd(bytes, zoneEnd(bytes, end, high), high, BITS);
    return Verdict.YES;
  },
};

/** Not in a word, and at the first colon of its address; after a colon only if that ends a name, as in `ip:2001:db8::1`. */
function mayStart(bytes: Uint8Array, start: number, low: number): boolean {
  if (start === low) {
    return true;
  }
  const byte = bytes[start - 1];
  if (byte !== COLON) {
    return !isAlphanumeric(byte);
  }
  return bytes[start] !== COLON && start - 2 >= low && bytes[start - 2] !== COLON && (CLASS[bytes[start - 2]] & HEX) === 0;
}

function addressEnd(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  let groups = 0;
  let compressed = false;
  if (bytes[position] === COLON) {
    if (position + 1 >= high || bytes[position + 1] !== COLON) {
      return -1;
    }
    compressed = true;
    position += 2;
  }
  while (position < high && (CLASS[bytes[position]] & HEX) !== 0) {
    const group = position;
    while (position < high && position - group <= 4 && (CLASS[bytes[position]] & HEX) !== 0) {
      position++;
    }
    if (position < high && bytes[position] === DOT) {
      const tail = ipv4End(bytes, group, high);
      if (tail > 0) {
        groups += 2;
        position = tail;
        break;
      }
    }
    if (position - group > 4 || ++groups > GROUPS) {
      return -1;
    }
    if (position + 1 >= high || bytes[position] !== COLON) {
      break;
    }
    if (bytes[position + 1] === COLON) {
      if (compressed) {
        return -1;
      }
      compressed = true;
      position += 2;
    } else if ((CLASS[bytes[position + 1]] & HEX) !== 0) {
      position++;
    } else {
      break;
    }
  }
  const complete = compressed ? groups < GROUPS : groups === GROUPS;
  return complete && !goesOn(bytes, position, high) ? position : -1;
}

function goesOn(bytes: Uint8Array, end: number, high: number): boolean {
  if (end >= high) {
    return false;
  }
  const byte = bytes[end];
  const next = end + 1 < high ? bytes[end + 1] : 0;
  return isAlphanumeric(byte) || byte === COLON && (next === COLON || (CLASS[next] & HEX) !== 0) || byte === DOT && isDigit(next);
}

/** `Foo::Bar` of program texts, slices such as `[::2]`, and the chain of octets that is an EUI-64. */
function isUnlikely(bytes: Uint8Array, start: number, end: number, low: number, high: number): boolean {
  if (end - start === 2) {
    // The unspecified address alone is a sign of many languages.
    return !(end < high && (bytes[end] === 0x2f || bytes[end] === 0x25) || start > low && (bytes[start - 1] === 0x5b || bytes[start - 1] === 0x3d));
  }
  let digits = 0;
  let hexadecimals = 0;
  let pairs = true;
  for (let position = start; position < end; position++) {
    const kind = CLASS[bytes[position]];
    digits += (kind & DIGIT) !== 0 ? 1 : 0;
    hexadecimals += (kind & HEX) !== 0 ? 1 : 0;
    pairs = pairs && ((position - start) % 3 === 2) === (bytes[position] === COLON);
  }
  if (digits === 0 || pairs || bytes[start] !== COLON && hexadecimals < 4) {
    return true;
  }
  const open = start - 1;
  return open > low && bytes[open] === 0x5b && (isAlphanumeric(bytes[open - 1]) || bytes[open - 1] === 0x5d || bytes[open - 1] === 0x5f);
}

function zoneEnd(bytes: Uint8Array, end: number, high: number): number {
  if (end >= high || bytes[end] !== 0x25) {
    return end;
  }
  let position = end + 1;
  const limit = Math.min(high, position + LONGEST_ZONE);
  while (position < limit && (isAlphanumeric(bytes[position]) || bytes[position] === 0x2d || bytes[position] === 0x5f)) {
    position++;
  }
  return position > end + 1 ? position : end;
}
