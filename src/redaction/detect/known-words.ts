/** The lengths of words that are told apart. */
const LENGTHS = 32;

/** Accents, once taken apart from their letters. */
const ACCENTS = /[\u0300-\u036f]/g;

/** Tells most words that are not among some at a glance: by the first letter, the last, and the length. */
export class KnownWords {
  /** For each pair of first and last letter, a bit for each length. */
  private readonly lengths = new Int32Array(1 << 10);

  /** Adds a word, which is looked for without its accents. */
  add(word: string): void {
    const plain = word.normalize('NFD').replace(ACCENTS, '');
    this.lengths[ends(plain.charCodeAt(0), plain.charCodeAt(plain.length - 1))] |= 1 << plain.length % LENGTHS;
  }

  /** Whether `bytes[start, end)`, letters of ASCII in whatever case, may be one of the words. */
  mayBe(bytes: Uint8Array, start: number, end: number): boolean {
    return (this.lengths[ends(bytes[start], bytes[end - 1])] >>> (end - start) % LENGTHS & 1) !== 0;
  }
}

function ends(first: number, last: number): number {
  return (first & 31) << 5 | last & 31;
}
