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

/** Cuts text into rows. */
export interface RowReader {
  /** @throws ViewError if the text has not the format */
  push(text: string): Row[];
  end(): Row[];
}

/** In characters: rows are held as a whole. */
export const LONGEST_ROW = 1024 * 1024;
