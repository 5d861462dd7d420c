import { ALPHANUMERIC, BLANK, CLASS, DIGIT, HEX, LETTER, LOWER, NEWLINE, TAB, UPPER, isAlphanumeric, isDigit, lower } from './bytes';
import { CodeIndex, CompiledLayout, compileLayouts, mayStart, startsWithShortGroup } from './code-index';
import { ContextWords } from './context';
import { Field, WHOLE_TEXT } from '../fields/field';
import { typeNumber } from '../labels';
import { PiiType } from '../pii-type';
import { KeywordIndex } from './keyword-index';
import { Prefilter } from './prefilter';
import { makePrefilter } from './simd-prefilter';
import { AnchoredRecognizer, CodeRecognizer, Found, LOOK_AHEAD, LOOK_BEHIND, MAX_TOKEN, Needs, Verdict } from './recognizer';
import { RedactionError } from '../errors';
import { Spans } from './spans';

/** Tokens that are longer hold no value that starts with them. */
const LONGEST_TOKEN = 64;
/** Groups of letters before digits that may start a code, such as `GB82 WEST 1234`: how many, and how long. */
const GROUPS_BEFORE = 2;
const LONGEST_GROUP = 4;
const MOST_CANDIDATES = 64;

/** A recognizer with what choosing among candidates needs. */
interface Search {
  readonly recognizer: AnchoredRecognizer;
  readonly number: number;
  readonly needs: Needs;
}

/**
 * Finds values around the anchors that a prefilter marks. What is found does not depend on how the bytes were cut: a search sees
 * LOOK_BEHIND bytes before its anchor and LOOK_AHEAD after, or waits, and the scan can go on from any byte that is in no span.
 */
export class Scanner {
  private readonly codes: CodeIndex;
  private readonly codesInGroups: CodeIndex;
  private readonly context: ContextWords;
  private readonly at: readonly Search[];
  private readonly colon: readonly Search[];
  private readonly scheme: readonly Search[];
  private readonly number: readonly Search[];
  private readonly token: readonly Search[];
  private readonly keywords: KeywordIndex<Search>;
  private readonly prefilter: Prefilter;
  /** Whether the last scan came upon percent-encoding. */
  sawPercent = false;
  /** Anchors before it are known to be nothing. */
  private skipped = 0;
  private readonly found: Required<Found> = { start: 0, end: 0, needs: 'nothing' };

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

  constructor(
    types: readonly PiiType[],
    codes: readonly CodeRecognizer[],
    anchored: readonly AnchoredRecognizer[],
    context: ContextWords,
    makeFilter: (keywords: readonly string[]) => Prefilter = makePrefilter,
  ) {
    const active = new Set(types);
    const searches = anchored.filter(({ type }) => active.has(type))
      .map(recognizer => ({ recognizer, number: typeNumber(recognizer.type), needs: recognizer.needs ?? 'nothing' }));
    const of = (anchor: AnchoredRecognizer['anchor']) => searches.filter(({ recognizer }) => recognizer.anchor === anchor);
    const layouts = compileLayouts(codes.filter(({ type }) => active.has(type)));
    this.codes = new CodeIndex(layouts);
    this.codesInGroups = new CodeIndex(layouts.filter(startsWithShortGroup));
    this.context = context;
    this.at = of('at');
    this.colon = of('colon');
    this.scheme = of('scheme');
    this.number = of('number');
    this.token = of('token');
    this.keywords = new KeywordIndex(of('keyword').map(search => ({ words: search.recognizer.keywords ?? [], value: search })));
    this.prefilter = makeFilter(this.keywords.words);
  }

  /** Marks the anchors of `bytes[from, to)`: of all values in there, or of one. */
  prepare(bytes: Uint8Array, from: number, to: number): void {
    const words = (to - from + 31 >> 5) + 1;
    if (this.marks.length < words) {
      this.marks = new Uint32Array(words * 2);
    }
    this.prefilter.mark(bytes, from, to, this.marks);
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
    let limit = last ? to : decidable(bytes, from, to);
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
          limit = Math.max(claimed, position - LOOK_BEHIND);
          if (to - limit > MAX_TOKEN + LOOK_BEHIND) {
            throw new RedactionError('OVERSIZED', `a token is longer than ${MAX_TOKEN} bytes: it cannot be judged`);
          }
          break;
        }
        const chosen = this.count === 0 ? -1 : this.longest(this.choose(bytes, low, from, to, alone, field));
        if (chosen >= 0) {
          spans.add(this.starts[chosen], this.ends[chosen], this.numbers[chosen]);
          claimed = this.ends[chosen];
        }
      }
      position = this.nextAnchor(Math.max(position + 1, claimed, this.skipped));
    }
    if (last) {
      return to;
    }
    // What reaches beyond the limit is found again, with more bytes at hand.
    while (spans.count > first && spans.ends[spans.count - 1] > limit) {
      limit = Math.min(limit, spans.starts[spans.count - 1]);
      spans.count--;
    }
    this.next = this.seek(limit);
    return limit;
  }

  /** Asks the recognizers around an anchor. */
  private collect(bytes: Uint8Array, at: number, low: number, claimed: number, high: number, last: boolean): Verdict {
    const byte = bytes[at];
    const kind = CLASS[byte];
    if ((kind & ALPHANUMERIC) === 0) {
      if (byte === 0x40) {
        return this.ask(this.at, bytes, at, low, claimed, high, last);
      }
      if (byte === 0x3a && at + 2 < high && bytes[at + 1] === 0x2f && bytes[at + 2] === 0x2f) {
        return this.ask(this.scheme, bytes, at, low, claimed, high, last);
      }
      if (byte === 0x25) {
        this.sawPercent = true;
        return Verdict.NO;
      }
      return this.ask(this.colon, bytes, at, low, claimed, high, last);
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
      const searches = this.keywords.at(bytes, at, high);
      if (searches !== undefined && this.ask(searches, bytes, at, low, claimed, high, last) === Verdict.MORE) {
        return Verdict.MORE;
      }
      if (byte === 0x77 || byte === 0x57) {
        // `www.`
        if (this.isWww(bytes, at, high) && this.ask(this.scheme, bytes, at, low, claimed, high, last) === Verdict.MORE) {
          return Verdict.MORE;
        }
      }
    }
    if (start === bottom && bottom > low) {
      return Verdict.NO;
    }
    const uuid = uuidEnd(bytes, start, low, high);
    if (uuid >= 0) {
      this.skipped = uuid;
      return Verdict.NO;
    }
    if (start < at && start >= claimed && this.token.length > 0
      && this.ask(this.token, bytes, start, low, claimed, high, last) === Verdict.MORE) {
      return Verdict.MORE;
    }
    if ((kind & DIGIT) !== 0 && (at === low || (CLASS[bytes[at - 1]] & DIGIT) === 0)) {
      if (this.ask(this.number, bytes, at, low, claimed, high, last) === Verdict.MORE) {
        return Verdict.MORE;
      }
      this.groupsBefore(bytes, start, low, claimed, high);
    }
    if (start >= claimed && mayStart(bytes, start, low)) {
      this.codes.read(bytes, start, high, this.addCode);
    }
    return Verdict.NO;
  }

  private isWww(bytes: Uint8Array, at: number, high: number): boolean {
    return at + 4 < high && lower(bytes[at + 1]) === 0x77 && lower(bytes[at + 2]) === 0x77 && bytes[at + 3] === 0x2e;
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
        this.codesInGroups.read(bytes, group, high, this.addCode);
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
      if (needs[index] === 'nothing') {
        return index;
      }
    }
    for (let index = 0; index < count; index++) {
      if (alone && needs[index] === 'context' && isBlank(bytes, from, starts[index]) && isBlank(bytes, ends[index], to)) {
        return index;
      }
    }
    return -1;
  }
}

/** Up to where bytes can be decided while more follow: a search from there on may need them. No value spans a newline. */
function decidable(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= LOOK_AHEAD) {
    return from;
  }
  const newline = (bytes as Buffer).lastIndexOf(NEWLINE, to - 1);
  return Math.max(to - LOOK_AHEAD, newline + 1);
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

/** `2026-01-31T` or `2026-01-31 23:`: what logs hold most, and no value. */
function isTimestamp(bytes: Uint8Array, at: number, high: number): boolean {
  return at + 13 < high && bytes[at + 4] === 0x2d && bytes[at + 7] === 0x2d
    && isTwoDigits(bytes, at) && isTwoDigits(bytes, at + 2) && isTwoDigits(bytes, at + 5) && isTwoDigits(bytes, at + 8)
    && (bytes[at + 10] === 0x54 || bytes[at + 10] === BLANK && isTwoDigits(bytes, at + 11) && bytes[at + 13] === 0x3a);
}

function isTwoDigits(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) && isDigit(bytes[at + 1]);
}

const DASH = 0x2d;
const UUID_LENGTH = 36;

/** The end of the UUID that the token at `start` is a group of; -1 if it is none. UUIDs are no numbers of persons. */
function uuidEnd(bytes: Uint8Array, start: number, low: number, high: number): number {
  if (start + 8 < high && bytes[start + 8] === DASH) {
    return isUuid(bytes, start, low, high) ? start + UUID_LENGTH : -1;
  }
  if (start === low || bytes[start - 1] !== DASH) {
    return -1;
  }
  for (let begin = start - 9; begin >= start - 24; begin -= 5) {
    if (isUuid(bytes, begin, low, high)) {
      return begin + UUID_LENGTH;
    }
  }
  return -1;
}

function isUuid(bytes: Uint8Array, begin: number, low: number, high: number): boolean {
  const end = begin + UUID_LENGTH;
  if (begin < low || end > high || bytes[begin + 8] !== DASH || bytes[begin + 13] !== DASH || bytes[begin + 18] !== DASH || bytes[begin + 23] !== DASH) {
    return false;
  }
  for (let position = begin; position < end; position++) {
    if ((CLASS[bytes[position]] & HEX) === 0 && bytes[position] !== DASH) {
      return false;
    }
  }
  return !(begin > low && isAlphanumeric(bytes[begin - 1])) && !(end < high && isAlphanumeric(bytes[end]));
}
