import { SpanMask, writeNull } from './span-mask';
import { Output } from '../output';

/** Writes nothing, or `null` where JSON needs a value. */
export class RemovalMask implements SpanMask {
  readonly constant = true;

  replace(): void {
    // Nothing is written.
  }

  replaceNumber(out: Output): void {
    writeNull(out);
  }

  replaceBoolean(out: Output): void {
    writeNull(out);
  }
}
