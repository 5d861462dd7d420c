import { CustomRule, customRules } from './custom-rules';
import { PatternError } from './pattern-error';
import { TooLarge } from './program';
import { RuleGroup } from './rule-group';
import { NEWLINE } from '../detect/bytes';
import { LOOK_AHEAD } from '../detect/recognizer';
import { RedactionError } from '../errors';
import { RuleSet } from '../rule-set';

/** Bytes whose starts are looked for at once. */
const BLOCK = 16_384;

/** Called with each match, in order. */
export type Report = (start: number, end: number, label: number) => void;

/**
 * Finds the matches of keywords and patterns: the leftmost first, of those the longest, of those the rule that was named first.
 *
 * Each block of bytes is read twice. Backwards, a state machine marks where a match may start; from each mark, another one reads
 * forward to the longest end. So a byte costs one step, and a mark MAX_MATCH steps at most.
 */
export class CustomMatcher {
  readonly active: boolean;
  private readonly firstPattern: number;
  private readonly labels: readonly number[];
  private groups: RuleGroup[];
  /** The place of the group at work. */
  private current = 0;
  private readonly marks = new Uint8Array(BLOCK);
  /** Where the next match may start. */
  private next = 0;

  /** Throws RedactionError INVALID_RULES. */
  constructor(rules: Pick<RuleSet, 'keywords' | 'patterns'>, labelOf: (name: string) => number) {
    this.firstPattern = rules.keywords.length;
    this.labels = [...rules.keywords, ...rules.patterns].map(({ name }) => labelOf(name));
    const all = takenApart(rules);
    this.active = all.length > 0;
    this.groups = this.active ? this.groupsOf(all, false) : [];
  }

  /**
   * Finds all matches that start in `bytes[from, limit)`: a pure function of the bytes. Each call has to go on from where the last one ended.
   * @param low   bytes before it may not be read: the text starts there (or at least LOOK_BEHIND bytes before `from` are at hand)
   * @param high  the end of the bytes at hand: LOOK_AHEAD bytes, or a newline, stand between the last start and it unless `last`
   * @param last  the text ends at `high`
   * @throws RangeError if a match could go on behind the bytes at hand
   * @returns where to go on: `limit`, or the end of the last match if that is later
   */
  find(bytes: Uint8Array, low: number, from: number, limit: number, high: number, last: boolean, report: Report): number {
    this.next = from;
    if (this.active && from < limit && !last && limit > high - LOOK_AHEAD && !hasNewline(bytes, limit - 1, high)) {
      throw new RangeError('a match may go on behind the bytes at hand');
    }
    while (this.active && this.next < limit) {
      try {
        this.block(bytes, low, Math.min(limit, this.next + BLOCK), high, report);
      } catch (error) {
        if (!(error instanceof TooLarge)) {
          throw error;
        }
        this.marks.fill(0);
        const { rules, marksAll } = this.groups[this.current];
        this.groups.splice(this.current, 1, ...this.smallerGroups(rules, marksAll));
      }
    }
    return Math.max(limit, this.next);
  }

  private block(bytes: Uint8Array, low: number, end: number, high: number, report: Report): void {
    const from = this.next;
    let isMarked = false;
    for (this.current = 0; this.current < this.groups.length; this.current++) {
      isMarked = this.groups[this.current].mark(bytes, low, from, end, high, this.marks) || isMarked;
    }
    if (isMarked) {
      let start = from;
      while (start < end) {
        if (this.marks[start - from] !== 0) {
          this.match(bytes, low, start, high, report);
        }
        start = start < this.next ? this.next : start + 1;
      }
      this.marks.fill(0, 0, end - from);
    }
    this.next = Math.max(this.next, end);
  }

  private match(bytes: Uint8Array, low: number, start: number, high: number, report: Report): void {
    let longest = -1;
    let rule = Infinity;
    for (this.current = 0; this.current < this.groups.length; this.current++) {
      const group = this.groups[this.current];
      const end = group.match(bytes, low, start, high);
      if (end > longest || end === longest && group.matched < rule) {
        longest = end;
        rule = group.matched;
      }
    }
    if (longest >= 0) {
      this.next = longest;
      report(start, longest, this.labels[rule]);
    }
  }

  private groupsOf(rules: readonly CustomRule[], marksAll: boolean): RuleGroup[] {
    try {
      return [new RuleGroup(rules, this.firstPattern, marksAll)];
    } catch (error) {
      if (error instanceof TooLarge) {
        return this.smallerGroups(rules, marksAll);
      }
      throw error;
    }
  }

  /** What takes the place of a group that is too large: its halves, or one rule whose every start is tried. */
  private smallerGroups(rules: readonly CustomRule[], marksAll: boolean): RuleGroup[] {
    if (rules.length > 1) {
      const half = rules.length >> 1;
      return [...this.groupsOf(rules.slice(0, half), false), ...this.groupsOf(rules.slice(half), false)];
    }
    if (!marksAll) {
      return this.groupsOf(rules, true);
    }
    throw new RedactionError('INVALID_RULES', 'a pattern needs too many states: shorten its repeats');
  }
}

function hasNewline(bytes: Uint8Array, from: number, to: number): boolean {
  const newline = bytes.indexOf(NEWLINE, from);
  return newline >= 0 && newline < to;
}

function takenApart(rules: Pick<RuleSet, 'keywords' | 'patterns'>): CustomRule[] {
  try {
    return customRules(rules);
  } catch (error) {
    throw error instanceof PatternError ? new RedactionError('INVALID_RULES', error.message) : error;
  }
}
