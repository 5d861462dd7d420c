/** What the name of a field, or its path, says of its values. One object a name: made once, then looked up. */
export interface Field {
  /** Whole values are redacted under this label (see `labels.ts`); -1: they are judged by what they hold. */
  readonly label: number;
  /** Whether that holds for numbers as well as for texts, and for `true` and `false`: those only if the user named the field. */
  readonly numbers: boolean;
  readonly booleans: boolean;
  /** The types for which the name is context, as bits of their number: 0 to 31, and 32 to 63. */
  readonly contextLow: number;
  readonly contextHigh: number;
}

/** A value without a field, or one whose name says nothing. */
export const NO_FIELD: Field = { label: -1, numbers: false, booleans: false, contextLow: 0, contextHigh: 0 };

/** The field of plain text. If all of it is one value and nothing else, that counts as context, see `Needs`. */
export const WHOLE_TEXT: Field = { label: -1, numbers: false, booleans: false, contextLow: 0, contextHigh: 0 };
