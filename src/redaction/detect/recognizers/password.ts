import { ALPHANUMERIC, CLASS, DIGIT, LETTER, LOWER, UPPER, isAlphanumeric } from '../bytes';
import { AnchoredRecognizer, Found, LOOK_AHEAD, Verdict } from '../recognizer';
import { Joint, Labelled } from './labelled';
import { NO_VALUES, firstWords, goesOnAsSentence } from './value-words';
import { Phrases } from './words';
import { PiiType } from '../../pii-type';

const BACKSLASH = 0x5c;
const DASH = 0x2d;
const PLUS = 0x2b;
const MOST_BRACKETS = 4;
const LONGEST_PARAMETER = 32;
/** `pass` means other things as well, and `PWD` the working directory. */
const PASS_LENGTH = 4;
const PWD_LENGTH = 3;

const PHRASE_LABELS = ['passphrase', 'pass phrase'];
const LABELS = [
  'password', 'passwords', 'passwd', 'passcode', 'pass', 'pass word', 'pass code', 'pwd', 'pswd', 'passwort', 'kennwort', 'contrasena',
  'contraseña', 'senha', 'wachtwoord',
  'haslo', 'hasło', 'parola', 'losenord', 'lösenord', 'adgangskode', 'passord', 'salasana', 'sifre', 'mot de passe', ...PHRASE_LABELS,
];

const labels = new Phrases(LABELS);
const phraseLabels = new Phrases(PHRASE_LABELS);
const labelled = new Labelled();

/** How much a value has to look like a password. */
enum Look {
  ANY,
  /** More than a word: a digit, a sign or a capital within it. */
  NO_WORD,
  /** Letters and digits, six or more. */
  MIXED,
}

/**
 * Passwords after their label: `password=x`, `"password": "x"`, `my password is x1`. What follows the mere word has to look like one,
 * so that `password reset` stays.
 */
export const PASSWORD: AnchoredRecognizer = {
  type: PiiType.PASSWORD,
  anchor: 'keyword',
  keywords: firstWords(LABELS),
  search(bytes: Uint8Array, at: number, low: number, high: number, last: boolean, found: Found): Verdict {
    const label = labels.end(bytes, at, high);
    if (label < 0 || !labelled.read(bytes, label, high)) {
      return Verdict.NO;
    }
    const { joint } = labelled;
    const start = withPlus(bytes, labelled);
    const short = label - at === PASS_LENGTH;
    if (isReference(bytes, start, high) || label - at === PWD_LENGTH && isPath(bytes, start) || short && joint !== Joint.SIGN
      || joint === Joint.BLANK && labelled.fillers > 0) {
      return Verdict.NO;
    }
    let end = labelled.quote === 0 ? -1 : quotedEnd(bytes, start, high);
    const quoted = end >= 0;
    if (!quoted) {
      const words = joint === Joint.SIGN && phraseLabels.end(bytes, at, high) === label;
      end = valueEnd(bytes, start, high, words);
      if (end === high && !last) {
        return Verdict.MORE;
      }
      end = withoutTrailing(bytes, start, end);
    }
    const option = at - 2 >= low && bytes[at - 1] === DASH && bytes[at - 2] === DASH;
    const isBracketed = closerOf(bytes[start]) !== 0;
    const look = isBracketed ? Look.MIXED
      : quoted || option || joint === Joint.SIGN && !short ? Look.ANY : joint === Joint.BLANK ? Look.MIXED : Look.NO_WORD;
    if (end <= start || isBracketed && isPlaceholder(bytes, start, end) || NO_VALUES.has(bytes, start, end)
      || goesOnAsSentence(bytes, start, end, high) || isSame(bytes, start, end) || !looks(bytes, start, end, look)) {
      return Verdict.NO;
    }
    found.start = start;
    found.end = end;
    return Verdict.YES;
  },
};

/** The closing quotation mark on the line; -1 if there is none. */
function quotedEnd(bytes: Uint8Array, start: number, high: number): number {
  const { quote, escaped } = labelled;
  const limit = Math.min(high, start + LOOK_AHEAD / 2);
  for (let position = start; position < limit && bytes[position] !== 0x0a; position++) {
    const byte = bytes[position];
    if (byte === BACKSLASH && position + 1 < limit) {
      if (escaped && bytes[position + 1] === quote) {
        return position;
      }
      position++;
    } else if (byte === quote) {
      return position;
    }
  }
  return -1;
}

const ENDS = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  ENDS[byte] = byte <= 0x20 || byte === 0x7f || '",;<>|`\''.includes(String.fromCharCode(byte)) ? 1 : 0;
}

/** Where a value without quotation marks ends. */
function valueEnd(bytes: Uint8Array, start: number, high: number, words: boolean): number {
  let position = start;
  while (position < high && (ENDS[bytes[position]] === 0 || words && bytes[position] === 0x20) && !isEscape(bytes, position, high)
    && !(bytes[position] === 0x26 && isParameter(bytes, position + 1, high))) {
    position++;
  }
  return position;
}

/** `name=`: the next parameter of a form. */
function isParameter(bytes: Uint8Array, start: number, high: number): boolean {
  const limit = Math.min(high, start + LONGEST_PARAMETER);
  let position = start;
  while (position < limit && (isAlphanumeric(bytes[position]) || bytes[position] === 0x5f)) {
    position++;
  }
  return position > start && position < limit && bytes[position] === 0x3d;
}

/** `\n`, `\r`, `\t` or `\"` of a text in a text. */
function isEscape(bytes: Uint8Array, position: number, high: number): boolean {
  if (bytes[position] !== BACKSLASH || position + 1 >= high) {
    return false;
  }
  const next = bytes[position + 1];
  return next === 0x6e || next === 0x72 || next === 0x74 || next === 0x22;
}

/** Leaves the dot of a sentence, and brackets that were opened before the value. */
function withoutTrailing(bytes: Uint8Array, start: number, end: number): number {
  let position = end;
  for (let count = 0; count < MOST_BRACKETS && position > start && isTrailing(bytes, start, position); count++) {
    position--;
  }
  return position;
}

function isTrailing(bytes: Uint8Array, start: number, end: number): boolean {
  const byte = bytes[end - 1];
  if (byte !== 0x29 && byte !== 0x5d && byte !== 0x7d) {
    return byte === 0x2e || byte === 0x3a || byte === 0x20;
  }
  const open = byte === 0x29 ? 0x28 : byte - 2;
  for (let position = start; position < end - 1; position++) {
    if (bytes[position] === open) {
      return false;
    }
  }
  return true;
}

/** Where a value starts that begins with `+`, which is a blank elsewhere in the data of forms. */
function withPlus(bytes: Uint8Array, { start, joint, quote }: Labelled): number {
  let position = start;
  while (joint === Joint.SIGN && quote === 0 && bytes[position - 1] === PLUS) {
    position--;
  }
  return position;
}

/** `${NAME}`, `$(command)`, `%s`, `%(name)s`: what will be a value. */
function isReference(bytes: Uint8Array, start: number, high: number): boolean {
  const first = bytes[start];
  const second = start + 1 < high ? bytes[start + 1] : 0;
  return first === 0x24 && (second === 0x7b || second === 0x28) || first === 0x25 && (second === 0x73 || second === 0x28);
}

/** The bracket that closes another; 0 for what opens nothing. */
function closerOf(byte: number): number {
  return byte === 0x28 ? 0x29 : byte === 0x5b || byte === 0x7b ? byte + 2 : 0;
}

/** `[PASSWORD]`, `{name}`, `{{ name }}`, `(see below)`: a name, or words, in brackets. */
function isPlaceholder(bytes: Uint8Array, start: number, end: number): boolean {
  const closer = closerOf(bytes[start]);
  let position = start;
  while (position < end && (isAlphanumeric(bytes[position]) || bytes[position] === bytes[start] || isOfPlaceholder(bytes[position]))) {
    position++;
  }
  while (position < end && bytes[position] === closer) {
    position++;
  }
  return position === end && bytes[end - 1] === closer;
}

/** A blank, `_`, `-`, `.` or `:`. */
function isOfPlaceholder(byte: number): boolean {
  return byte === 0x20 || byte === 0x5f || byte === DASH || byte === 0x2e || byte === 0x3a;
}

/** `***` or `xxx`: masked already. */
function isSame(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first !== 0x2a && first !== 0x2e && first !== DASH && (first | 0x20) !== 0x78) {
    return false;
  }
  for (let position = start + 1; position < end; position++) {
    if (bytes[position] !== first) {
      return false;
    }
  }
  return true;
}

/** `PWD=/home`: the working directory. */
function isPath(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0x2f || bytes[start] === 0x7e;
}

function looks(bytes: Uint8Array, start: number, end: number, look: Look): boolean {
  if (look === Look.ANY) {
    return true;
  }
  let digits = 0;
  let letters = 0;
  let signs = 0;
  let capitals = 0;
  for (let position = start; position < end; position++) {
    const kind = CLASS[bytes[position]];
    digits += (kind & DIGIT) !== 0 ? 1 : 0;
    letters += (kind & LETTER) !== 0 ? 1 : 0;
    signs += (kind & ALPHANUMERIC) === 0 && bytes[position] < 0x80 && bytes[position] !== DASH && bytes[position] !== 0x2f ? 1 : 0;
    capitals += position > start && (kind & UPPER) !== 0 && (CLASS[bytes[position - 1]] & LOWER) !== 0 ? 1 : 0;
  }
  if (look === Look.MIXED) {
    return end - start >= 6 && letters > 0 && digits > 0;
  }
  return digits > 0 && (letters > 0 || digits > 3) || signs > 0 || capitals > 0;
}
