import { PiiType } from './pii-type';
import { FIELD_LABEL, RuleSet } from './rule-set';

/** All types in the order of their numbers. */
export const PII_TYPES: readonly PiiType[] = Object.values(PiiType);

const NUMBERS = new Map(PII_TYPES.map((type, number) => [type, number]));

/** The number of a type: its label, and its bit among context bits. */
export function typeNumber(type: PiiType): number {
  return NUMBERS.get(type)!;
}

/** The label of values that the user's `fields` name. */
export const FIELD_NUMBER = PII_TYPES.length;

/** What is counted and written, by number: the types, `FIELD`, then the names of keyword and pattern rules. */
export function labelsOf(rules: RuleSet): string[] {
  return [...PII_TYPES, FIELD_LABEL, ...new Set([...rules.keywords, ...rules.patterns].map(({ name }) => name))];
}
