/** What happens to rows for which the table has no item. */
export enum MissingItem {
  /** They go out with empty values: nothing in CSV, null in JSON. */
  KEEP = 'keep',

  /** They do not go out. */
  DROP = 'drop',

  /** The object is refused with 400. */
  FAIL = 'fail',
}
