import { KeyObject, createHmac } from 'crypto';
import { normalized } from './normalized';
import { SpanMask, writeNull } from './span-mask';
import { Output } from '../output';

/** Writes a pseudonym: `[EMAIL:1f2e3d4c5b6a7988]`, a keyed hash of the value. Who has no key cannot try values out. */
export class PseudonymMask implements SpanMask {
  readonly constant = false;

  constructor(private readonly name: string, private readonly key: KeyObject, private readonly length: number) {}

  replace(out: Output, _raw: Uint8Array, _rawFrom: number, _rawTo: number, decoded: Uint8Array, decodedFrom: number, decodedTo: number): void {
    this.write(out, this.pseudonym(decoded, decodedFrom, decodedTo));
  }

  replaceNumber(out: Output, raw: Uint8Array, from: number, to: number): void {
    this.write(out, `"${this.pseudonym(raw, from, to)}"`);
  }

  /** A pseudonym of one of two values would be none. */
  replaceBoolean(out: Output): void {
    writeNull(out);
  }

  private pseudonym(bytes: Uint8Array, from: number, to: number): string {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
    // The name goes in, so that the same digits as a card and as an account are two pseudonyms.
    const hash = createHmac('sha256', this.key).update(`${this.name}\0${normalized(this.name, text)}`).digest('hex');
    return `[${this.name}:${hash.slice(0, this.length)}]`;
  }

  private write(out: Output, text: string): void {
    out.bytes(Buffer.from(text, 'latin1'), 0, text.length);
  }
}
