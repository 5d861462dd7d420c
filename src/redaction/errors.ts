/** Why a redaction ended without a result. The message says what to do about it, and holds nothing of the input. */
export type RedactionErrorCode =
  /** The rule set is wrong. */
  | 'INVALID_RULES'
  /** The format could not be told, or is none that can be redacted. */
  | 'UNKNOWN_FORMAT'
  /** The bytes are not UTF-8 text. */
  | 'NOT_TEXT'
  /** The bytes are not what the format says. */
  | 'MALFORMED'
  /** A token is longer than can be judged. */
  | 'OVERSIZED'
  /** The content encoding is unknown, or its bytes are damaged. */
  | 'BAD_ENCODING'
  /** The content grows to more than the limit when decompressed. */
  | 'EXPANSION'
  /** Whoever has to be asked what a text holds gave no answer, or one that cannot be right. */
  | 'DETECTION_FAILED'
  /** The time limit is over. */
  | 'TIME_LIMIT'
  /** The source ended with an error. */
  | 'SOURCE';

export class RedactionError extends Error {
  constructor(readonly code: RedactionErrorCode, message: string) {
    super(message);
    this.name = 'RedactionError';
  }
}
