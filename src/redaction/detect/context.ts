import { BLANK, CLASS, LETTER, LOWER, NEWLINE, UPPER, lower } from './bytes';
import { KnownWords } from './known-words';

/** How far back a context word may start, in bytes, and how many words back. */
const REACH = 72;
const WORDS = 6;
/** How many bytes without a word may stand before the value, or between words. */
export const GAP = 32;

const EQUALS = 0x3d;

/** Where a hash starts, and what it is multiplied with (FNV-1a). */
const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** What `ContextWords` needs to know of a recognizer: the number of its type, and its words. */
export interface Contextual {
  readonly number: number;
  readonly context: readonly string[];
}

/**
 * The context words of all types in one table: which types a word speaks for, as bits of their numbers. Words are hashed from their
 * end, since they are read backwards from the value. Capitals within a word start a new one, as in `taxNumber`; accents are left out.
 */
export class ContextWords {
  /** The result of the last `nearest`. */
  low = 0;
  high = 0;
  /** The words of which phrases are made. */
  private readonly known = new KnownWords();
  private readonly keys: Int32Array;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  private readonly mask: number;

  constructor(recognizers: readonly Contextual[]) {
    NEUTRAL_WORDS.forEach(word => this.known.add(word));
    const phrases = new Map<number, { text: string; low: number; high: number }>();
    for (const { number, context } of recognizers) {
      const low = number < 32 ? 1 << number : 0;
      const high = number < 32 ? 0 : 1 << number - 32;
      for (const phrase of context) {
        for (const text of phrase.includes(' ') ? [phrase, phrase.replaceAll(' ', '')] : [phrase]) {
          text.split(' ').forEach(word => this.known.add(word));
          const key = hashOfPhrase(text);
          const entry = phrases.get(key);
          if (entry === undefined) {
            phrases.set(key, { text, low, high });
          } else if (entry.text === text) {
            entry.low |= low;
            entry.high |= high;
          } else {
            throw new Error(`the context words '${entry.text}' and '${text}' have the same hash: choose another BASIS`);
          }
        }
      }
    }
    let size = 16;
    while (size < phrases.size * 4) {
      size *= 2;
    }
    this.mask = size - 1;
    this.keys = new Int32Array(size);
    this.lows = new Int32Array(size);
    this.highs = new Int32Array(size);
    for (const [key, { low, high }] of phrases) {
      let slot = key & this.mask;
      while (this.keys[slot] !== 0) {
        slot = slot + 1 & this.mask;
      }
      this.keys[slot] = key;
      this.lows[slot] = low;
      this.highs[slot] = high;
    }
  }

  /** The types for which the name of a field is context. */
  ofName(name: string): { low: number; high: number } {
    const bytes = Buffer.from(name);
    let low = 0;
    let high = 0;
    // Each word of the name may be the one that says it.
    for (let end = bytes.length; end > 0; end--) {
      if (end === bytes.length || SMALL[bytes[end]] === 0 || startsWord(bytes[end], bytes[end - 1])) {
        this.nearest(bytes, end, 0, -1, -1);
        low |= this.low;
        high |= this.high;
      }
    }
    return { low, high };
  }

  /**
   * Looks for the context word nearest to a value among the words before it on its line, or on the line before if the value starts
   * its own. Sets `low` and `high` to the wanted types that this word speaks for.
   * @returns whether there is one
   */
  nearest(bytes: Uint8Array, at: number, lowest: number, wantedLow: number, wantedHigh: number): boolean {
    this.low = 0;
    this.high = 0;
    const bottom = Math.max(lowest, at - REACH);
    let position = at;
    let words = 0;
    // How many words read last may be of one phrase, and their hashes.
    let parts = 0;
    let previous = 0;
    let beforePrevious = 0;
    let newlines = 0;
    let gap = 0;
    const isNamed = at > lowest && bytes[at - 1] === EQUALS;
    while (words < WORDS) {
      const before = position;
      while (position > bottom && SIGN[bytes[position - 1]] === 1) {
        position--;
      }
      gap += before - position;
      if (gap > GAP || position === bottom) {
        return false;
      }
      const byte = bytes[position - 1];
      if (SMALL[byte] === 0) {
        const between = byte === NEWLINE ? 1 : betweenWords(bytes, position, bottom);
        if (between > 0) {
          if (byte === NEWLINE && (words > 0 || ++newlines > 1)) {
            return false;
          }
          position -= between;
          gap += between;
          continue;
        }
      }
      const end = position;
      const plain = plainStart(bytes, end, bottom);
      position = plain < 0 ? wordStart(bytes, end, bottom) : plain;
      // The word may be longer than what can be seen of it, unless the text starts here.
      if (position === bottom && bottom > lowest) {
        return false;
      }
      words++;
      gap = 0;
      let isNeutral = false;
      if (plain < 0 || this.known.mayBe(bytes, position, end)) {
        const hash = hashOf(bytes, position, end);
        let found = this.add(hash, wantedLow, wantedHigh);
        if (parts > 0) {
          found = this.add(mix(mix(previous, hash), hash >>> 16), wantedLow, wantedHigh) || found;
        }
        if (parts > 1) {
          found = this.add(mix(mix(mix(mix(beforePrevious, previous), previous >>> 16), hash), hash >>> 16), wantedLow, wantedHigh) || found;
        }
        if (found) {
          return true;
        }
        isNeutral = isNamed && NEUTRAL.has(hash);
        beforePrevious = previous;
        previous = hash;
        parts++;
      } else {
        parts = 0;
      }
      // What stands before the name in `offset=12345678` is not about this value; it is in `passport no=`.
      if (isNamed && !isNeutral && position > bottom && bytes[position - 1] === BLANK) {
        return false;
      }
    }
    return false;
  }

  private add(hash: number, wantedLow: number, wantedHigh: number): boolean {
    const key = hash === 0 ? 1 : hash;
    let slot = key & this.mask;
    while (this.keys[slot] !== 0) {
      if (this.keys[slot] === key) {
        const low = this.lows[slot] & wantedLow;
        const high = this.highs[slot] & wantedHigh;
        this.low |= low;
        this.high |= high;
        return (low | high) !== 0;
      }
      slot = slot + 1 & this.mask;
    }
    return false;
  }
}

/** The letters of ASCII in lower case; 0 for any other byte. */
const SMALL = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  SMALL[byte] = (CLASS[byte] & LETTER) !== 0 ? lower(byte) : 0;
}

/** À to ÿ without their accents. */
const FOLDED = Buffer.from([...Array(64).keys()].map(index => String.fromCharCode(0xc0 + index).normalize('NFD').toLowerCase()[0].charCodeAt(0) & 0xff));

/** 1 for all other bytes of ASCII but line ends. */
const SIGN = SMALL.map((letter, byte) => byte < 0x80 && letter === 0 && byte !== NEWLINE ? 1 : 0);

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, PRIME);
}

/** How many bytes before `position` are no part of a word: one of ASCII (which is no letter), or a punctuation mark of Unicode. */
function betweenWords(bytes: Uint8Array, position: number, bottom: number): number {
  const byte = bytes[position - 1];
  if (byte < 0x80) {
    return 1;
  }
  if (position - 2 >= bottom && bytes[position - 2] === 0xc2) {
    return 2;
  }
  if (position - 3 >= bottom) {
    // General punctuation, that of East Asia, and full-width forms.
    const lead = bytes[position - 3] << 8 | bytes[position - 2];
    return lead === 0xe280 || lead === 0xe380 || lead === 0xefbc ? 3 : 0;
  }
  return 0;
}

/** Where the word that ends at `end` starts, if it is of ASCII letters only: capitals and small letters after them; -1 if it is not. */
function plainStart(bytes: Uint8Array, end: number, bottom: number): number {
  let position = end;
  while (position > bottom && bytes[position - 1] >= 0x61 && bytes[position - 1] <= 0x7a) {
    position--;
  }
  while (position > bottom && bytes[position - 1] >= 0x41 && bytes[position - 1] <= 0x5a) {
    position--;
  }
  return position > bottom && bytes[position - 1] >= 0x80 && betweenWords(bytes, position, bottom) === 0 ? -1 : position;
}

/** Where the word that ends at `end` starts. */
function wordStart(bytes: Uint8Array, end: number, bottom: number): number {
  let position = end - 1;
  while (position > bottom) {
    const next = bytes[position - 1];
    if (SMALL[next] === 0 ? betweenWords(bytes, position, bottom) > 0 : startsWord(bytes[position], next)) {
      break;
    }
    position--;
  }
  return position;
}

/** `byte` follows `before` in the text: a capital after a small letter. */
function startsWord(byte: number, before: number): boolean {
  return (CLASS[byte] & UPPER) !== 0 && (CLASS[before] & LOWER) !== 0;
}

/** The hash of a word, read backwards. Accented letters of Latin-1 count as the plain ones. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = BASIS;
  for (let position = end - 1; position >= start; position--) {
    const byte = bytes[position];
    if (byte >= 0x80 && byte < 0xc0 && position > start && bytes[position - 1] === 0xc3) {
      hash = mix(hash, FOLDED[byte & 0x3f]);
      position--;
    } else {
      hash = mix(hash, SMALL[byte] === 0 ? byte : SMALL[byte]);
    }
  }
  return hash;
}

function hashOfWord(word: string): number {
  const bytes = Buffer.from(word.toLowerCase());
  return hashOf(bytes, 0, bytes.length);
}

/** The hash of up to three words, read backwards as `nearest` does. */
function hashOfPhrase(phrase: string): number {
  const [last, middle, first] = phrase.split(' ').map(hashOfWord).reverse();
  let hash = last;
  for (const word of [middle, first]) {
    if (word !== undefined) {
      hash = mix(mix(hash, word), word >>> 16);
    }
  }
  return hash === 0 ? 1 : hash;
}

/** Words that say only that a value follows. */
const NEUTRAL_WORDS = ['number', 'no', 'nr', 'num', 'nbr', 'id', 'code', 'value', 'nummer', 'numero'];
const NEUTRAL = new Set(NEUTRAL_WORDS.map(hashOfWord));
