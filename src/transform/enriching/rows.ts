import { Item } from './table';

/** A row of an object. */
export interface Row {
  /** From 1 on, by the lines that rows begin on. */
  readonly line: number;
  /** In characters. */
  readonly length: number;
  /** The values of the key attributes; undefined for a row that goes out as it is. */
  readonly key?: ReadonlyArray<string | undefined>;
  /** The row as it goes out; with empty values if there is no item. */
  enriched(item: Item | undefined): string;
}

/** A row that no item belongs to. */
export class FinishedRow implements Row {
  readonly key = undefined;

  constructor(readonly line: number, readonly length: number, private readonly text: string) {}

  enriched(): string {
    return this.text;
  }
}

/** A row that waits for its item. */
export class WaitingRow implements Row {
  constructor(
    readonly line: number,
    readonly length: number,
    readonly key: ReadonlyArray<string | undefined>,
    private readonly reader: Enricher,
    /** What stands before what is added, and behind it. */
    private readonly head: string,
    private readonly tail: string,
  ) {}

  enriched(item: Item | undefined): string {
    return this.head + this.reader.added(item) + this.tail;
  }
}

/** Writes what an item adds to a row. */
export interface Enricher {
  added(item: Item | undefined): string;
}

/** Cuts text into rows. */
export interface RowReader {
  /** @throws ViewError if the text has not the format */
  push(text: string): Row[];
  end(): Row[];
}

/** In characters: rows are held as a whole. */
export const LONGEST_ROW = 1024 * 1024;
