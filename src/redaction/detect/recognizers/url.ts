import { ALPHANUMERIC, CLASS, LETTER, isAlphanumeric, lower } from '../bytes';
import { AnchoredRecognizer, Found, LOOK_AHEAD, MAX_TOKEN, Verdict } from '../recognizer';
import { letterLength } from './letters';
import { RedactionError } from '../../errors';
import { PiiType } from '../../pii-type';

const LONGEST_SCHEME = 24;

const COLON = 0x3a;
const SLASH = 0x2f;
const DOT = 0x2e;
const AT = 0x40;
const APOSTROPHE = 0x27;

const ENDS = 1;
const TRAILING = 2;
const OPENS = 4;
const CLOSES = 8;
/** What ends the authority of a URL besides what ends all of it. */
const AFTER_AUTHORITY = 16;

/** What bytes mean in a URL: most of them nothing. */
const ROLE = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  ROLE[byte] = (byte <= 0x20 || byte === 0x7f || '"<>`\\^{}|'.includes(character) ? ENDS : 0)
    | (".,;:!?'*_~".includes(character) ? TRAILING : 0)
    | ('(['.includes(character) ? OPENS : 0)
    | (')]'.includes(character) ? CLOSES : 0)
    | ('/?#,;'.includes(character) ? AFTER_AUTHORITY : 0);
}

/**
 * URLs with a scheme. What they hold is theirs: a password or an email address in them is one span with them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3
 */
export const URL: AnchoredRecognizer = {
  type: PiiType.URL,
  anchor: 'scheme',
  search(bytes: Uint8Array, at: number, low: number, high: number, last: boolean, found: Found): Verdict {
    const start = bytes[at] === COLON ? schemeStart(bytes, at, low) : wwwStart(bytes, at, low, high);
    if (start < 0 || bytes[at] === COLON && !hasHost(bytes, start, at, high)) {
      return Verdict.NO;
    }
    const quoted = start > low && bytes[start - 1] === APOSTROPHE;
    let position = at + 1;
    while (position < high) {
      const byte = bytes[position];
      if ((ROLE[byte] & ENDS) !== 0 || byte === APOSTROPHE && quoted) {
        break;
      }
      if (byte < 0x80) {
        position++;
        continue;
      }
      const length = letterLength(bytes, position, high);
      if (length === 0 && (last || position + 4 <= high)) {
        break;
      }
      position = length === 0 ? high : position + length;
    }
    if (position - start > MAX_TOKEN) {
      throw new RedactionError('OVERSIZED', `a URL is longer than ${MAX_TOKEN} bytes: it cannot be judged`);
    }
    if (position >= high && !last) {
      return Verdict.MORE;
    }
    found.start = start;
    found.end = withoutTrailing(bytes, start, position);
    return Verdict.YES;
  },
};

/** Those without a scheme. */
export const WWW: AnchoredRecognizer = { ...URL, anchor: 'keyword', keywords: ['www'] };

function schemeStart(bytes: Uint8Array, at: number, low: number): number {
  const bottom = Math.max(low, at - LONGEST_SCHEME);
  let start = at;
  for (let position = at - 1; position >= bottom; position--) {
    const byte = bytes[position];
    if (!isAlphanumeric(byte) && byte !== 0x2b && byte !== 0x2d) {
      break;
    }
    start = (CLASS[byte] & LETTER) !== 0 ? position : start;
  }
  return at - start >= 2 ? start : -1;
}

/** Whether a host follows: a name with a dot, an address, or any name if a port, a path or a user stands with it or the scheme is not HTTP. */
function hasHost(bytes: Uint8Array, start: number, at: number, high: number): boolean {
  const from = at + 3;
  const limit = Math.min(high, from + LOOK_AHEAD / 2);
  let position = from;
  let host = from;
  let dot = -1;
  let port = -1;
  while (position < limit && (ROLE[bytes[position]] & (ENDS | AFTER_AUTHORITY)) === 0) {
    const byte = bytes[position++];
    if (byte === AT) {
      host = position;
      dot = -1;
    } else if (byte === DOT && position < limit && isAlphanumeric(bytes[position])) {
      dot = position;
    } else if (byte === COLON) {
      port = position;
    }
  }
  if (host === position) {
    return position === from && position < high && bytes[position] === SLASH && isFile(bytes, start, at);
  }
  const first = bytes[host];
  if ((CLASS[first] & ALPHANUMERIC) === 0 && first !== 0x5b && first < 0x80) {
    return false;
  }
  return dot > host || host > from || port > host || first === 0x5b || position < high && bytes[position] === SLASH || !isHttp(bytes, start, at);
}

function isFile(bytes: Uint8Array, start: number, at: number): boolean {
  return at - start === 4 && lower(bytes[start]) === 0x66 && lower(bytes[start + 1]) === 0x69;
}

function isHttp(bytes: Uint8Array, start: number, at: number): boolean {
  return (at - start === 4 || at - start === 5) && lower(bytes[start]) === 0x68 && lower(bytes[start + 1]) === 0x74;
}

/** `www.` with two more labels, of which the last could be a top-level domain. */
function wwwStart(bytes: Uint8Array, at: number, low: number, high: number): number {
  const before = at > low ? bytes[at - 1] : 0;
  if (isAlphanumeric(before) || before === DOT || before === AT || before === 0x2d || before === 0x5f) {
    return -1;
  }
  const limit = Math.min(high, at + LOOK_AHEAD / 2);
  let labels = 0;
  let start = at + 4;
  for (let position = start; ; position++) {
    const byte = position < limit ? bytes[position] : 0;
    if (byte >= 0x80 || isAlphanumeric(byte) || byte === 0x2d) {
      continue;
    }
    const filled = position > start;
    if (filled && labels > 0 && position - start >= 2 && (CLASS[bytes[start]] & LETTER) !== 0) {
      return at;
    }
    if (!filled || byte !== DOT) {
      return -1;
    }
    labels++;
    start = position + 1;
  }
}

/** Leaves the punctuation of the sentence that a URL ends, and brackets that were opened before it. */
function withoutTrailing(bytes: Uint8Array, start: number, end: number): number {
  let open = 0;
  for (let position = start; position < end; position++) {
    const role = ROLE[bytes[position]];
    open += (role & OPENS) !== 0 ? 1 : (role & CLOSES) !== 0 ? -1 : 0;
  }
  let position = end;
  for (;;) {
    const role = ROLE[bytes[position - 1]];
    if ((role & CLOSES) !== 0 && open < 0) {
      open++;
    } else if ((role & TRAILING) === 0) {
      return position;
    }
    position--;
  }
}
