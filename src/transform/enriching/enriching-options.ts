/** An attribute of the key of the table. */
export interface KeyAttribute {
  /** Of the rows: the column of CSV, the member of NDJSON. */
  readonly column: string;
  /** Of the table. */
  readonly attribute: string;
  readonly type: 'S' | 'N';
}

/** What is added to each row. */
export interface AddedColumn {
  readonly attribute: string;
  readonly column: string;
}

/** How rows are joined with the items of a table. */
export interface EnrichingOptions {
  /** `csv` or `ndjson`; by the content type, or else by the end of the key, if undefined. */
  readonly format?: 'csv' | 'ndjson';
  /** Between the columns of CSV. Defaults to a tab where the content type, or else the end of the key, says so, and to a comma. */
  readonly delimiter?: string;
  /** The partition key, and the sort key if the table has one. */
  readonly key: readonly KeyAttribute[];
  readonly columns: readonly AddedColumn[];
  /** What happens to rows without an item. Defaults to `keep`, with empty values. */
  readonly onMissing?: 'keep' | 'drop' | 'fail';
}
