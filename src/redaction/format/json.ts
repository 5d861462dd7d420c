import { BACKSLASH, JSON_ESCAPES } from './json-escapes';
import { literalEnd, literalStop } from './json-literal';
import { JsonSteps, Levels, Step } from './json-steps';
import { OpenValue } from './open-value';
import { FormatReader, ValueJudge } from './reader';
import { Stops } from './stops';
import { MAX_TOKEN } from '../detect/recognizer';
import { RedactionError } from '../errors';
import { NO_FIELD } from '../fields/field';
import { FieldResolver, Place } from '../fields/field-resolver';
import { NameCache } from '../fields/name-cache';
import { viewOf } from '../output';

export const MOST_JSON_LEVELS = 1000;

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What may come next. */
enum Next {
  /** A value, after a `:`, or after a `,` in an array. */
  VALUE,
  /** A value or `]`. */
  FIRST_ITEM,
  /** A key or `}`. */
  FIRST_KEY,
  KEY,
  /** A `:`. */
  AFTER_KEY,
  /** A `,` or the end of the object or array. */
  AFTER_VALUE,
  /** A value of the document, or its end. */
  DOCUMENT,
  /** The rest of a string. */
  STRING,
}

/** Characters below it do not stand in strings. */
const BLANK = 0x20;

/** The text between two values is not at hand from its start. */
const NO_GAP = -1;

/**
 * JSON, and any number of JSON values one after another, as in NDJSON. Keys are judged, too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export class JsonReader implements FormatReader, Levels {
  private readonly value: OpenValue;
  private readonly stops = new Stops([QUOTE, BACKSLASH], BLANK);
  private readonly names: NameCache;
  private next = Next.DOCUMENT;
  depth = 0;
  readonly isObject = new Uint8Array(MOST_JSON_LEVELS + 1);
  readonly holders: Place[] = [];
  /** The place of the value that comes, and how many items came at each level. */
  private readonly indexes = new Float64Array(MOST_JSON_LEVELS + 1);
  private place: Place;
  private escaped = false;
  /** Up to there nothing can be found, but by fields with a label. */
  private clean = 0;
  private readonly steps = new JsonSteps();
  /** The step to the value that came last, if it is known. */
  private step: Step | undefined;
  /** Where the text starts that stands behind that value, and whether nothing was found in it. */
  private gap = NO_GAP;
  private isCleanGap = true;
  private bytes: Buffer | undefined;
  private view: DataView = new DataView(new ArrayBuffer(0));

  constructor(private readonly judge: ValueJudge, private readonly fields: FieldResolver) {
    this.value = new OpenValue(judge);
    this.names = new NameCache(fields, (above, name) => fields.child(above, name));
    this.place = fields.root;
  }

  read(bytes: Buffer, kept: number, from: number, to: number, last: boolean): number {
    let position = from;
    this.clean = from;
    this.gap = NO_GAP;
    this.stops.prepare(bytes, from, to);
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    if (this.next === Next.STRING) {
      const end = this.endOfString(bytes, position, to);
      if (end < 0) {
        return this.openString(bytes, kept, position, -1 - end, last);
      }
      this.value.part(bytes, kept, position, end, true, JSON_ESCAPES);
      position = this.afterValue(bytes, end + 1, to);
    }
    while (position < to) {
      const byte = bytes[position];
      const next = byte === QUOTE ? this.quoted(bytes, kept, position, to, last)
        : byte <= BLANK ? whiteSpace(bytes, position)
          : (byte | 0x20) === 0x7b || (byte | 0x20) === 0x7d || byte === COMMA || byte === COLON ? this.punctuation(byte, position)
            : this.literal(bytes, position, to, last);
      if (next < 0) {
        return -1 - next;
      }
      position = next;
    }
    if (last && this.next !== Next.DOCUMENT) {
      throw ended();
    }
    return to;
  }

  /** A key or a string. Methods that read return where reading goes on, or -1 less where it waits for more bytes. */
  private quoted(bytes: Buffer, kept: number, at: number, to: number, last: boolean): number {
    const { next } = this;
    const start = at + 1;
    this.escaped = false;
    const end = this.endOfString(bytes, start, to);
    if (next === Next.KEY || next === Next.FIRST_KEY) {
      return end < 0 ? this.held(at, to, last) : this.key(bytes, start, end, to);
    }
    this.startValue(at);
    const { field } = this.place;
    if (end < 0) {
      this.value.start(field);
      this.next = Next.STRING;
      return -1 - this.openString(bytes, kept, start, -1 - end, last);
    }
    if (end > start && (this.escaped || field.label >= 0 || end > this.clean)) {
      this.judge.judge(bytes, start, start, end, true, field, this.escaped ? JSON_ESCAPES : undefined);
      this.clean = this.judge.cleanUntil(end);
    }
    return this.afterValue(bytes, end + 1, to);
  }

  /**
   * The fast path: values whose steps came before. Reads from behind a value on to behind another, as far as steps are known and values
   * are whole; what comes then is up to the others.
   */
  private known(bytes: Buffer, from: number, to: number): number {
    const { judge, stops, view } = this;
    let { clean } = this;
    let step = this.step!;
    let position = from;
    for (;;) {
      const next = step.follow(view, position, to) ?? this.member(step, bytes, position, to);
      if (next === undefined) {
        break;
      }
      const at = position + next.length;
      const { field } = next;
      if (bytes[at] === QUOTE) {
        const start = at + 1;
        let end = stops.next(start);
        const isPlain = end < to && bytes[end] === QUOTE;
        end = isPlain ? end : this.endOfString(bytes, start, to);
        if (end < 0) {
          break;
        }
        if (end > start && (field.label >= 0 || !isPlain)) {
          judge.judge(bytes, start, start, end, true, field, isPlain ? undefined : JSON_ESCAPES);
        } else if (end > clean && end > start) {
          judge.judge(bytes, start, start, end, true, field);
          clean = judge.cleanUntil(end);
        }
        position = end + 1;
      } else {
        const end = literalEnd(bytes, at, to);
        if (end === to || end < 0) {
          break;
        }
        if (field.label >= 0 || end > clean) {
          judge.judgeLiteral(bytes, at, end, field);
          clean = judge.cleanUntil(end);
        }
        position = end;
      }
      step = next;
    }
    this.clean = clean;
    if (position > from) {
      this.goOn(step, position);
    }
    return position;
  }

  /** Goes on behind the value that a step led to. */
  private goOn(step: Step, at: number): void {
    const { levels: { depth, isObject, holders }, place } = step;
    for (let level = 1; level <= depth; level++) {
      this.isObject[level] = isObject[level];
      this.holders[level] = holders[level];
    }
    this.depth = depth;
    this.place = place;
    this.step = step;
    this.gap = at;
    this.next = depth === 0 ? Next.DOCUMENT : Next.AFTER_VALUE;
  }

  /** The step that a comma, a key and a colon are which did not come right after `step` before. */
  private member(step: Step, bytes: Buffer, from: number, to: number): Step | undefined {
    if (bytes[from] !== COMMA) {
      return undefined;
    }
    let position = from + 1;
    while (bytes[position] <= BLANK) {
      position++;
    }
    const end = this.stops.next(position + 1);
    if (bytes[position] !== QUOTE || end >= to || bytes[end] !== QUOTE || bytes[end + 1] !== COLON) {
      return undefined;
    }
    position = end + 2;
    while (bytes[position] <= BLANK) {
      position++;
    }
    return position < to ? this.steps.member(step, this.view, from, position) : undefined;
  }

  private key(bytes: Buffer, from: number, end: number, to: number): number {
    const { escaped, judge, names } = this;
    const holder = this.holders[this.depth];
    if (escaped) {
      judge.judge(bytes, from, from, end, true, NO_FIELD, JSON_ESCAPES);
      this.isCleanGap = false;
      const name = decodedKey(bytes, from, end);
      this.place = names.find(holder, name, 0, name.length);
    } else {
      if (end > from && !judge.judgeName(bytes, from, end)) {
        this.isCleanGap = false;
      }
      this.place = names.find(holder, bytes, from, end);
    }
    const isDirect = end + 1 < to && bytes[end + 1] === COLON;
    this.next = isDirect ? Next.VALUE : Next.AFTER_KEY;
    return isDirect ? end + 2 : end + 1;
  }

  private literal(bytes: Buffer, at: number, to: number, last: boolean): number {
    this.startValue(at);
    const stop = literalStop(bytes, at, to);
    if (stop === to && !last) {
      return this.held(at, to, last);
    }
    this.expect(literalEnd(bytes, at, to) === stop);
    this.judge.judgeLiteral(bytes, at, stop, this.place.field);
    return this.afterValue(bytes, stop, to);
  }

  /** Behind a value: mostly what came there before. */
  private afterValue(bytes: Buffer, at: number, to: number): number {
    this.next = this.depth === 0 ? Next.DOCUMENT : Next.AFTER_VALUE;
    this.gap = at;
    this.isCleanGap = true;
    return this.step === undefined ? at : this.known(bytes, at, to);
  }

  private punctuation(byte: number, at: number): number {
    const { next, depth } = this;
    switch (byte) {
      case COMMA:
        this.expect(next === Next.AFTER_VALUE);
        this.next = this.isObject[depth] === 1 ? Next.KEY : Next.VALUE;
        this.place = this.isObject[depth] === 1 ? this.place : this.fields.item(this.holders[depth], ++this.indexes[depth]);
        break;
      case COLON:
        this.expect(next === Next.AFTER_KEY);
        this.next = Next.VALUE;
        break;
      case OPEN_OBJECT:
        this.open(true);
        break;
      case 0x5b: // [
        this.open(false);
        break;
      case CLOSE_OBJECT:
        this.expect(next === Next.FIRST_KEY || next === Next.AFTER_VALUE && this.isObject[depth] === 1);
        this.close();
        break;
      case 0x5d: // ]
        this.expect(next === Next.FIRST_ITEM || next === Next.AFTER_VALUE && this.isObject[depth] === 0);
        this.close();
        break;
      default:
        throw notJson();
    }
    return at + 1;
  }

  /** A string or literal comes. */
  private startValue(at: number): void {
    this.checkValue();
    this.step = this.gap >= 0 && this.isCleanGap ? this.steps.reached(this.step, this.view, this.gap, at, this, this.place) : undefined;
    this.gap = NO_GAP;
  }

  private checkValue(): void {
    this.expect(this.next === Next.VALUE || this.next === Next.FIRST_ITEM || this.next === Next.DOCUMENT);
  }

  private expect(right: boolean): void {
    if (!right) {
      throw notJson();
    }
  }

  private open(isObject: boolean): void {
    this.checkValue();
    if (++this.depth > MOST_JSON_LEVELS) {
      throw new RedactionError('OVERSIZED', `objects and arrays are nested in more than ${MOST_JSON_LEVELS} levels`);
    }
    this.isObject[this.depth] = isObject ? 1 : 0;
    this.holders[this.depth] = this.place;
    this.indexes[this.depth] = 0;
    this.next = isObject ? Next.FIRST_KEY : Next.FIRST_ITEM;
    this.place = isObject ? this.place : this.fields.item(this.place, 0);
  }

  private close(): void {
    this.depth--;
    this.next = this.depth === 0 ? Next.DOCUMENT : Next.AFTER_VALUE;
    this.place = this.depth === 0 ? this.fields.root : this.place;
  }

  /** A token that the window cuts is read again when there is more of it. */
  private held(from: number, to: number, last: boolean): number {
    if (last) {
      throw ended();
    }
    if (to - from > MAX_TOKEN) {
      throw new RedactionError('OVERSIZED', `a key or number is longer than ${MAX_TOKEN} bytes: it cannot be judged`);
    }
    return -1 - from;
  }

  /** Judges what there is of a string. */
  private openString(bytes: Buffer, kept: number, from: number, end: number, last: boolean): number {
    if (last) {
      throw ended();
    }
    return this.value.part(bytes, kept, from, end, false, JSON_ESCAPES);
  }

  /** Where the second quote of a string is; if it is not at hand, -1 less the end of what can be judged. Sets `escaped`. */
  private endOfString(bytes: Buffer, from: number, to: number): number {
    let end = from;
    for (;;) {
      end = this.stops.next(end);
      if (end === to) {
        return -1 - to;
      }
      if (bytes[end] === QUOTE) {
        return end;
      }
      if (bytes[end] !== BACKSLASH) {
        throw new RedactionError('MALFORMED', 'a JSON string holds a control character that is not escaped, or its second quote is missing');
      }
      this.escaped = true;
      end += 2;
    }
  }
}

function whiteSpace(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte !== BLANK && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
    throw notJson();
  }
  return at + 1;
}

function notJson(): RedactionError {
  return new RedactionError('MALFORMED', 'the input is not JSON: a character stands where JSON has none');
}

function ended(): RedactionError {
  return new RedactionError('MALFORMED', 'the JSON input ends before its last value does');
}

function decodedKey(bytes: Buffer, from: number, to: number): Buffer {
  const decoded = Buffer.alloc(to - from);
  return decoded.subarray(0, JSON_ESCAPES.decode(bytes, from, to, true, decoded, new Uint32Array(to - from + 1)));
}
