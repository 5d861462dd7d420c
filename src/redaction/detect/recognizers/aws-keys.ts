import { CLASS, DIGIT, LOWER, UPPER, isAlphanumeric } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { firstWords } from './value-words';
import { Phrases } from './words';
import { PiiType } from '../../pii-type';

const KEY_LENGTH = 20;
const SECRET_LENGTH = 40;
/** How far after its label a key may start. */
const REACH = 64;

/**
 * Access key ids: long-term (`AKIA`), temporary (`ASIA`), bearer tokens (`ABIA`) and context-specific credentials (`ACCA`), each with
 * 16 characters of Base32.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export const AWS_ACCESS_KEY: AnchoredRecognizer = {
  type: PiiType.AWS_ACCESS_KEY,
  anchor: 'token',
  firsts: 'A',
  search(bytes: Uint8Array, at: number, low: number, high: number, _last: boolean, found: Found): Verdict {
    return (at === low || !isAlphanumeric(bytes[at - 1])) && isKey(bytes, at, high) ? fill(found, at, at + KEY_LENGTH) : Verdict.NO;
  },
};

const KEY_LABELS = ['access key', 'access key id', 'accesskey', 'accesskeyid', 'aws access key', 'aws access key id', 'aws'];
const keyLabels = new Phrases(KEY_LABELS);

/** The same after a label: a key without a digit is no token. */
export const AWS_ACCESS_KEY_LABELLED: AnchoredRecognizer = {
  type: PiiType.AWS_ACCESS_KEY,
  anchor: 'keyword',
  keywords: firstWords(KEY_LABELS),
  search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
    const label = keyLabels.end(bytes, at, high);
    const limit = label < 0 ? 0 : Math.min(high, label + REACH);
    for (let position = label + 1; position < limit && bytes[position] !== 0x0a; position++) {
      if (bytes[position] === 0x41 && !isAlphanumeric(bytes[position - 1]) && isKey(bytes, position, high)) {
        return fill(found, position, position + KEY_LENGTH);
      }
    }
    return Verdict.NO;
  },
};

function fill(found: Found, start: number, end: number): Verdict {
  found.start = start;
  found.end = end;
  return Verdict.YES;
}

function isKey(bytes: Uint8Array, at: number, high: number): boolean {
  const end = at + KEY_LENGTH;
  if (bytes[at] !== 0x41 || end > high || !isPrefix(bytes, at) || end < high && isAlphanumeric(bytes[end])) {
    return false;
  }
  for (let position = at + 4; position < end; position++) {
    const byte = bytes[position];
    if ((CLASS[byte] & UPPER) === 0 && (byte < 0x32 || byte > 0x37)) {
      return false;
    }
  }
  return true;
}

/** The last three letters of the prefixes as one number each. */
const PREFIXES = ['KIA', 'SIA', 'BIA', 'CCA'].map(letters => letters.charCodeAt(0) << 16 | letters.charCodeAt(1) << 8 | letters.charCodeAt(2));

function isPrefix(bytes: Uint8Array, at: number): boolean {
  return PREFIXES.includes(bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);
}

const LABELS = ['secret', 'secretkey', 'secret key', 'secretaccesskey', 'secret access key', 'aws secret', 'aws secret key', 'aws secret access key'];
const labels = new Phrases(LABELS);

/**
 * Secret access keys: 40 characters of Base64 after a label, capitals, small letters and digits among them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
export const AWS_SECRET_KEY: AnchoredRecognizer = {
  type: PiiType.AWS_SECRET_KEY,
  anchor: 'keyword',
  keywords: firstWords(LABELS),
  search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
    const label = labels.end(bytes, at, high);
    if (label < 0) {
      return Verdict.NO;
    }
    const limit = Math.min(high, label + REACH);
    let position = label;
    while (position < limit && bytes[position] !== 0x0a) {
      const end = base64End(bytes, position, high);
      if (end === position) {
        position++;
        continue;
      }
      // An equals sign before the key is that of `key=value`.
      const start = bytes[position] === 0x3d ? position + 1 : position;
      if (end - start === SECRET_LENGTH && isMixed(bytes, start, end)) {
        return fill(found, start, end);
      }
      position = end;
    }
    return Verdict.NO;
  },
};

function base64End(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  const limit = Math.min(high, start + SECRET_LENGTH + 3);
  while (position < limit && isBase64(bytes[position], position === start)) {
    position++;
  }
  return position;
}

function isBase64(byte: number, first: boolean): boolean {
  return isAlphanumeric(byte) || byte === 0x2b || byte === 0x2f || byte === 0x3d && first;
}

function isMixed(bytes: Uint8Array, start: number, end: number): boolean {
  let kinds = 0;
  for (let position = start; position < end; position++) {
    kinds |= CLASS[bytes[position]];
  }
  return (kinds & UPPER) !== 0 && (kinds & LOWER) !== 0 && (kinds & DIGIT) !== 0;
}
