import { CLASS, LETTER, LOWER, UPPER, lower } from './bytes';

interface Entry<T> {
  readonly word: Uint8Array;
  readonly values: T[];
}

/** Words by their first three letters. */
export class KeywordIndex<T> {
  readonly words: readonly string[];
  private readonly byPrefix = new Map<number, Entry<T>[]>();
  /** For each pair of first letters, a bit for each third. */
  private readonly thirds = new Int32Array(1 << 10);

  constructor(entries: readonly { words: readonly string[]; value: T }[]) {
    const values = new Map<string, T[]>();
    for (const { words, value } of entries) {
      words.forEach(word => values.set(word, [...values.get(word) ?? [], value]));
    }
    this.words = [...values.keys()];
    for (const [text, list] of values) {
      const word = Buffer.from(text);
      this.thirds[pair(word, 0)] |= 1 << (word[2] & 31);
      const prefix = word[0] << 16 | word[1] << 8 | word[2];
      // The longest word that fits is the one that is meant.
      this.byPrefix.set(prefix, [...this.byPrefix.get(prefix) ?? [], { word, values: list }].sort((a, b) => b.word.length - a.word.length));
    }
  }

  /** What the word that starts at `at` and ends with itself stands for. */
  at(bytes: Uint8Array, at: number, high: number): readonly T[] | undefined {
    if (at + 3 > high || (this.thirds[pair(bytes, at)] >>> (bytes[at + 2] & 31) & 1) === 0) {
      return undefined;
    }
    const entries = this.byPrefix.get(lower(bytes[at]) << 16 | lower(bytes[at + 1]) << 8 | lower(bytes[at + 2]));
    return entries?.find(({ word }) => matches(word, bytes, at, high))?.values;
  }
}

function pair(bytes: Uint8Array, at: number): number {
  return (bytes[at] & 31) << 5 | bytes[at + 1] & 31;
}

function matches(word: Uint8Array, bytes: Uint8Array, at: number, high: number): boolean {
  const end = at + word.length;
  if (end > high) {
    return false;
  }
  for (let index = 3; index < word.length; index++) {
    if (lower(bytes[at + index]) !== word[index]) {
      return false;
    }
  }
  if (end === high) {
    return true;
  }
  const after = CLASS[bytes[end]];
  return (after & LETTER) === 0 || (after & UPPER) !== 0 && (CLASS[bytes[end - 1]] & LOWER) !== 0;
}
