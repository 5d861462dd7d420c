import { isAlphanumeric } from '../bytes';
import { WordSet, wordEnd } from './words';

/** What stands between a label and its value. */
export enum Joint {
  /** Blanks only: `PIN 1234`. */
  BLANK = 1,
  /** A word: `PIN is 1234`. */
  WORD = 2,
  /** A sign: `PIN: 1234`, `pin=1234`, `"pin": "1234"`, `<pin>1234`. */
  SIGN = 3,
}

const BACKSLASH = 0x5c;
const GREATER = 0x3e;

/** How far after its label a value may start. */
const REACH = 128;
/** The longest run of blanks between a label and its value. */
const MOST_BLANKS = 16;
const LONGEST_FILLER = 12;
const LONGEST_TOKEN = 32;
const MOST_FILLERS = 5;

/** What may introduce whose value it is: `password for the admin account is`. */
const INTRODUCTIONS = new WordSet(['for', 'of']);

const COPULAS = new WordSet(['is', 'was', 'es', 'ist', 'lautet', 'est', 'to']);

/** What is said between a label and its value besides. */
const FILLERS = new WordSet([
  'number', 'numbers', 'no', 'nr', 'num', 'nummer', 'numero', 'code', 'value', 'my', 'your', 'his', 'her', 'our', 'the', 'this', 'that', 'new',
  'account', 'login', 'user', 'card', 'on', 'it', 'now', 'has', 'been', 'set', 'changed', 'reset', 'updated',
]);

/** The value that a label announces. One object, filled again and again. */
export class Labelled {
  joint = Joint.BLANK;
  /** How many words are between them besides. */
  fillers = 0;
  /** Where the value starts, after its quotation mark if there is one. */
  start = 0;
  /** The quotation mark before the value; 0 if there is none. */
  quote = 0;
  /** Whether the quotation mark is escaped, as in JSON within a string. */
  escaped = false;

  /** Reads on from the end of a label. Returns whether a value follows on the line. */
  read(bytes: Uint8Array, end: number, atHand: number): boolean {
    const high = Math.min(atHand, end + REACH);
    let position = closingEnd(bytes, end, high);
    this.fillers = 0;
    let introduced = false;
    for (;;) {
      const before = position;
      position = skipBlanks(bytes, position, high);
      const sign = signEnd(bytes, position, high);
      if (sign > position) {
        return this.open(bytes, skipBlanks(bytes, sign, high), high, Joint.SIGN);
      }
      if (position === before) {
        return false;
      }
      const word = wordEnd(bytes, position, Math.min(high, position + LONGEST_FILLER));
      if (COPULAS.has(bytes, position, word)) {
        position = skipBlanks(bytes, word, high);
        const after = signEnd(bytes, position, high);
        return this.open(bytes, skipBlanks(bytes, after, high), high, after > position ? Joint.SIGN : Joint.WORD);
      }
      introduced ||= this.fillers === 0 && INTRODUCTIONS.has(bytes, position, word);
      if (this.fillers === MOST_FILLERS || !introduced && !FILLERS.has(bytes, position, word)) {
        return this.open(bytes, position, high, Joint.BLANK);
      }
      this.fillers++;
      position = introduced ? tokenEnd(bytes, position, high) : word;
    }
  }

  private open(bytes: Uint8Array, position: number, high: number, joint: Joint): boolean {
    this.joint = joint;
    this.escaped = position + 1 < high && bytes[position] === BACKSLASH && isQuote(bytes[position + 1]);
    const start = this.escaped ? position + 1 : position;
    this.quote = start < high && isQuote(bytes[start]) ? bytes[start] : 0;
    this.start = this.quote === 0 ? start : start + 1;
    return this.start < high && bytes[this.start] > 0x20;
  }
}

/** The end of a word, a name or an address. */
function tokenEnd(bytes: Uint8Array, start: number, high: number): number {
  const limit = Math.min(high, start + LONGEST_TOKEN);
  let position = start;
  while (position < limit && isOfName(bytes[position])) {
    position++;
  }
  return position;
}

/** Letters, digits, `.`, `_`, `-`, `+`, `@`. */
function isOfName(byte: number): boolean {
  return isAlphanumeric(byte) || byte >= 0x80 || byte === 0x2e || byte === 0x5f || byte === 0x2d || byte === 0x2b || byte === 0x40;
}

function isQuote(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x60;
}

/** Blanks, tabs, and the `+` that a blank is in the data of forms. */
function skipBlanks(bytes: Uint8Array, position: number, high: number): number {
  const limit = Math.min(high, position + MOST_BLANKS);
  let next = position;
  while (next < limit && (bytes[next] === 0x20 || bytes[next] === 0x09 || bytes[next] === 0x2b)) {
    next++;
  }
  return next;
}

/** Skips what closes a label: quotation marks, brackets, the dot of an abbreviation. */
function closingEnd(bytes: Uint8Array, end: number, high: number): number {
  let position = end;
  while (position < high && position < end + 3 && isClosing(bytes[position])) {
    position++;
  }
  return position;
}

function isClosing(byte: number): boolean {
  return isQuote(byte) || byte === BACKSLASH || byte === 0x5d || byte === 0x29 || byte === 0x2e;
}

/** The end of `:`, `=`, `:=`, `=>`, `->`, `>` or `#`; `position` if none of them stands there. */
function signEnd(bytes: Uint8Array, position: number, high: number): number {
  const byte = position < high ? bytes[position] : 0;
  const next = position + 1 < high ? bytes[position + 1] : 0;
  if (byte === 0x3a || byte === 0x3d) {
    return next === 0x3d || next === GREATER ? position + 2 : position + 1;
  }
  if (byte === 0x2d) {
    return next === GREATER ? position + 2 : position;
  }
  return byte === GREATER || byte === 0x23 ? position + 1 : position;
}
