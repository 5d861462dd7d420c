import { ByteTree, byteTree, choice, sequence } from './byte-tree';
import { CustomRule, customRules } from './custom-rules';
import { LazyDfa } from './lazy-dfa';
import { MAX_STEPS, MAX_TABLE } from './limits';
import { PatternError } from './pattern-error';
import { Program, TooLarge } from './program';
import { PatternRule } from '../rule-set';

/** Reads from the start of a match to its end. */
export function forwardMachine(rules: readonly CustomRule[], firstPattern: number): LazyDfa {
  const tree = choice(rules.map(({ syntax, number }) => matching(byteTree(syntax, false), number)));
  return new LazyDfa(new Program(tree, MAX_STEPS), { backward: false, unanchored: false, firstPattern, limit: MAX_TABLE });
}

/** Reads a text from its end, and says where matches may start: at all starts, and at a few more. */
export function backwardMachine(rules: readonly CustomRule[], firstPattern: number): LazyDfa {
  // Which rule it is does not matter yet: only whether it is a keyword.
  const tree = choice(rules.map(({ syntax, number }) => matching(byteTree(syntax, true), number < firstPattern ? 0 : firstPattern)));
  return new LazyDfa(new Program(tree, MAX_STEPS), { backward: true, unanchored: true, firstPattern, limit: MAX_TABLE });
}

/** Throws PatternError if a pattern can need more states than a table holds. */
export function checkStates(rule: PatternRule): void {
  const rules = customRules({ keywords: [], patterns: [rule] });
  try {
    forwardMachine(rules, 0).complete();
  } catch (error) {
    throw error instanceof TooLarge ? new PatternError(`the pattern ${rule.name} needs too many states to be matched in linear time`,
      'shorten its repeats, and let what is repeated leave out the character that follows, such as [^-]{1,32}-') : error;
  }
}

function matching(tree: ByteTree, rule: number): ByteTree {
  return sequence([tree, { kind: 'match', rule }]);
}
