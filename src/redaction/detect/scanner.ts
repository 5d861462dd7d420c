import { ALPHANUMERIC, BLANK, CLASS, DIGIT, LETTER, LOWER, NEWLINE, UPPER, isAlphanumeric, isDigit } from './bytes';
import { Candidates } from './candidates';
import { CompiledLayout, mayStart } from './code-index';
import { ContextWords } from './context';
import { DigitRuns } from './digit-runs';
import { Finders, Search } from './finders';
import { digestEnd, isBroken, isDecimal, isTimestamp, uuidEnd } from './machine-made';
import { NamedCodes } from './named-codes';
import { NearbyWords } from './nearby-words';
import { codeInOddGroups } from './odd-groups';
import { Found, LOOK_AHEAD, LOOK_BEHIND, MAX_TOKEN, Verdict } from './recognizer';
import { Spans } from './spans';
import { RedactionError } from '../errors';
import { Field, NO_FIELD, WHOLE_TEXT } from '../fields/field';

const AT = 0x40;
const DOT = 0x2e;
const SLASH = 0x2f;

/** Tokens that are longer hold no value that starts with them. */
const LONGEST_TOKEN = 64;
/** Groups of letters before digits that may start a code, such as `GB82 WEST 1234`: how many, and how long. */
const GROUPS_BEFORE = 2;
const LONGEST_GROUP = 4;
/**
 * Finds values around the anchors that a prefilter marks. What is found does not depend on how the bytes were cut: a search sees
 * LOOK_BEHIND bytes before its anchor and LOOK_AHEAD after, or waits, and the scan can go on from any byte that is in no span.
 */
export class Scanner {
  /** Whether the last scan came upon percent-encoding. */
  sawPercent = false;
  /** Anchors before it are known to be nothing. */
  private skipped = 0;
  private readonly found: Required<Found> = { start: 0, end: 0, needs: 'nothing' };

  private readonly candidates = new Candidates();
  private readonly words: NearbyWords;
  private readonly runs: DigitRuns;
  private readonly named: NamedCodes;
  private field = NO_FIELD;
  /** Whether the value is all that there is. */
  private alone = false;
  /** Whether something else than words speaks for values: their field, or that they are all there is. */
  private spokenFor = false;

  // The marks of `prepare`, and the anchor that is next.
  private marks = new Uint32Array(0);
  private origin = 0;
  private marked = 0;
  private next = 0;

  constructor(private readonly finders: Finders, context: ContextWords) {
    this.words = new NearbyWords(context);
    this.runs = new DigitRuns(finders.provenCodes);
    this.named = new NamedCodes(finders);
  }

  /** Marks the anchors of `bytes[from, to)`: of all values in there, or of one. */
  prepare(bytes: Uint8Array, from: number, to: number): void {
    const words = (to - from + 31 >> 5) + 1;
    if (this.marks.length < words) {
      this.marks = new Uint32Array(words * 2);
    }
    this.finders.prefilter.mark(bytes, from, to, this.marks);
    this.origin = from;
    this.marked = to;
    this.next = this.seek(from);
  }

  /** The first anchor at `from` or after it. Scans go forward only. */
  nextAnchor(from: number): number {
    if (this.next < from) {
      this.next = this.seek(from);
    }
    return this.next;
  }

  /** Goes back to `from`: what follows is scanned once more. */
  rewind(from: number): void {
    this.next = this.seek(from);
  }

  private seek(from: number): number {
    const { marks, marked, origin } = this;
    if (from >= marked) {
      return marked;
    }
    let index = from - origin >> 5;
    let bits = marks[index] & -1 << (from - origin & 31);
    const last = marked - origin - 1 >> 5;
    while (bits === 0) {
      if (++index > last) {
        return marked;
      }
      bits = marks[index];
    }
    return origin + (index << 5) + 31 - Math.clz32(bits & -bits);
  }

  /**
   * Scans a value, or a part of it, whose anchors were prepared. Spans are added in order; all of them end where the scan is decided.
   * @returns up to where it is decided: `to` if `last`
   */
  scan(bytes: Uint8Array, low: number, from: number, to: number, last: boolean, field: Field, spans: Spans): number {
    const isShort = last && to - from <= LOOK_AHEAD;
    this.sawPercent = false;
    this.skipped = from;
    this.field = field;
    this.alone = isShort && field === WHOLE_TEXT && low === from;
    this.spokenFor = this.alone || (field.contextLow | field.contextHigh) !== 0;
    this.words.reset();
    this.runs.reset();
    if (isShort && this.spokenFor && low === from && this.nextAnchor(from) === from) {
      const type = this.named.typeOf(bytes, from, to, field);
      if (type >= 0) {
        spans.add(from, to, type, from);
        return to;
      }
    }
    // Node.js never compiles a function again for short values once it did for the loop over a long one.
    return isShort ? this.short(bytes, low, from, to, spans) : this.long(bytes, low, from, to, last, spans);
  }

  /** Scans a short value, all of which is at hand. */
  private short(bytes: Uint8Array, low: number, from: number, to: number, spans: Spans): number {
    const first = spans.count;
    let claimed = from;
    let position = this.nextAnchor(from);
    while (position < to) {
      if (position >= claimed) {
        claimed = this.around(bytes, position, low, claimed, from, to, true, spans);
      }
      position = this.nextAnchor(Math.max(position + 1, claimed, this.skipped));
    }
    if (this.alone && spans.count === first) {
      codeInOddGroups(this.finders.codes, this.candidates, bytes, from, to, spans);
    }
    return to;
  }

  /** Scans a long value, or a part of one. */
  private long(bytes: Uint8Array, low: number, from: number, to: number, last: boolean, spans: Spans): number {
    const limit = last ? to : anchorsEnd(bytes, from, to);
    let decided = last ? to : decidedEnd(bytes, limit);
    const first = spans.count;
    let claimed = from;
    let position = this.nextAnchor(from);
    while (position < limit) {
      if (position >= claimed) {
        const end = this.around(bytes, position, low, claimed, from, to, last, spans);
        if (end < 0) {
          decided = Math.min(decided, Math.max(from, position - LOOK_BEHIND));
          if (to - decided > MAX_TOKEN + LOOK_BEHIND) {
            throw new RedactionError('OVERSIZED', `a token is longer than ${MAX_TOKEN} bytes: it cannot be judged`);
          }
          break;
        }
        claimed = end;
      }
      position = this.nextAnchor(Math.max(position + 1, claimed, this.skipped));
    }
    if (last) {
      return to;
    }
    // What reaches beyond is found again, with more bytes at hand.
    decided = spans.cut(Math.max(from, decided), first);
    this.next = this.seek(decided);
    return decided;
  }

  /** Adds the value around an anchor, if there is one. Returns where it ends, else `claimed`; -1 if more bytes have to be at hand first. */
  private around(
    bytes: Uint8Array, position: number, low: number, claimed: number, from: number, to: number, last: boolean, spans: Spans,
  ): number {
    const { candidates } = this;
    candidates.clear();
    if (this.collect(bytes, position, low, claimed, to, last) === Verdict.MORE) {
      return -1;
    }
    const chosen = candidates.count === 0 ? -1 : candidates.choose(this.words, bytes, low, from, to, this.alone, this.field);
    if (chosen < 0) {
      return claimed;
    }
    const end = candidates.ends[chosen];
    spans.add(candidates.starts[chosen], end, candidates.numbers[chosen], position);
    // The address of an `@` right behind would start within what was found.
    this.skipped = bytes[end] === AT ? end + 1 : end;
    return end;
  }

  /** Asks the recognizers around an anchor. */
  private collect(bytes: Uint8Array, at: number, low: number, claimed: number, high: number, last: boolean): Verdict {
    const { finders } = this;
    const byte = bytes[at];
    const kind = CLASS[byte];
    if ((kind & ALPHANUMERIC) === 0) {
      if (byte === AT) {
        return this.ask(finders.at, bytes, at, low, claimed, high, last);
      }
      if (byte === 0x3a && at + 2 < high && bytes[at + 1] === 0x2f && bytes[at + 2] === 0x2f) {
        return this.ask(finders.scheme, bytes, at, low, claimed, high, last);
      }
      if (byte === 0x25) {
        this.sawPercent = true;
        return Verdict.NO;
      }
      return this.ask(finders.colon, bytes, at, low, claimed, high, last);
    }
    if ((kind & DIGIT) !== 0) {
      if (isTimestamp(bytes, at, high)) {
        return Verdict.NO;
      }
      if (at === low || !isAlphanumeric(bytes[at - 1])) {
        return this.number(bytes, at, low, claimed, high, last);
      }
    }
    let start = at;
    const bottom = Math.max(low, at - LONGEST_TOKEN);
    while (start > bottom && isAlphanumeric(bytes[start - 1])) {
      start--;
    }
    if ((kind & LETTER) !== 0 && startsWord(bytes, at, low)) {
      const searches = finders.keywords.at(bytes, at, high);
      if (searches !== undefined && this.ask(searches, bytes, at, low, claimed, high, last) === Verdict.MORE) {
        return Verdict.MORE;
      }
      if (start === at) {
        return Verdict.NO;
      }
    }
    if (start === bottom && bottom > low) {
      return Verdict.NO;
    }
    const end = start < at ? digestEnd(bytes, start, high) : -1;
    const skipped = end >= 0 ? end : uuidEnd(bytes, start, low, high);
    if (skipped >= 0) {
      this.skipped = skipped;
      return Verdict.NO;
    }
    // Codes before searches: with a right check digit they are less of a guess than telephone numbers.
    this.groupsBefore(bytes, start, low, claimed, high);
    if (finders.forms.mayBe(bytes, start, high)) {
      this.codesAt(bytes, start, low, claimed, high);
    }
    // What is settled is looked at no further.
    if (this.candidates.isSettled(this.field)) {
      return Verdict.YES;
    }
    return start < at && start >= claimed && finders.tokenFirsts[bytes[start]] === 1
      ? this.ask(finders.token, bytes, start, low, claimed, high, last)
      : Verdict.NO;
  }

  /** Asks around the first digit of a number, which is no part of a word. */
  private number(bytes: Uint8Array, at: number, low: number, claimed: number, high: number, last: boolean): Verdict {
    const { finders } = this;
    if (last && !this.spokenFor && isDecimal(bytes, at, low, high)) {
      return Verdict.NO;
    }
    if (at - low > 1 && bytes[at - 1] === BLANK && isDigit(bytes[at - 2]) && !this.spokenFor) {
      const group = this.runs.skip(bytes, at, high);
      if (group > at) {
        this.skipped = group;
        return Verdict.NO;
      }
    }
    const end = uuidEnd(bytes, at, low, high);
    if (end >= 0) {
      this.skipped = end;
      return Verdict.NO;
    }
    this.groupsBefore(bytes, at, low, claimed, high);
    if (isBroken(bytes, at, high)) {
      return Verdict.NO;
    }
    this.codesAt(bytes, at, low, claimed, high);
    if (this.candidates.isSettled(this.field)) {
      return Verdict.YES;
    }
    if (bytes[at + 1] === DOT || bytes[at + 2] === DOT || bytes[at + 3] === DOT) {
      this.ask(finders.dotted, bytes, at, low, claimed, high, last);
    }
    if (at > low && bytes[at - 1] === SLASH) {
      this.ask(finders.branch, bytes, at, low, claimed, high, last);
    }
    return this.ask(finders.number, bytes, at, low, claimed, high, last);
  }

  /** Codes that start at `start`; those that need context only if there is some. */
  private codesAt(bytes: Uint8Array, start: number, low: number, claimed: number, high: number): void {
    const { finders, candidates } = this;
    if (start < claimed || !mayStart(bytes, start, low)) {
      return;
    }
    const { count } = candidates;
    const words = this.spokenFor ? undefined : this.words;
    // Tokens with letters are mostly told before words matter.
    const index = words === undefined || !isDigit(bytes[start]) || words.areNear(bytes, start, low) ? finders.codes : finders.provenCodes;
    const onlyProven = index.read(bytes, start, high, this.addCode, words, low) || index === finders.provenCodes;
    // A longer code of the same type may start here, which needs no word then.
    if (onlyProven && candidates.count > count && groupFollows(bytes, candidates.ends[candidates.count - 1], high)) {
      candidates.count = count;
      finders.codes.read(bytes, start, high, this.addCode);
    }
  }

  /** Codes whose first groups have no anchor of their own. */
  private groupsBefore(bytes: Uint8Array, start: number, low: number, claimed: number, high: number): void {
    let group = start;
    for (let count = 0; count < GROUPS_BEFORE; count++) {
      const end = group - 1;
      if (end <= low || bytes[end] !== BLANK && bytes[end] !== 0x2d && bytes[end] !== 0x2e) {
        return;
      }
      group = end;
      while (group > low && end - group <= LONGEST_GROUP && isAlphanumeric(bytes[group - 1])) {
        group--;
      }
      if (group === end || end - group > LONGEST_GROUP || group < claimed) {
        return;
      }
      if ((CLASS[bytes[group]] & LETTER) !== 0 && mayStart(bytes, group, low)) {
        this.finders.codesInGroups.read(bytes, group, high, this.addCode);
      }
    }
  }

  private ask(searches: readonly Search[], bytes: Uint8Array, at: number, low: number, claimed: number, high: number, last: boolean): Verdict {
    const { found } = this;
    for (let index = 0; index < searches.length; index++) {
      const { recognizer, number, needs } = searches[index];
      if (recognizer.mayProve?.(bytes, at, low, high) === false && !this.spokenFor && !this.words.speakFor(bytes, at, low)) {
        continue;
      }
      found.needs = needs;
      const verdict = recognizer.search(bytes, at, low, high, last, found);
      if (verdict === Verdict.MORE) {
        return verdict;
      }
      if (verdict === Verdict.YES && found.start >= claimed) {
        this.candidates.add(found.start, found.end, number, found.needs);
      }
    }
    return Verdict.NO;
  }

  private readonly addCode = ({ number, needs }: CompiledLayout, start: number, end: number): void => this.candidates.add(start, end, number, needs);
}

/** Up to where anchors can be searched while more bytes follow. No value spans a newline. */
function anchorsEnd(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= LOOK_AHEAD) {
    return from;
  }
  return Math.max(to - LOOK_AHEAD, (bytes as Buffer).lastIndexOf(NEWLINE, to - 1) + 1);
}

/** Up to where bytes are decided then: anchors behind may claim what stands before them on their line. */
function decidedEnd(bytes: Uint8Array, limit: number): number {
  const newline = limit === 0 ? 0 : (bytes as Buffer).lastIndexOf(NEWLINE, limit - 1) + 1;
  return Math.max(newline, limit - LOOK_BEHIND);
}

/** Whether a separator and another group of a code follow. */
function groupFollows(bytes: Uint8Array, end: number, high: number): boolean {
  return end + 1 < high && !isAlphanumeric(bytes[end]) && isAlphanumeric(bytes[end + 1]);
}

/** Whether a word starts here: after no letter, or a capital after a small letter. */
function startsWord(bytes: Uint8Array, at: number, low: number): boolean {
  if (at === low) {
    return true;
  }
  const before = CLASS[bytes[at - 1]];
  return (before & LETTER) === 0 || (before & LOWER) !== 0 && (CLASS[bytes[at]] & UPPER) !== 0;
}
