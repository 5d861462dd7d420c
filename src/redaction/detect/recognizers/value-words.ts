import { WordSet } from './words';
import { CLASS, LETTER } from '../bytes';

/** What stands where the value of a label could, and is none: of program texts, and what is said of a value. */
export const NO_VALUES = new WordSet([
  'null', 'nil', 'none', 'true', 'false', 'undefined', 'empty', 'blank', 'string', 'str', 'text', 'hidden', 'masked', 'redacted', 'filtered',
  'removed', 'required', 'optional', 'yes', 'ok', 'failed', 'failure', 'error', 'invalid', 'valid', 'incorrect', 'wrong', 'expired', 'missing',
  'success', 'successful', 'unknown', 'changed', 'int', 'integer', 'boolean', 'object', 'array', 'const', 'function', 'self', 'request', 'process',
  'anonymous',
]);

/** Words that a sentence goes on with after a label. */
const SENTENCE_WORDS = new WordSet([
  'no', 'not', 'must', 'should', 'can', 'may', 'will', 'is', 'are', 'was', 'were', 'has', 'the', 'this', 'that', 'these', 'a', 'an', 'and', 'or',
  'if', 'when', 'please', 'enter', 'use', 'for', 'from', 'with', 'of', 'to', 'too', 'in', 'on', 'at', 'by', 'your', 'my', 'our', 'their', 'new',
  'reset', 'change', 'get', 'set', 'type', 'choose', 'see', 'contains',
]);

/** Whether a value is the word that a sentence goes on with: another word follows. */
export function goesOnAsSentence(bytes: Uint8Array, start: number, end: number, high: number): boolean {
  return end + 1 < high && bytes[end] === 0x20 && (CLASS[bytes[end + 1]] & LETTER) !== 0 && SENTENCE_WORDS.has(bytes, start, end);
}

/** The first word of each label: the keywords that the prefilter looks for. */
export function firstWords(labels: readonly string[]): string[] {
  return [...new Set(labels.map(label => label.split(' ')[0]))];
}
