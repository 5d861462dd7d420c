import { Condition } from './syntax-tree';

/** What conditions tell bytes apart by. */
export enum ByteKind {
  /** A line break, or no byte at all. */
  BREAK,
  UNDERSCORE,
  /** A letter or digit of ASCII. */
  ALPHANUMERIC,
  /** Anything else: bytes of other letters, too. */
  OTHER,
}

export const BYTE_KINDS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  BYTE_KINDS[byte] = /[\n\r]/.test(character) ? ByteKind.BREAK
    : character === '_' ? ByteKind.UNDERSCORE
      : /[0-9A-Za-z]/.test(character) ? ByteKind.ALPHANUMERIC : ByteKind.OTHER;
}

/** Whether a condition holds between two bytes. For keywords, letters beyond ASCII are left to `isWordEdge`. */
export function holds(condition: Condition, left: ByteKind, right: ByteKind): boolean {
  switch (condition) {
    case Condition.LINE_START:
      return left === ByteKind.BREAK;
    case Condition.LINE_END:
      return right === ByteKind.BREAK;
    case Condition.WORD_EDGE:
      return isWord(left) !== isWord(right);
    case Condition.NO_WORD_EDGE:
      return isWord(left) === isWord(right);
    case Condition.KEYWORD_EDGE:
      return left !== ByteKind.ALPHANUMERIC || right !== ByteKind.ALPHANUMERIC;
  }
}

function isWord(kind: ByteKind): boolean {
  return kind === ByteKind.UNDERSCORE || kind === ByteKind.ALPHANUMERIC;
}
