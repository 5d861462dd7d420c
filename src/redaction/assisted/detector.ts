/** What a detector found in a text. */
export interface Entity {
  readonly type: string;
  /** The first character, and the one behind the last, counted in Unicode code points. */
  readonly start: number;
  readonly end: number;
  /** How sure it is, from 0 to 1. */
  readonly score: number;
}

/**
 * Tells what stands in a text, such as a language model. It ends with an error if it cannot; `signal` says that nobody waits any more. What
 * it throws may say anything: it is not passed on, unless it is a RedactionError.
 */
export type Detector = (text: string, languageCode: string, signal: AbortSignal) => Promise<readonly Entity[]>;
