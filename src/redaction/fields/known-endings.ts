import { withoutAccents } from './name-words';

/** As many letters of the end of a word tell it apart from words that mean nothing. */
const LENGTH = 4;
const BITS = 16;

/** The plain letters of U+00C0 to U+017F, one or two bytes; 0 for what is no letter. */
const FOLDED = Uint16Array.from({ length: 0x180 - 0xc0 }, (_, index) => {
  const plain = withoutAccents(String.fromCharCode(0xc0 + index));
  return /^[a-z]{1,2}$/.test(plain) ? [...plain].reduce((pair, letter) => pair << 8 | letter.charCodeAt(0), 0) : 0;
});

/**
 * Tells at a glance that a name means nothing: none of its words ends as a known word does. Documents may have a million names that
 * stand there once, so that each has to be dismissed in a few nanoseconds, as bytes.
 */
export class KnownEndings {
  private readonly endings: Uint8Array;
  /** Whether a known word has letters that are not Latin, or none: then all such names may mean it. */
  private readonly foreign: boolean;
  private readonly letterless: boolean;
  // The last letters, how many there are since the last word began, and how many since the last character that no known word has.
  private window = 0;
  private word = 0;
  private run = 0;

  /** @param others words that are known, too */
  constructor(words: Iterable<string>, others?: KnownEndings) {
    this.endings = others?.endings.slice() ?? new Uint8Array(1 << BITS - 3);
    let foreign = others?.foreign === true;
    let letterless = others?.letterless === true;
    for (const word of new Set(words)) {
      const plain = withoutAccents(word);
      const letters = plain.match(/[a-z]+/g) ?? [];
      foreign ||= /[^\0-\x7f]/.test(plain);
      letterless ||= letters.length === 0;
      for (const run of letters) {
        this.add(run);
        this.add(`${run}s`);
        this.add(`${run}es`);
      }
    }
    this.foreign = foreign;
    this.letterless = letterless;
  }

  private add(ending: string): void {
    let window = 0;
    for (let index = Math.max(0, ending.length - LENGTH); index < ending.length; index++) {
      window = window << 8 | ending.charCodeAt(index);
    }
    const slot = slotOf(window, ending.length);
    this.endings[slot >> 3] |= 1 << (slot & 7);
  }

  /** Whether a name may mean something. */
  mayKnow(bytes: Uint8Array, from: number, to: number): boolean {
    this.window = 0;
    this.word = 0;
    this.run = 0;
    let hasLetters = false;
    let capitals = 0;
    for (let position = from; position < to; position++) {
      const byte = bytes[position];
      const letter = (byte | 0x20) - 0x61;
      if (letter >= 0 && letter < 26) {
        hasLetters = true;
        if (byte < 0x60) {
          if (this.ends()) {
            return true;
          }
          this.word = capitals === 0 ? 0 : this.word;
          capitals++;
        } else {
          this.word = capitals > 1 ? 1 : this.word;
          capitals = 0;
        }
        this.push(byte | 0x20);
        continue;
      }
      if (this.ends()) {
        return true;
      }
      capitals = 0;
      if (byte < 0x80) {
        this.word = 0;
        this.run = byte === 0x5f || byte === 0x2d || byte === 0x20 || byte === 0x09 ? this.run : 0;
        continue;
      }
      hasLetters = true;
      const next = position + 1 < to ? bytes[position + 1] : 0;
      if (byte >= 0xc3 && byte <= 0xc5) {
        const pair = FOLDED[((byte & 0x1f) << 6 | next & 0x3f) - 0xc0];
        if (pair > 0xff) {
          this.push(pair >> 8);
        }
        if (pair !== 0) {
          this.push(pair & 0xff);
        }
        position++;
      } else if (byte !== 0xcc && byte !== 0xcd) {
        // Marks that follow a plain letter (CC, CD) are passed over.
        if (this.foreign) {
          return true;
        }
        this.word = 0;
        this.run = 0;
      } else {
        position++;
      }
    }
    return this.ends() || !hasLetters && this.letterless;
  }

  private push(letter: number): void {
    this.window = this.window << 8 | letter;
    this.word++;
    this.run++;
  }

  /** Whether the letters so far end as a known word does. */
  private ends(): boolean {
    return this.word > 0 && this.has(this.word) || this.run > this.word && this.has(this.run);
  }

  private has(length: number): boolean {
    const slot = slotOf(length >= LENGTH ? this.window : this.window & (1 << length * 8) - 1, length);
    return (this.endings[slot >> 3] & 1 << (slot & 7)) !== 0;
  }
}

function slotOf(window: number, length: number): number {
  return Math.imul(window ^ Math.min(length, LENGTH), 0x9e3779b1) >>> 32 - BITS;
}
