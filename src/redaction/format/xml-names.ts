import { MAX_TOKEN } from '../detect/recognizer';
import { RedactionError } from '../errors';

export const MOST_XML_LEVELS = 1000;

const STARTS = 1;
const GOES_ON = 2;

/** What a byte may be in a name; bytes of letters that are not ASCII all may. */
const KIND = new Uint8Array(256).fill(STARTS | GOES_ON, 0x80);
for (let byte = 0; byte < 0x80; byte++) {
  const character = String.fromCharCode(byte);
  KIND[byte] = /[A-Za-z_:]/.test(character) ? STARTS | GOES_ON : /[0-9.-]/.test(character) ? GOES_ON : 0;
}

/** @see https://www.w3.org/TR/xml/#NT-NameStartChar */
export function startsName(byte: number): boolean {
  return (KIND[byte] & STARTS) !== 0;
}

export function endOfName(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && (KIND[bytes[end]] & GOES_ON) !== 0) {
    end++;
  }
  return end;
}

/** The names of the elements that are open, one after another. */
export class OpenNames {
  depth = 0;
  private readonly bytes = new Uint8Array(MAX_TOKEN);
  private readonly ends = new Uint32Array(MOST_XML_LEVELS + 1);

  push(bytes: Uint8Array, from: number, to: number): void {
    const start = this.ends[this.depth];
    if (this.depth === MOST_XML_LEVELS || start + to - from > MAX_TOKEN) {
      throw new RedactionError('OVERSIZED', `XML elements are nested in more than ${MOST_XML_LEVELS} levels, or have names that are too long`);
    }
    for (let index = from; index < to; index++) {
      this.bytes[start + index - from] = bytes[index];
    }
    this.ends[++this.depth] = start + to - from;
  }

  /** Closes the innermost element. */
  drop(): void {
    this.depth--;
  }

  /** Closes the innermost element by its name. False if it has another name. */
  pop(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.depth === 0) {
      return false;
    }
    const start = this.ends[this.depth - 1];
    if (this.ends[this.depth] - start !== to - from) {
      return false;
    }
    for (let index = from; index < to; index++) {
      if (this.bytes[start + index - from] !== bytes[index]) {
        return false;
      }
    }
    this.depth--;
    return true;
  }
}

export function malformedXml(problem: string): RedactionError {
  return new RedactionError('MALFORMED', `the XML input is not well-formed: ${problem}`);
}
