import { SpanMask } from './span-mask';
import { Output } from '../output';

/** Writes the name of the type: `[EMAIL]`. */
export class TypeNameMask implements SpanMask {
  readonly constant = true;
  private readonly text: Buffer;
  private readonly quoted: Buffer;

  constructor(name: string) {
    this.text = Buffer.from(`[${name}]`);
    this.quoted = Buffer.from(`"[${name}]"`);
  }

  replace(out: Output): void {
    out.bytes(this.text, 0, this.text.length);
  }

  replaceNumber(out: Output): void {
    out.bytes(this.quoted, 0, this.quoted.length);
  }

  replaceBoolean(out: Output): void {
    this.replaceNumber(out);
  }
}
