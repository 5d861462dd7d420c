import { ALPHANUMERIC, BLANK, CLASS, DIGIT, LETTER, LOWER, NEWLINE, TAB, UPPER, isAlphanumeric } from './bytes';
import { CompiledLayout, mayStart } from './code-index';
import { ContextWords } from './context';
import { Finders, Search } from './finders';
import { digestEnd, isTimestamp, uuidEnd } from './machine-made';
import { Found, LOOK_AHEAD, LOOK_BEHIND, MAX_TOKEN, Needs, Verdict } from './recognizer';
import { Spans } from './spans';
import { RedactionError } from '../errors';
import { Field, WHOLE_TEXT } from '../fields/field';
import { typeNumber } from '../labels';
import { PiiType } from '../pii-type';

/** Tokens that are longer hold no value that starts with them. */
const LONGEST_TOKEN = 64;
/** Groups of letters before digits that may start a code, such as `GB82 WEST 1234`: how many, and how long. */
const GROUPS_BEFORE = 2;
const LONGEST_GROUP = 4;
/** What people put between the groups of a code. */
const GROUPERS = Buffer.from(' -/_');
const PHONE = typeNumber(PiiType.PHONE);
/** Its groups are all that tells it from other nine digits. */
const SSN = typeNumber(PiiType.SSN);
const MOST_CANDIDATES = 64;

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

  private readonly plain = new Uint8Array(32);

  // The candidates of one anchor.
  private count = 0;
  private readonly starts = new Int32Array(MOST_CANDIDATES);
  private readonly ends = new Int32Array(MOST_CANDIDATES);
  private readonly numbers = new Uint8Array(MOST_CANDIDATES);
  private readonly needs: Needs[] = new Array(MOST_CANDIDATES).fill('nothing');

  // The marks of `prepare`, and the anchor that is next.
  private marks = new Uint32Array(0);
  private origin = 0;
  private marked = 0;
  private next = 0;

  constructor(private readonly finders: Finders, private readonly context: ContextWords) {}

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
    const limit = last ? to : anchorsEnd(bytes, from, to);
    let decided = last ? to : decidedEnd(bytes, limit);
    const alone = last && field === WHOLE_TEXT && low === from && to - from <= LOOK_AHEAD;
    const first = spans.count;
    this.sawPercent = false;
    this.skipped = from;
    let claimed = from;
    let position = this.nextAnchor(from);
    while (position < limit) {
      if (position >= claimed) {
        this.count = 0;
        if (this.collect(bytes, position, low, claimed, to, last) === Verdict.MORE) {
          decided = Math.min(decided, Math.max(from, position - LOOK_BEHIND));
          if (to - decided > MAX_TOKEN + LOOK_BEHIND) {
            throw new RedactionError('OVERSIZED', `a token is longer than ${MAX_TOKEN} bytes: it cannot be judged`);
          }
          break;
        }
        const chosen = this.count === 0 ? -1 : this.longest(this.choose(bytes, low, from, to, alone, field));
        if (chosen >= 0) {
          spans.add(this.starts[chosen], this.ends[chosen], this.numbers[chosen], position);
          claimed = this.ends[chosen];
        }
      }
      position = this.nextAnchor(Math.max(position + 1, claimed, this.skipped));
    }
    if (last) {
      if (alone && spans.count === first) {
        this.ungrouped(bytes, from, to, spans);
      }
      return to;
    }
    // What reaches beyond is found again, with more bytes at hand.
    decided = spans.cut(Math.max(from, decided), first);
    this.next = this.seek(decided);
    return decided;
  }

  /** A text that is nothing but one code, in groups of another length than the usual: `12-345-6782`. */
  private ungrouped(bytes: Uint8Array, from: number, to: number, spans: Spans): void {
    const { plain } = this;
    let length = 0;
    let start = -1;
    let end = from;
    let separator = 0;
    let mixed = false;
    let letters = false;
    for (let position = from; position < to; position++) {
      const byte = bytes[position];
      if (isAlphanumeric(byte)) {
        letters ||= (CLASS[byte] & LETTER) !== 0;
        if (length === plain.length || mixed && letters) {
          return;
        }
        plain[length++] = byte;
        start = start < 0 ? position : start;
        end = position + 1;
      } else if (start >= 0 && !isBlank(bytes, position, to)) {
        if (!GROUPERS.includes(byte)) {
          return;
        }
        // Digits only are a number however they are grouped; letters in odd groups are rather words.
        mixed ||= separator !== 0 && byte !== separator || start + 1 === position;
        separator = byte;
      }
    }
    this.count = 0;
    this.finders.codes.read(plain, 0, length, this.addCode);
    for (let index = 0; index < this.count; index++) {
      if (this.ends[index] === length && this.needs[index] !== 'word' && this.numbers[index] !== SSN) {
        spans.add(start, end, this.numbers[index], start);
        return;
      }
    }
  }

  /** Asks the recognizers around an anchor. */
  private collect(bytes: Uint8Array, at: number, low: number, claimed: number, high: number, last: boolean): Verdict {
    const { finders } = this;
    const byte = bytes[at];
    const kind = CLASS[byte];
    if ((kind & ALPHANUMERIC) === 0) {
      if (byte === 0x40) {
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
    if ((kind & DIGIT) !== 0 && isTimestamp(bytes, at, high)) {
      return Verdict.NO;
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
    if (start > low + 1) {
      this.groupsBefore(bytes, start, low, claimed, high);
    }
    if (start >= claimed && mayStart(bytes, start, low)) {
      finders.codes.read(bytes, start, high, this.addCode);
    }
    // What proves itself is looked at no further.
    if (this.count === 1 && this.needs[0] === 'nothing') {
      return Verdict.YES;
    }
    if (start < at && start >= claimed && finders.token.length > 0
      && this.ask(finders.token, bytes, start, low, claimed, high, last) === Verdict.MORE) {
      return Verdict.MORE;
    }
    return (kind & DIGIT) !== 0 && (at === low || (CLASS[bytes[at - 1]] & DIGIT) === 0)
      ? this.ask(finders.number, bytes, at, low, claimed, high, last)
      : Verdict.NO;
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
      found.needs = needs;
      const verdict = recognizer.search(bytes, at, low, high, last, found);
      if (verdict === Verdict.MORE) {
        return verdict;
      }
      if (verdict === Verdict.YES && found.start >= claimed) {
        this.add(found.start, found.end, number, found.needs);
      }
    }
    return Verdict.NO;
  }

  private readonly addCode = ({ number, needs }: CompiledLayout, start: number, end: number): void => this.add(start, end, number, needs);

  private add(start: number, end: number, number: number, needs: Needs): void {
    const index = this.count++;
    this.starts[index] = start;
    this.ends[index] = end;
    this.numbers[index] = number;
    this.needs[index] = needs;
  }

  /** Of the candidates of one type that start alike, the longest: `AB 12 34 56 C` rather than `AB 12 34 56`. */
  private longest(chosen: number): number {
    let longest = chosen;
    for (let index = 0; index < this.count && chosen >= 0; index++) {
      if (this.numbers[index] === this.numbers[chosen] && this.starts[index] === this.starts[chosen] && this.ends[index] > this.ends[longest]) {
        longest = index;
      }
    }
    return longest;
  }

  /** The candidate with a field or the nearest word that speaks for it, else the first that needs neither; -1 if none counts. */
  private choose(bytes: Uint8Array, low: number, from: number, to: number, alone: boolean, { contextLow, contextHigh }: Field): number {
    const { count, numbers, needs, starts, ends, context } = this;
    if (count === 1 && needs[0] === 'nothing') {
      return 0;
    }
    let wantedLow = 0;
    let wantedHigh = 0;
    let start = starts[0];
    for (let index = 0; index < count; index++) {
      const number = numbers[index];
      wantedLow |= number < 32 ? 1 << number : 0;
      wantedHigh |= number < 32 ? 0 : 1 << number - 32;
      start = Math.min(start, starts[index]);
    }
    let spokenLow = wantedLow & contextLow;
    let spokenHigh = wantedHigh & contextHigh;
    if ((spokenLow | spokenHigh) === 0 && context.nearest(bytes, start, low, wantedLow, wantedHigh)) {
      spokenLow = context.low;
      spokenHigh = context.high;
    }
    if ((spokenLow | spokenHigh) !== 0) {
      for (let index = 0; index < count; index++) {
        const number = numbers[index];
        if ((number < 32 ? spokenLow >>> number & 1 : spokenHigh >>> number - 32 & 1) !== 0) {
          return index;
        }
      }
    }
    for (let index = 0; index < count; index++) {
      if (needs[index] === 'nothing' && !(alone && numbers[index] === PHONE)) {
        return index;
      }
    }
    for (let index = 0; index < count; index++) {
      if (alone && needs[index] === 'context' && isBlank(bytes, from, starts[index]) && isBlank(bytes, ends[index], to)) {
        return index;
      }
    }
    for (let index = 0; index < count; index++) {
      if (needs[index] === 'nothing') {
        return index;
      }
    }
    return -1;
  }
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

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let position = from; position < to; position++) {
    const byte = bytes[position];
    if (byte !== BLANK && byte !== TAB && byte !== NEWLINE && byte !== 0x0d) {
      return false;
    }
  }
  return true;
}

/** Whether a word starts here: after no letter, or a capital after a small letter. */
function startsWord(bytes: Uint8Array, at: number, low: number): boolean {
  if (at === low) {
    return true;
  }
  const before = CLASS[bytes[at - 1]];
  return (before & LETTER) === 0 || (before & LOWER) !== 0 && (CLASS[bytes[at]] & UPPER) !== 0;
}
