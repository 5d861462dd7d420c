import { CLASS, LETTER, LOWER, UPPER, lower } from '../bytes';

/** Words in lower case that are compared with bytes in place. */
export class WordSet {
  private readonly byLength: Uint8Array[][] = [];

  constructor(words: readonly string[]) {
    for (const word of words) {
      (this.byLength[word.length] ??= []).push(Buffer.from(word));
    }
  }

  /** Whether `bytes[start, end)` is one of the words, in whatever case. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    const words = this.byLength[end - start];
    if (words !== undefined) {
      for (let index = 0; index < words.length; index++) {
        if (isWord(words[index], bytes, start)) {
          return true;
        }
      }
    }
    return false;
  }
}

/** Phrases at the start of a text: a blank in them is one of ` _-.'`, or nothing. */
export class Phrases {
  private readonly byFirst: Uint8Array[][] = [];

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      (this.byFirst[phrase.charCodeAt(0)] ??= []).push(Buffer.from(phrase));
    }
  }

  /** The end of the longest phrase that starts at `at` and ends with a word; -1 if there is none. */
  end(bytes: Uint8Array, at: number, high: number): number {
    let longest = -1;
    const phrases = at < high ? this.byFirst[lower(bytes[at])] : undefined;
    if (phrases !== undefined) {
      for (let index = 0; index < phrases.length; index++) {
        const end = phraseEnd(phrases[index], bytes, at, high);
        if (end > longest && !goesOn(bytes, end, high)) {
          longest = end;
        }
      }
    }
    return longest;
  }
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

function phraseEnd(phrase: Uint8Array, bytes: Uint8Array, at: number, high: number): number {
  let position = at;
  for (let index = 0; index < phrase.length; index++) {
    if (phrase[index] === 0x20) {
      position += position < high && isJoint(bytes[position]) ? 1 : 0;
    } else if (position >= high || lower(bytes[position++]) !== phrase[index]) {
      return -1;
    }
  }
  return position;
}

function isJoint(byte: number): boolean {
  return byte === 0x20 || byte === 0x5f || byte === 0x2d || byte === 0x2e || byte === 0x27;
}

/** Whether the word before `end` goes on there: with a letter, unless that is the capital of a next word as in `pinCode`. */
function goesOn(bytes: Uint8Array, end: number, high: number): boolean {
  return end < high && (CLASS[bytes[end]] & LETTER) !== 0 && !((CLASS[bytes[end]] & UPPER) !== 0 && (CLASS[bytes[end - 1]] & LOWER) !== 0);
}
