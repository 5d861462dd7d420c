/** How rows are stored. */
export enum RowFormat {
  /** Comma-separated values, of which the first row names the columns. */
  CSV = 'csv',

  /** One JSON object on each line. */
  NDJSON = 'ndjson',
}
