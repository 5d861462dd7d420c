/** A stretch of a line that is the same before and after. Of a long one, the middle is left out. */
export interface Unchanged {
  readonly kind: 'unchanged';
  readonly text: string;
}

/** A value: how long it was, and what is written in its place. */
export interface Value {
  readonly kind: 'value';
  readonly length: number;
  readonly text: string;
}

export type Piece = Unchanged | Value;

const ELLIPSIS = ' … ';

/** Gathers one line in little memory, however long it is. */
export class DiffLine {
  values = 0;
  private readonly closed: Piece[] = [];
  private head = '';
  private tail = '';
  private isShortened = false;

  /** @param keep how much of a stretch is kept at either end */
  constructor(readonly number: number, private readonly keep: number) {}

  get isEmpty(): boolean {
    return this.head === '' && this.closed.length === 0;
  }

  get pieces(): readonly Piece[] {
    this.closeStretch();
    return this.closed;
  }

  addUnchanged(text: string): void {
    const room = this.keep - this.head.length;
    this.head += text.slice(0, room);
    const rest = text.slice(room);
    this.isShortened ||= this.tail.length + rest.length > this.keep;
    this.tail = (this.tail + rest).slice(-this.keep);
  }

  addValue(length: number, text: string): void {
    this.closeStretch();
    this.closed.push({ kind: 'value', length, text });
    this.values++;
  }

  private closeStretch(): void {
    if (this.head !== '') {
      this.closed.push({ kind: 'unchanged', text: `${this.head}${this.isShortened ? ELLIPSIS : ''}${this.tail}` });
    }
    this.head = '';
    this.tail = '';
    this.isShortened = false;
  }
}
