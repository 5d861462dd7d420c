import { ContextWords } from './context';
import { Finders } from './finders';
import { ANCHORED_RECOGNIZERS, CODE_RECOGNIZERS } from './recognizers/catalogue';
import { Scanner } from './scanner';
import { Spans } from './spans';
import { Field, WHOLE_TEXT } from '../fields/field';
import { PII_TYPES, typeNumber } from '../labels';
import { PiiType } from '../pii-type';

/** A value that was found: bytes `start` to `end` (exclusive). */
export interface Detected {
  readonly start: number;
  readonly end: number;
  readonly type: PiiType;
}

/** The context words of all types: also of those that are not looked for, since a nearer word for another type speaks against. */
export const CONTEXT_WORDS = new ContextWords([...CODE_RECOGNIZERS, ...ANCHORED_RECOGNIZERS]
  .map(({ type, context }) => ({ number: typeNumber(type), context: context ?? [] })));

const finders = new Map<string, Finders>();

export function makeScanner(types: readonly PiiType[]): Scanner {
  const key = types.join();
  let made = finders.get(key);
  if (made === undefined) {
    made = new Finders(types, CODE_RECOGNIZERS, ANCHORED_RECOGNIZERS);
    finders.set(key, made);
  }
  return new Scanner(made, CONTEXT_WORDS);
}

/** Finds all values of a text at once. */
export function detectText(text: string | Uint8Array, types: readonly PiiType[] = PII_TYPES, field: Field = WHOLE_TEXT): Detected[] {
  const bytes = Buffer.from(text);
  const spans = new Spans();
  const scanner = makeScanner(types);
  scanner.prepare(bytes, 0, bytes.length);
  scanner.scan(bytes, 0, 0, bytes.length, true, field, spans);
  const { count, starts, ends, labels } = spans;
  return Array.from({ length: count }, (_, index) => ({ start: starts[index], end: ends[index], type: PII_TYPES[labels[index]] }));
}
