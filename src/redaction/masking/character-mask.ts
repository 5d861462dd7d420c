import { SpanMask, writeNull } from './span-mask';
import { Output } from '../output';

const QUOTE = 0x22;
const ZERO = 0x30;
const BLANK = 0x20;

/** Writes one character for each byte. The last characters may stay, unless those are more than half of the value. */
export class CharacterMask implements SpanMask {
  readonly constant = false;
  private readonly byte: number;

  constructor(character: string, private readonly keepLast: number) {
    this.byte = character.charCodeAt(0);
  }

  replace(
    out: Output, raw: Uint8Array, rawFrom: number, rawTo: number,
    decoded: Uint8Array, decodedFrom: number, decodedTo: number, map: Uint32Array | undefined,
  ): void {
    const kept = this.keptFrom(decoded, decodedFrom, decodedTo);
    // What stays, stays as it is escaped.
    const rawKept = kept === decodedTo ? rawTo : map === undefined ? rawFrom + kept - decodedFrom : map[kept];
    out.fill(this.byte, rawKept - rawFrom);
    out.bytes(raw, rawKept, rawTo);
  }

  /** A quoted text of as many bytes, or a digit where there is no room for quotes. */
  replaceNumber(out: Output, raw: Uint8Array, from: number, to: number): void {
    const room = to - from - 2;
    if (room < 0) {
      out.fill(ZERO, 1);
      return;
    }
    const kept = to - this.keptFrom(raw, from, to);
    const shown = kept < room ? kept : 0;
    out.fill(QUOTE, 1);
    out.fill(this.byte, room - shown);
    out.bytes(raw, to - shown, to);
    out.fill(QUOTE, 1);
  }

  /** Nothing of so short a value can stay; blanks make up for the length. */
  replaceBoolean(out: Output, length: number): void {
    writeNull(out);
    out.fill(BLANK, length - 4);
  }

  /** The first of the characters that stay; `to` if none does. */
  private keptFrom(bytes: Uint8Array, from: number, to: number): number {
    let characters = 0;
    let kept = to;
    for (let at = to - 1; at >= from && characters < 2 * this.keepLast; at--) {
      if ((bytes[at] & 0xc0) !== 0x80) {
        characters++;
        kept = characters <= this.keepLast ? at : kept;
      }
    }
    return characters < 2 * this.keepLast ? to : kept;
  }
}
