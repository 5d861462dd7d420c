import { PiiType } from './pii-type';

/** How found values are written. */
export type MaskRule =
  | { readonly kind: 'typeName' }
  | { readonly kind: 'characters'; readonly character: string; readonly keepLast: number }
  | { readonly kind: 'hash'; readonly length: number }
  | { readonly kind: 'remove' };

/** Words of the user's own, found wherever they stand as words of their own. */
export interface KeywordRule {
  /** What is written in place, and counted: upper-case letters, digits, `_`. */
  readonly name: string;
  readonly words: readonly string[];
  readonly ignoreCase: boolean;
}

/** A pattern of the user's own: RE2 syntax. */
export interface PatternRule {
  readonly name: string;
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/** What Amazon Comprehend is asked to find in free text. */
export interface ComprehendRule {
  readonly languageCode: string;
  readonly types: readonly PiiType[];
  /** What it is less sure of is left, from 0 to 1. */
  readonly confidence: number;
}

/** A rule set as plain JSON: what `Redaction` makes at synth, and the engine reads. */
export interface RuleSet {
  readonly types: readonly PiiType[];
  /** Names and paths of fields whose whole values are redacted. */
  readonly fields: readonly string[];
  readonly keywords: readonly KeywordRule[];
  readonly patterns: readonly PatternRule[];
  readonly mask: MaskRule;
  /** Masks by type or by the name of a keyword or pattern rule; `FIELD` for `fields`. */
  readonly masks: Readonly<Record<string, MaskRule>>;
  readonly comprehend?: ComprehendRule;
}

/** The label of values that `fields` names. */
export const FIELD_LABEL = 'FIELD';

/** All types, each by its name. */
export const DEFAULT_RULES: RuleSet = {
  types: Object.values(PiiType),
  fields: [],
  keywords: [],
  patterns: [],
  mask: { kind: 'typeName' },
  masks: {},
};
