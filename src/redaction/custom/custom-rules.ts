import { keywordSyntax } from './keyword-syntax';
import { MAX_MATCH, MAX_PATTERN, MAX_PATTERNS, MAX_WORDS } from './limits';
import { PatternError } from './pattern-error';
import { parsePattern } from './pattern-parser';
import { Syntax, extentOf } from './syntax-tree';
import { KeywordRule, PatternRule, RuleSet } from '../rule-set';

/** A word or a pattern of a rule. */
export interface CustomRule {
  readonly syntax: Syntax;
  /** The place of the rule among all keyword rules, then all pattern rules. */
  readonly number: number;
}

/** Takes the custom rules of a rule set apart. Throws PatternError. */
export function customRules({ keywords, patterns }: Pick<RuleSet, 'keywords' | 'patterns'>): CustomRule[] {
  const words = keywords.reduce((sum, rule) => sum + rule.words.length, 0);
  if (words > MAX_WORDS || patterns.length > MAX_PATTERNS) {
    throw new PatternError(`there are ${words} keywords and ${patterns.length} patterns`, `give at most ${MAX_WORDS} keywords and ${MAX_PATTERNS} patterns`);
  }
  return [
    ...keywords.flatMap((rule, number) => rule.words.map(word => ({ syntax: keywordOf(rule, word), number }))),
    ...patterns.map((rule, index) => ({ syntax: patternOf(rule), number: keywords.length + index })),
  ];
}

function keywordOf({ name, ignoreCase }: KeywordRule, word: string): Syntax {
  if (word.trim() === '' || /[\u0000-\u0008\u000a-\u001f]/.test(word)) {
    throw new PatternError(`${name} holds the keyword ${JSON.stringify(word)}`, 'give words and phrases without line breaks');
  }
  const syntax = keywordSyntax(word, ignoreCase);
  if (extentOf(syntax).most > MAX_MATCH) {
    throw new PatternError(`${name} holds a keyword of ${[...word].length} characters`, `keep keywords within ${MAX_MATCH} bytes: accents count as three, blanks as eight`);
  }
  return syntax;
}

function patternOf({ name, pattern, ignoreCase }: PatternRule): Syntax {
  if (pattern.length > MAX_PATTERN) {
    throw new PatternError(`the pattern ${name} has ${pattern.length} characters`, `give at most ${MAX_PATTERN}, or several patterns of the same name`);
  }
  const syntax = parsed(name, pattern, ignoreCase);
  const { least, most } = extentOf(syntax);
  if (least === 0) {
    throw new PatternError(`the pattern ${name} matches where nothing is`, 'let it ask for one character at least');
  }
  if (most > MAX_MATCH) {
    throw new PatternError(`the pattern ${name} matches up to ${most} bytes`,
      `keep matches within ${MAX_MATCH} bytes: '.' and [^...] count as four, other characters as their UTF-8`);
  }
  return syntax;
}

function parsed(name: string, pattern: string, ignoreCase: boolean): Syntax {
  try {
    return parsePattern(pattern, ignoreCase);
  } catch (error) {
    throw error instanceof PatternError ? new PatternError(`in the pattern ${name}, ${error.problem}`, error.remedy) : error;
  }
}
