import { CLASS, LETTER, LOWER, UPPER, lower, upper } from '../bytes';

/** Words in lower case that are compared with bytes in place. */
export class WordSet {
  private readonly byLength: Uint8Array[][] = [];
  /** For each length, a bit for each first letter. */
  private readonly firsts = new Int32Array(32);

  constructor(words: readonly string[]) {
    for (const word of words) {
      (this.byLength[word.length] ??= []).push(Buffer.from(word));
      this.firsts[word.length] |= 1 << (word.charCodeAt(0) & 31);
    }
  }

  /** Whether `bytes[start, end)` is one of the words, in whatever case. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if ((this.firsts[length] >>> (bytes[start] & 31) & 1) === 0) {
      return false;
    }
    const words = this.byLength[length];
    for (let index = 0; index < words.length; index++) {
      if (isWord(words[index], bytes, start)) {
        return true;
      }
    }
    return false;
  }
}

/** What a blank in a phrase stands for, or it stands for nothing. */
const JOINTS = " _-.'";

/** Phrases at the start of a text, as a tree of their bytes. */
export class Phrases {
  /** The number of each byte that phrases have; 0 for all others. */
  private readonly symbols = new Uint8Array(256);
  private readonly width: number;
  /** The node that a symbol leads to from a node, row after row; 0 for none. */
  private readonly next: number[] = [];
  private readonly complete: boolean[] = [false];

  constructor(phrases: readonly string[]) {
    const variants = phrases.flatMap(withAndWithoutBlanks).map(variant => Buffer.from(variant));
    this.width = this.number(variants) + 1;
    this.addRow();
    variants.forEach(variant => this.add(variant));
  }

  /** The end of the longest phrase that starts at `at` and ends with a word; -1 if there is none. */
  end(bytes: Uint8Array, at: number, high: number): number {
    const { symbols, next, complete, width } = this;
    let longest = -1;
    let node = 0;
    for (let position = at; position < high;) {
      const symbol = symbols[bytes[position++]];
      node = symbol === 0 ? 0 : next[node * width + symbol];
      if (node === 0) {
        break;
      }
      if (complete[node] && !goesOn(bytes, position, high)) {
        longest = position;
      }
    }
    return longest;
  }

  /** Numbers the bytes that phrases have; returns how many there are. */
  private number(variants: readonly Uint8Array[]): number {
    const { symbols } = this;
    let count = 0;
    for (const variant of variants) {
      for (let index = 0; index < variant.length; index++) {
        const byte = variant[index];
        if (symbols[byte] === 0) {
          symbols[byte] = symbols[upper(byte)] = ++count;
        }
      }
    }
    Buffer.from(JOINTS).forEach(byte => symbols[byte] = symbols[0x20]);
    return count;
  }

  private add(variant: Uint8Array): void {
    let node = 0;
    for (let position = 0; position < variant.length; position++) {
      const index = node * this.width + this.symbols[variant[position]];
      if (this.next[index] === 0) {
        this.next[index] = this.complete.length;
        this.complete.push(false);
        this.addRow();
      }
      node = this.next[index];
    }
    this.complete[node] = true;
  }

  private addRow(): void {
    for (let symbol = 0; symbol < this.width; symbol++) {
      this.next.push(0);
    }
  }
}

function withAndWithoutBlanks(phrase: string): string[] {
  if (!phrase.includes(' ')) {
    return [phrase];
  }
  const [head, ...rest] = phrase.split(' ');
  return rest.reduce((variants, word) => variants.flatMap(variant => [`${variant} ${word}`, `${variant}${word}`]), [head]);
}

/** The end of the run of letters that starts at `start`. */
export function wordEnd(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  while (position < high && (CLASS[bytes[position]] & LETTER) !== 0) {
    position++;
  }
  return position;
}

/** The start of the run of letters that ends at `end`, looking back at most 24 bytes. */
export function wordStart(bytes: Uint8Array, end: number, low: number): number {
  const bottom = Math.max(low, end - 24);
  let position = end;
  while (position > bottom && (CLASS[bytes[position - 1]] & LETTER) !== 0) {
    position--;
  }
  return position;
}

function isWord(word: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < word.length; index++) {
    if (lower(bytes[start + index]) !== word[index]) {
      return false;
    }
  }
  return true;
}

/** Whether the word before `end` goes on there: with a letter, unless that is the capital of a next word as in `pinCode`. */
function goesOn(bytes: Uint8Array, end: number, high: number): boolean {
  return end < high && (CLASS[bytes[end]] & LETTER) !== 0 && !((CLASS[bytes[end]] & UPPER) !== 0 && (CLASS[bytes[end - 1]] & LOWER) !== 0);
}
