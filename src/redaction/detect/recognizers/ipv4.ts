import { CLASS, LETTER, isAlphanumeric, isDigit } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { WordSet, wordEnd, wordStart } from './words';
import { PiiType } from '../../pii-type';

const DOT = 0x2e;
const DASH = 0x2d;
const BITS = 32;
const ZERO = 0x30;

/** Before four numbers with dots these say that they are no address. */
const NUMBERED = new WordSet([
  'v', 'ver', 'vers', 'version', 'versions', 'release', 'rel', 'build', 'revision', 'rev', 'firmware', 'driver', 'section', 'sec', 'chapter',
  'clause', 'paragraph', 'para', 'article', 'figure', 'fig', 'table', 'step', 'appendix', 'oid',
]);

/** After such numbers and a dash these say that they are a version. */
const RELEASES = new WordSet([
  'alpha', 'beta', 'rc', 'snapshot', 'release', 'final', 'ga', 'pre', 'preview', 'dev', 'build', 'sp', 'ubuntu', 'deb', 'el', 'r',
]);

/**
 * The end of the IPv4 address in dotted-decimal form that starts at `at`; -1 if there is none. Numbers with leading zeros are none,
 * since some programs read them as octal.
 */
export function ipv4End(bytes: Uint8Array, at: number, high: number): number {
  let position = at;
  for (let octet = 0; ; octet++) {
    const start = position;
    let value = 0;
    while (position < high && position < start + 3 && isDigit(bytes[position])) {
      value = value * 10 + bytes[position++] - ZERO;
    }
    if (position === start || value > 255 || bytes[start] === ZERO && position > start + 1) {
      return -1;
    }
    if (octet === 3) {
      return position;
    }
    if (position >= high || bytes[position++] !== DOT) {
      return -1;
    }
  }
}

/** The end of the length of a network's prefix, such as `/24`, of at most `most` bits; `end` if none follows. */
export function prefixEnd(bytes: Uint8Array, end: number, high: number, most: number): number {
  let position = end + 1;
  let bits = 0;
  while (position < high && position < end + 4 && isDigit(bytes[position])) {
    bits = bits * 10 + bytes[position++] - ZERO;
  }
  const ends = position >= high || !isAlphanumeric(bytes[position]) && bytes[position] !== 0x2f && bytes[position] !== DASH
    && !(bytes[position] === DOT && position + 1 < high && isAlphanumeric(bytes[position + 1]));
  return end < high && bytes[end] === 0x2f && position > end + 1 && bits <= most && ends ? position : end;
}

/**
 * IPv4 addresses, with the length of the prefix if it is a network's; a port after them is left.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6943#section-3.1.1
 */
export const IPV4: AnchoredRecognizer = {
  type: PiiType.IP_ADDRESS,
  anchor: 'dotted',
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    if (at > low && (isAlphanumeric(bytes[at - 1]) || bytes[at - 1] === DOT)) {
      return Verdict.NO;
    }
    const end = ipv4End(bytes, at, high);
    if (end < 0 || goesOn(bytes, end, high) || isVersion(bytes, at, end, low, high)) {
      return Verdict.NO;
    }
    found.start = at;
    found.end = prefixEnd(bytes, end, high, BITS);
    return Verdict.YES;
  },
};

function goesOn(bytes: Uint8Array, end: number, high: number): boolean {
  return end < high && (isAlphanumeric(bytes[end]) || bytes[end] === DOT && end + 1 < high && isDigit(bytes[end + 1]));
}

function isVersion(bytes: Uint8Array, at: number, end: number, low: number, high: number): boolean {
  if (end + 1 < high && bytes[end] === DASH && RELEASES.has(bytes, end + 1, wordEnd(bytes, end + 1, Math.min(high, end + 16)))) {
    return true;
  }
  // `Browser/120.0.0.0`: what browsers make of their version.
  if (at - 2 >= low && bytes[at - 1] === 0x2f && (CLASS[bytes[at - 2]] & LETTER) !== 0) {
    return end - at > 6 && bytes[end - 6] === DOT && bytes[end - 5] === ZERO && bytes[end - 3] === ZERO && bytes[end - 1] === ZERO;
  }
  let before = at;
  const bottom = Math.max(low, at - 3);
  while (before > bottom && isBetween(bytes[before - 1])) {
    before--;
  }
  // `§` is the sign of sections.
  const section = before - 2 >= low && bytes[before - 2] === 0xc2 && bytes[before - 1] === 0xa7;
  return section || NUMBERED.has(bytes, wordStart(bytes, before, low), before);
}

/** Blanks, quotes, `:`, `=`, `(`, `.`. */
function isBetween(byte: number): boolean {
  return byte === 0x20 || byte === 0x22 || byte === 0x27 || byte === 0x3a || byte === 0x3d || byte === 0x28 || byte === DOT;
}
