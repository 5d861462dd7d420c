import { BACKSLASH, JSON_ESCAPES } from './json-escapes';
import { endOfLiteral, isLiteral } from './json-literal';
import { OpenValue } from './open-value';
import { FormatReader, ValueJudge } from './reader';
import { Stops } from './stops';
import { MAX_TOKEN } from '../detect/recognizer';
import { RedactionError } from '../errors';
import { NO_FIELD } from '../fields/field';
import { FieldResolver, Place } from '../fields/field-resolver';
import { NameCache } from '../fields/name-cache';

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

/**
 * JSON, and any number of JSON values one after another, as in NDJSON. Keys are judged, too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export class JsonReader implements FormatReader {
  private readonly value: OpenValue;
  private readonly stops = new Stops([QUOTE, BACKSLASH], BLANK);
  private readonly names: NameCache;
  private next = Next.DOCUMENT;
  private depth = 0;
  /** What holds the value at each depth: whether it is an object, what its keys or items are below, and how many items came. */
  private readonly isObject = new Uint8Array(MOST_JSON_LEVELS + 1);
  private readonly holders: Place[] = [];
  private readonly indexes = new Float64Array(MOST_JSON_LEVELS + 1);
  /** The place of the value that comes. */
  private place: Place;
  private escaped = false;
  /** Up to there nothing can be found, but by fields with a label. */
  private clean = 0;

  constructor(private readonly judge: ValueJudge, private readonly fields: FieldResolver) {
    this.value = new OpenValue(judge);
    this.names = new NameCache(fields, (above, name) => fields.child(above, name));
    this.place = fields.root;
  }

  read(bytes: Buffer, kept: number, from: number, to: number, last: boolean): number {
    let position = from;
    this.clean = from;
    this.stops.prepare(bytes, from, to);
    if (this.next === Next.STRING) {
      const end = this.endOfString(bytes, position, to);
      if (end < 0) {
        return this.openString(bytes, kept, position, -1 - end, last);
      }
      this.value.part(bytes, kept, position, end, true, JSON_ESCAPES);
      position = end + 1;
      this.next = this.depth === 0 ? Next.DOCUMENT : Next.AFTER_VALUE;
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
    const reached = this.next === Next.KEY || this.next === Next.FIRST_KEY ? this.members(bytes, at, to) : this.items(bytes, at, to);
    if (reached > at) {
      return reached;
    }
    const { next, place } = this;
    const start = at + 1;
    this.escaped = false;
    const end = this.endOfString(bytes, start, to);
    if (next === Next.KEY || next === Next.FIRST_KEY) {
      return end < 0 ? this.held(at, to, last) : this.key(bytes, start, end, to);
    }
    this.checkValue();
    if (end < 0) {
      this.value.start(place.field);
      this.next = Next.STRING;
      return -1 - this.openString(bytes, kept, start, -1 - end, last);
    }
    if (end > start) {
      this.judge.judge(bytes, start, start, end, true, place.field, this.escaped ? JSON_ESCAPES : undefined);
    }
    return this.afterValue(bytes, end + 1, to);
  }

  /** The fast path: members whose keys come in the order of others before, with simple values or objects of such members. */
  private members(bytes: Buffer, from: number, to: number): number {
    const { judge, names, holders } = this;
    let position = from;
    while (position < to && bytes[position] === QUOTE) {
      const start = position + 1;
      const length = names.following(holders[this.depth], bytes, start, to);
      const end = start + length;
      const value = end + 2;
      if (length <= 0 || value >= to || bytes[end] !== QUOTE || bytes[end + 1] !== COLON) {
        return position;
      }
      if (end > this.clean) {
        judge.judge(bytes, start, start, end, true, NO_FIELD);
        this.clean = judge.cleanUntil(end);
      }
      this.place = names.follow();
      this.next = Next.VALUE;
      if (bytes[value] === OPEN_OBJECT) {
        this.open(true);
        position = value + 1;
        continue;
      }
      let next = this.simpleValue(bytes, value, to);
      if (next === value) {
        return value;
      }
      this.next = Next.AFTER_VALUE;
      while (next < to && bytes[next] === CLOSE_OBJECT && this.isObject[this.depth] === 1) {
        this.close();
        next++;
      }
      if (next === to || bytes[next] !== COMMA || this.isObject[this.depth] === 0) {
        return next;
      }
      this.next = Next.KEY;
      position = next + 1;
    }
    return position;
  }

  /** The same for simple values of a list. */
  private items(bytes: Buffer, from: number, to: number): number {
    const { fields, depth } = this;
    let position = from;
    if (depth === 0 || this.isObject[depth] === 1 || this.next !== Next.VALUE && this.next !== Next.FIRST_ITEM) {
      return position;
    }
    while (position < to) {
      const next = this.simpleValue(bytes, position, to);
      if (next === position) {
        return position;
      }
      if (next === to || bytes[next] !== COMMA) {
        this.next = Next.AFTER_VALUE;
        return next;
      }
      this.next = Next.VALUE;
      this.place = fields.item(this.holders[depth], ++this.indexes[depth]);
      position = next + 1;
    }
    return position;
  }

  /** A whole string without escapes, or a whole literal. Returns where it ends; `at` if it is neither. */
  private simpleValue(bytes: Buffer, at: number, to: number): number {
    const { judge, place: { field } } = this;
    if (bytes[at] !== QUOTE) {
      const end = endOfLiteral(bytes, at, to);
      if (end === to || !isLiteral(bytes, at, end)) {
        return at;
      }
      if (field.label >= 0 || end > this.clean) {
        judge.judgeLiteral(bytes, at, end, field);
        this.clean = judge.cleanUntil(end);
      }
      return end;
    }
    const start = at + 1;
    const end = this.stops.next(start);
    if (end === to || bytes[end] !== QUOTE) {
      return at;
    }
    if (end > start && (field.label >= 0 || end > this.clean)) {
      judge.judge(bytes, start, start, end, true, field);
      this.clean = judge.cleanUntil(end);
    }
    return end + 1;
  }

  private key(bytes: Buffer, from: number, end: number, to: number): number {
    const { escaped } = this;
    if (end > from) {
      this.judge.judge(bytes, from, from, end, true, NO_FIELD, escaped ? JSON_ESCAPES : undefined);
    }
    const holder = this.holders[this.depth];
    this.place = escaped ? this.names.findDecoded(holder, decodedKey(bytes, from, end)) : this.names.find(holder, bytes, from, end);
    const isDirect = end + 1 < to && bytes[end + 1] === COLON;
    this.next = isDirect ? Next.VALUE : Next.AFTER_KEY;
    return isDirect ? end + 2 : end + 1;
  }

  private literal(bytes: Buffer, at: number, to: number, last: boolean): number {
    const reached = this.items(bytes, at, to);
    if (reached > at) {
      return reached;
    }
    this.checkValue();
    const end = endOfLiteral(bytes, at, to);
    if (end === to && !last) {
      return this.held(at, to, last);
    }
    this.expect(isLiteral(bytes, at, end));
    this.judge.judgeLiteral(bytes, at, end, this.place.field);
    return this.afterValue(bytes, end, to);
  }

  /** After a value: mostly a comma and the next key. */
  private afterValue(bytes: Buffer, at: number, to: number): number {
    if (this.depth === 0) {
      this.next = Next.DOCUMENT;
    } else if (at < to && bytes[at] === COMMA && this.isObject[this.depth] === 1) {
      this.next = Next.KEY;
      return at + 1;
    } else {
      this.next = Next.AFTER_VALUE;
    }
    return at;
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
