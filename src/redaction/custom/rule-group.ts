import { BYTE_KINDS, ByteKind } from './byte-kind';
import { CustomRule } from './custom-rules';
import { DEAD, LazyDfa, NO_RULE, UNKNOWN } from './lazy-dfa';
import { MAX_MATCH } from './limits';
import { backwardMachine, forwardMachine } from './machines';
import { isWordEdge } from './word-edge';

/** Rules that share their state machines. All methods throw TooLarge if those outgrow their tables. */
export class RuleGroup {
  /** After `match`: the rule of the match. */
  matched = 0;
  private readonly forward: LazyDfa;
  private readonly backward?: LazyDfa;

  /** @param marksAll every byte may start a match: the backward machine is too large */
  constructor(readonly rules: readonly CustomRule[], firstPattern: number, readonly marksAll: boolean) {
    this.forward = forwardMachine(rules, firstPattern);
    this.backward = marksAll ? undefined : backwardMachine(rules, firstPattern);
  }

  /**
   * Marks where in `bytes[from, end)` a match may start: `marks[0]` is for `from`.
   * @returns whether there is a mark
   */
  mark(bytes: Uint8Array, low: number, from: number, end: number, high: number, marks: Uint8Array): boolean {
    const machine = this.backward;
    if (machine === undefined) {
      marks.fill(1, 0, end - from);
      return true;
    }
    const top = Math.min(high, end + MAX_MATCH);
    let state = machine.start(top < high ? BYTE_KINDS[bytes[top]] : ByteKind.BREAK);
    // The table is another one whenever a state was added.
    let { table } = machine;
    const { classes } = machine;
    let isMarked = false;
    // What matched is known one byte later, so the byte before the first start is read, too.
    const bottom = from > low ? from - 1 : low;
    for (let at = top - 1; at >= bottom; at--) {
      let next = table[state + classes[bytes[at]]];
      if (next < 0) {
        if (next === UNKNOWN) {
          next = machine.step(state, classes[bytes[at]]);
          table = machine.table;
        }
        if (next < 0) {
          next = ~next;
          if (at + 1 < end && mayStart(machine, next, bytes, low, at + 1, high)) {
            marks[at + 1 - from] = 1;
            isMarked = true;
          }
        }
      }
      state = next;
    }
    if (from === low) {
      const next = machine.step(state, machine.end);
      if (next < 0 && mayStart(machine, ~next, bytes, low, from, high)) {
        marks[0] = 1;
        isMarked = true;
      }
    }
    return isMarked;
  }

  /** The end of the longest match that starts at `start`; -1 if there is none. */
  match(bytes: Uint8Array, low: number, start: number, high: number): number {
    const machine = this.forward;
    let state = machine.start(start > low ? BYTE_KINDS[bytes[start - 1]] : ByteKind.BREAK);
    let { table } = machine;
    const { classes } = machine;
    let longest = -1;
    let at = start;
    for (; state !== DEAD && at < high; at++) {
      let next = table[state + classes[bytes[at]]];
      if (next < 0) {
        if (next === UNKNOWN) {
          next = machine.step(state, classes[bytes[at]]);
          table = machine.table;
        }
        if (next < 0) {
          next = ~next;
          longest = this.accepts(next, bytes, low, start, at, high) ? at : longest;
        }
      }
      state = next;
    }
    const next = machine.step(state, machine.end);
    return next < 0 && this.accepts(~next, bytes, low, start, at, high) ? at : longest;
  }

  /** Whether a rule matches from `start` to `end`: noted in `matched`. Letters beyond ASCII were not looked at yet. */
  private accepts(state: number, bytes: Uint8Array, low: number, start: number, end: number, high: number): boolean {
    const keyword = this.forward.keyword(state);
    const isKeyword = keyword !== NO_RULE && isWordEdge(bytes, start, low, high) && isWordEdge(bytes, end, low, high);
    const rule = isKeyword ? keyword : this.forward.pattern(state);
    this.matched = rule === NO_RULE ? this.matched : rule;
    return rule !== NO_RULE;
  }
}

/** Whether a keyword may start at `start`: patterns ask for what they need themselves. */
function mayStart(machine: LazyDfa, state: number, bytes: Uint8Array, low: number, start: number, high: number): boolean {
  return machine.pattern(state) !== NO_RULE || isWordEdge(bytes, start, low, high);
}
