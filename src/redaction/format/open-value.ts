import { Escapes, ValueJudge } from './reader';
import { Field, NO_FIELD } from '../fields/field';

/** A value that the end of the window cut: it is judged in parts. */
export class OpenValue {
  field: Field = NO_FIELD;
  private behind = 0;

  constructor(private readonly judge: ValueJudge) {}

  /** Starts with a value of which nothing was judged yet. */
  start(field: Field): void {
    this.field = field;
    this.behind = 0;
  }

  /** Whether a part of it was decided. */
  get begun(): boolean {
    return this.behind > 0;
  }

  /** Judges the next part, from the first byte that is not decided. Returns up to where it is decided. */
  part(bytes: Buffer, kept: number, from: number, to: number, last: boolean, escapes?: Escapes): number {
    // An empty value hides nothing.
    if (to === from && this.behind === 0) {
      return to;
    }
    const start = Math.max(kept, from - this.behind);
    const decided = this.judge.judge(bytes, start, from, to, last, this.field, escapes);
    this.behind = decided - start;
    return decided;
  }
}
