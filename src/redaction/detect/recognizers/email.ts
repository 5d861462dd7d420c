import { ALPHANUMERIC, CLASS, DIGIT, LETTER, isDigit, lower } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { letterLength, letterLengthBefore } from './letters';
import { PiiType } from '../../pii-type';

/** Lengths in bytes, of RFC 5321. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const LONGEST_LABEL = 63;

/** `[IPv6:` and the longest address. */
const LONGEST_LITERAL = 51;

const PLAIN = 1;
/** Part of a local part in its middle only: at its start these are punctuation, or the end of what stands before. */
const INNER = 2;

const LOCAL = new Uint8Array(128);
for (let byte = 0; byte < 128; byte++) {
  LOCAL[byte] = (CLASS[byte] & ALPHANUMERIC) !== 0 || byte === 0x5f ? PLAIN : ".+-%'&!#$*^~".includes(String.fromCharCode(byte)) ? INNER : 0;
}

/** What no local part ends with. */
const NOT_BEFORE = CLASS.map((_, byte) => byte < 0x80 && LOCAL[byte] === 0 && byte !== 0x22 ? 1 : 0);

/** What labels of domains are made of, in ASCII. */
const LABEL = CLASS.map((kind, byte) => (kind & ALPHANUMERIC) !== 0 || byte === 0x2d || byte === 0x5f ? 1 : 0);

const AT = 0x40;
const DOT = 0x2e;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;
const QUOTE = 0x22;

/**
 * Email addresses, also with letters beyond ASCII (RFC 6531), quoted local parts and address literals.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export const EMAIL: AnchoredRecognizer = {
  type: PiiType.EMAIL,
  anchor: 'at',
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    if (at === low || at + 1 >= high || NOT_BEFORE[bytes[at - 1]] === 1) {
      return Verdict.NO;
    }
    const end = bytes[at + 1] === 0x5b ? literalEnd(bytes, at + 1, high) : domainEnd(bytes, at + 1, high);
    if (end < 0) {
      return Verdict.NO;
    }
    const start = bytes[at - 1] === QUOTE ? quotedStart(bytes, at, low) : localStart(bytes, at, low);
    if (start < 0) {
      return Verdict.NO;
    }
    found.start = start;
    found.end = end;
    return Verdict.YES;
  },
};

function localStart(bytes: Uint8Array, at: number, low: number): number {
  const bottom = Math.max(low, at - LONGEST_LOCAL - 1);
  let start = at;
  let position = at;
  // Scripts without blanks between words run into addresses: where ASCII begins, the address does.
  let sawAscii = false;
  while (position > bottom) {
    const byte = bytes[position - 1];
    if (byte < 0x80) {
      const kind = LOCAL[byte];
      if (kind === 0) {
        break;
      }
      position--;
      if (kind === PLAIN) {
        start = position;
        sawAscii = true;
      }
      continue;
    }
    const length = letterLengthBefore(bytes, position, low);
    if (length === 0 || length > 2 && sawAscii) {
      break;
    }
    position -= length;
    start = position;
  }
  // More than a local part can have: what is behind the first punctuation that leaves no more, such as that of a ruler.
  return at - start > LONGEST_LOCAL ? behindPunctuation(bytes, at - LONGEST_LOCAL, at) : start < at ? start : -1;
}

function behindPunctuation(bytes: Uint8Array, from: number, at: number): number {
  for (let position = from; position < at; position++) {
    if (bytes[position] < 0x80 && LOCAL[bytes[position]] === PLAIN && bytes[position - 1] < 0x80 && LOCAL[bytes[position - 1]] !== PLAIN) {
      return position;
    }
  }
  return -1;
}

function quotedStart(bytes: Uint8Array, at: number, low: number): number {
  const bottom = Math.max(low, at - LONGEST_LOCAL);
  for (let position = at - 2; position >= bottom; position--) {
    const byte = bytes[position];
    if (byte < 0x20) {
      return -1;
    }
    if (byte === QUOTE && !(position > low && bytes[position - 1] === 0x5c)) {
      return position < at - 2 && !(position > low && (CLASS[bytes[position - 1]] & ALPHANUMERIC) !== 0) ? position : -1;
    }
  }
  return -1;
}

/** The end of the longest domain that starts at `from`: two labels or more, of which the last one can be a top-level domain. */
function domainEnd(bytes: Uint8Array, from: number, high: number): number {
  const limit = Math.min(high, from + LONGEST_DOMAIN + 1);
  let end = -1;
  let labels = 0;
  let numeric = 0;
  let scaled = false;
  let start = from;
  for (;;) {
    const stop = labelEnd(bytes, start, limit);
    if (stop === start || stop - start > LONGEST_LABEL || bytes[start] === DASH) {
      break;
    }
    if (labels === 0 && (stop === limit || bytes[stop] !== DOT)) {
      return -1;
    }
    labels++;
    if (labels > 1 && numeric < 2 && !scaled) {
      const top = topLevelEnd(bytes, start, stop);
      end = top > 0 ? top : end;
    }
    // `@1.20.3` is a version, and `@2x.png` the scale of an image.
    const digits = digitsEnd(bytes, start, stop);
    numeric += digits === stop && labels === numeric + 1 ? 1 : 0;
    scaled = digits > start && digits === stop - 1 && lower(bytes[digits]) === 0x78;
    if (stop + 1 >= limit || bytes[stop] !== DOT) {
      start = stop;
      break;
    }
    start = stop + 1;
  }
  return start - from <= LONGEST_DOMAIN ? end : -1;
}

function labelEnd(bytes: Uint8Array, start: number, limit: number): number {
  let position = start;
  let ascii = false;
  while (position < limit) {
    const byte = bytes[position];
    if (LABEL[byte] === 1) {
      ascii = true;
      position++;
      continue;
    }
    const length = byte < 0x80 ? 0 : letterLength(bytes, position, limit);
    if (length === 0 || length > 2 && ascii) {
      break;
    }
    position += length;
  }
  return position;
}

/** Where the top-level domain ends that `bytes[start, stop)` starts with: letters only, or Punycode; -1 if there is none. */
function topLevelEnd(bytes: Uint8Array, start: number, stop: number): number {
  const punycode = stop - start > 4 && lower(bytes[start]) === 0x78 && lower(bytes[start + 1]) === 0x6e;
  if (punycode && bytes[start + 2] === DASH && bytes[start + 3] === DASH) {
    return stop;
  }
  let position = start;
  while (position < stop && (bytes[position] >= 0x80 || (CLASS[bytes[position]] & LETTER) !== 0)) {
    position++;
  }
  const ends = position === stop || bytes[position] === DASH || bytes[position] === UNDERSCORE;
  return ends && position - start >= 2 ? position : -1;
}

function digitsEnd(bytes: Uint8Array, start: number, stop: number): number {
  let position = start;
  while (position < stop && isDigit(bytes[position])) {
    position++;
  }
  return position;
}

/** The end of `[192.0.2.1]` or `[IPv6:2001:db8::1]`. */
function literalEnd(bytes: Uint8Array, open: number, high: number): number {
  const limit = Math.min(high, open + LONGEST_LITERAL);
  let digits = 0;
  for (let position = open + 1; position < limit; position++) {
    const byte = bytes[position];
    if (byte === 0x5d) {
      return digits > 0 ? position + 1 : -1;
    }
    if (byte === AT || (CLASS[byte] & ALPHANUMERIC) === 0 && byte !== DOT && byte !== 0x3a) {
      return -1;
    }
    digits += (CLASS[byte] & DIGIT) !== 0 ? 1 : 0;
  }
  return -1;
}
