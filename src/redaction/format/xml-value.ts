import { OpenValue } from './open-value';
import { ValueJudge } from './reader';
import { Stops } from './stops';
import { AMPERSAND, XML_ENTITIES } from './xml-entities';
import { malformedXml } from './xml-names';
import { Field } from '../fields/field';

/** Where a value stands. */
export enum Kind { TEXT, ATTRIBUTE, CDATA, COMMENT, INSTRUCTION }

const LESS = 0x3c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SEMICOLON = 0x3b;

/** How CDATA sections, comments and instructions end. */
const ENDS = new Map([[Kind.CDATA, Buffer.from(']]>')], [Kind.COMMENT, Buffer.from('-->')], [Kind.INSTRUCTION, Buffer.from('?>')]]);

/** Bytes that addresses and numbers are made of. An ampersand starts such a byte, too. */
const JOINS = new Uint8Array(256).fill(1, 0x80);
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@.-_+:%/&')) {
  JOINS[byte] = 1;
}

/** The value that is being read, whole or in parts. */
export class XmlValue {
  private readonly value: OpenValue;
  private readonly stops = new Stops([LESS, AMPERSAND, QUOTE, APOSTROPHE]);
  private kind = Kind.TEXT;
  private quote = 0;
  private escaped = false;
  /** Whether text ended on a byte of `JOINS`, without a tag or white space since. */
  private joins = false;

  constructor(judge: ValueJudge) {
    this.value = new OpenValue(judge);
  }

  /** Begins with a window. */
  prepare(bytes: Buffer, from: number, to: number): void {
    this.stops.prepare(bytes, from, to);
  }

  start(kind: Kind, field: Field, quote = 0): void {
    this.kind = kind;
    this.quote = quote;
    this.escaped = false;
    this.value.start(field);
  }

  /**
   * Starts text, in a CDATA section or outside. What a parser gives away as one text stands here as two: no value may start in one and
   * end in the other, or neither would be found.
   */
  startText(kind: Kind, field: Field, first: number): void {
    if (this.joins && JOINS[first] === 1) {
      throw malformedXml('a word goes on across the border of a CDATA section, or a comment or an instruction stands in it: join its parts');
    }
    this.start(kind, field);
  }

  /** What came ends the text before it. */
  separate(): void {
    this.joins = false;
  }

  /** Reads on. Returns where its end mark ends; if the window ends first, -1 less up to where the value is decided. */
  read(bytes: Buffer, kept: number, from: number, to: number): number {
    const { kind, value } = this;
    const isText = kind === Kind.TEXT || kind === Kind.ATTRIBUTE;
    let start = from;
    // White space at the start of text is the layout of the document.
    while (start < to && kind === Kind.CDATA && !value.begun && isSpace(bytes[start])) {
      start++;
    }
    const end = isText ? this.endOfText(bytes, start, to) : this.endOfSection(bytes, start, to, ENDS.get(kind)!);
    if (end < 0) {
      this.escaped = isText;
      return -1 - value.part(bytes, kept, start, -1 - end, false, isText ? XML_ENTITIES : undefined);
    }
    value.part(bytes, kept, start, end, true, this.escaped ? XML_ENTITIES : undefined);
    if (kind === Kind.TEXT || kind === Kind.CDATA) {
      this.joins = JOINS[bytes[end - 1]] === 1 || this.escaped && bytes[end - 1] === SEMICOLON;
    }
    return kind === Kind.TEXT ? end : kind === Kind.ATTRIBUTE ? end + 1 : end + ENDS.get(kind)!.length;
  }

  private endOfText(bytes: Buffer, from: number, to: number): number {
    const mark = this.kind === Kind.TEXT ? LESS : this.quote;
    for (let end = this.stops.next(from); end < to; end = this.stops.next(end + 1)) {
      const byte = bytes[end];
      if (byte === mark) {
        return end;
      }
      if (byte === AMPERSAND) {
        this.escaped = true;
      } else if (byte === LESS) {
        throw malformedXml('a < stands in an attribute: write &lt;');
      }
    }
    return -1 - to;
  }

  private endOfSection(bytes: Buffer, from: number, to: number, mark: Buffer): number {
    for (let end = from; end < to; end++) {
      if (bytes[end] === mark[0]) {
        const count = matching(bytes, end, to, mark);
        if (count === mark.length) {
          return end;
        }
        if (end + count === to) {
          return -1 - end;
        }
        if (this.kind === Kind.COMMENT && count === 2) {
          throw malformedXml('a comment holds two hyphens in a row');
        }
      }
    }
    return -1 - to;
  }
}

/** How many bytes at `at` are those of `text`. */
export function matching(bytes: Uint8Array, at: number, to: number, text: Uint8Array): number {
  let count = 0;
  while (count < text.length && at + count < to && bytes[at + count] === text[count]) {
    count++;
  }
  return count;
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function endOfSpace(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && isSpace(bytes[end])) {
    end++;
  }
  return end;
}
