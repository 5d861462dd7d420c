import { SpanMask } from './span-mask';
import { Output, viewOf } from '../output';

/** Writes the name of the type: `[EMAIL]`. */
export class TypeNameMask implements SpanMask {
  readonly constant = true;
  readonly text: DataView;
  private readonly quoted: DataView;

  constructor(name: string) {
    this.text = viewOf(Buffer.from(`[${name}]`));
    this.quoted = viewOf(Buffer.from(`"[${name}]"`));
  }

  replace(out: Output): void {
    out.view(this.text);
  }

  replaceNumber(out: Output): void {
    out.view(this.quoted);
  }

  replaceBoolean(out: Output): void {
    this.replaceNumber(out);
  }
}
