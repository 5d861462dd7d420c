import { SpanMask } from './span-mask';
import { Output, Text, textOf } from '../output';

/** Writes the name of the type: `[EMAIL]`. */
export class TypeNameMask implements SpanMask {
  readonly constant = true;
  readonly text: Text;
  private readonly quoted: Text;

  constructor(name: string) {
    this.text = textOf(`[${name}]`);
    this.quoted = textOf(`"[${name}]"`);
  }

  replace(out: Output): void {
    out.text(this.text);
  }

  replaceNumber(out: Output): void {
    out.text(this.quoted);
  }

  replaceBoolean(out: Output): void {
    this.replaceNumber(out);
  }
}
