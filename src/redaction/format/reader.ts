import { Field } from '../fields/field';

/** Turns the escapes of a format into the bytes that they stand for. */
export interface Escapes {
  /**
   * Decodes the escapes in `bytes[from, to)` to UTF-8.
   * `map[i]` is where decoded byte i came from (the start of its escape), `map[length]` is the end of what was decoded: less than `to`
   * if an escape is cut off there and `last` is not set. A wrong escape is a RedactionError MALFORMED, or itself where the format allows it.
   * @returns the decoded length
   */
  decode(bytes: Uint8Array, from: number, to: number, last: boolean, decoded: Uint8Array, map: Uint32Array): number;
}

/** Judges values, and notes what has to be replaced. Formats call it for every value in order. */
export interface ValueJudge {
  /**
   * Judges a value, or the next part of one.
   * @param start  where the value starts; if that was given away already, the first byte that is still there
   * @param from   the first byte that is not yet decided
   * @param to     the end of the value, or of the bytes at hand
   * @param last   whether the value ends at `to`
   * @param field  the field that the value stands in
   * @param escapes set if there is an escape in the value (or may be in a later part: then for all parts of it)
   * @returns up to where it is decided: `to` if `last`
   */
  judge(bytes: Buffer, start: number, from: number, to: number, last: boolean, field: Field, escapes?: Escapes): number;

  /**
   * Judges a name as a whole, as a value without a field.
   * @returns whether nothing is found in it wherever it stands: then it need not be judged there again
   */
  judgeName(bytes: Buffer, from: number, to: number): boolean;

  /** Up to where nothing can be found from `from` on: values that end there need not be judged, but for those of a field with a label. */
  cleanUntil(from: number): number;

  /** Judges a literal that is no string (a number, `true`, `null` in JSON), as a whole. If redacted it becomes a valid value. */
  judgeLiteral(bytes: Buffer, from: number, to: number, field: Field): void;
}

/** Reads one format, as a state machine over a window that moves over the input. */
export interface FormatReader {
  /**
   * Reads `bytes[from, to)`. What stands before `from` is decided; `bytes[kept, from)`, at least LOOK_BEHIND bytes of it (fewer at the
   * start of the input), is still there, unchanged, for context only.
   * @param last no more bytes follow
   * @returns up to where all is decided; `to` if `last`. It may only lag behind by what is still open, at most MAX_TOKEN bytes
   *          (else RedactionError OVERSIZED). Offsets are of this call only: the window moves between calls.
   */
  read(bytes: Buffer, kept: number, from: number, to: number, last: boolean): number;
}
