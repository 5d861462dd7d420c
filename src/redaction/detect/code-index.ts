import { ALPHANUMERIC, BLANK, CLASS, DIGIT, LETTER, isAlphanumeric, isDigit, upper } from './bytes';
import { NearbyWords } from './nearby-words';
import { CodeRecognizer, Layout, Needs } from './recognizer';
import { TokenForms } from './token-forms';
import { typeNumber } from '../labels';

// What a place of a layout takes; anything from LITERAL on is that byte, in upper case.
const ANY_DIGIT = 1;
const ANY_LETTER = 2;
const EITHER = 3;
const SEPARATOR = 4;
const LITERAL = 32;

const PLACES: Record<string, number> = { '9': ANY_DIGIT, 'A': ANY_LETTER, 'X': EITHER, ' ': SEPARATOR };

/** A layout with one of its separators at all places, or with none. */
export interface CompiledLayout {
  readonly recognizer: CodeRecognizer;
  readonly number: number;
  readonly needs: Needs;
  readonly places: Uint8Array;
  /** Where its characters are, the separators left out, if punctuation is among them. */
  readonly characters: Uint8Array | undefined;
  /** The byte that separates, or 0. */
  readonly separator: number;
}

/** Layouts of groups of digits, of so many bytes and digits. */
interface Shape {
  readonly length: number;
  readonly digits: number;
  readonly layouts: readonly CompiledLayout[];
}

/** Called with each layout that bytes have, and where they start and end. */
export type OnCode = (layout: CompiledLayout, start: number, end: number) => void;

/** Bytes of this kind end every code. */
const OTHER = 0;
const DEAD = 0;
const START = 1;
const UNKNOWN = -1;
const ZERO = 0x30;
/** More digits in a row than any code has. */
const MOST_DIGITS = 40;
/** The kind of bytes that are read together with those of their kind that follow. */
const DIGITS = 255;
/** No code has as many letters and digits. */
const LONGEST_CODE = 64;
/** Marks a state in which layouts are complete. */
const COMPLETE = 1 << 30;

/**
 * The layouts of all codes as one state machine, which reads a candidate once, however many layouts there are. A state is the set of
 * places that codes can be at; states are made as they are met.
 */
export class CodeIndex {
  /** The letters and digits of what is read, in upper case. */
  private readonly code = new Uint8Array(128);
  /** The same from each of its first bytes on. */
  private readonly codeFrom = Array.from(this.code.subarray(0, this.code.length - LONGEST_CODE), (_, start) => this.code.subarray(start));
  private length = 0;
  /** The same with the punctuation that its layout asks for. */
  private readonly written = new Uint8Array(64);
  /** The kind of each byte: those that no layout tells apart are of one kind. Digits in a row are read as one, of a kind for each number of them. */
  private readonly kinds = new Uint8Array(256);
  /** The kind of no digit. */
  private readonly digits: number;
  private readonly width: number;
  private readonly samples: number[] = [];
  /** For each state and kind of byte, where the row of the next state starts. */
  private next: Int32Array;
  private readonly members: number[][] = [[], []];
  private readonly complete: (readonly CompiledLayout[])[] = [[], []];
  /** Those of them that need no context. */
  private readonly proven: (readonly CompiledLayout[])[] = [[], []];
  /** Whether there are any such that are complete there, or go on. */
  private readonly provable: boolean[] = [false, true];
  /** For groups of how many digits, with blanks between them. */
  private readonly shapes: Shape[][] = [];
  private readonly numbers = new Map<string, number>([['', DEAD]]);
  /** Where the places of each layout start in the list of all places. */
  private readonly offsets: number[] = [];
  private readonly places: number[] = [];
  private readonly layoutOf: number[] = [];

  constructor(private readonly layouts: readonly CompiledLayout[]) {
    layouts.forEach(({ places, separator }, index) => {
      this.offsets.push(this.places.length);
      for (const place of places) {
        this.places.push(place === SEPARATOR ? separator : place);
        this.layoutOf.push(index);
      }
      // The place behind the last.
      this.places.push(OTHER);
      this.layoutOf.push(index);
    });
    this.digits = this.tellApart();
    this.width = this.digits + MOST_DIGITS + 1;
    this.next = new Int32Array(this.width * 64).fill(UNKNOWN);
    this.next.fill(DEAD, 0, this.width);
    this.members[START] = [...this.offsets];
    this.numbers.set(this.offsets.join(), START);
  }

  /**
   * Calls `found` with each layout that `bytes` have from `start` on, if their code is valid, and where it ends.
   * @param words of them must one speak for codes that need context; all are found if left out
   * @returns whether there were only those looked for that need no context
   */
  read(bytes: Uint8Array, start: number, high: number, found: OnCode, words?: NearbyWords, low = 0): boolean {
    const { kinds, digits, width, code } = this;
    let { next } = this;
    let length = 0;
    let onlyProven = false;
    let row = START * width;
    let position = start;
    while (position < high) {
      const first = position;
      const byte = bytes[position++];
      let kind = kinds[byte];
      if (kind === DIGITS) {
        const most = Math.min(high, first + MOST_DIGITS);
        code[length++] = byte;
        while (position < most && isDigit(bytes[position])) {
          code[length++] = bytes[position++];
        }
        kind = digits + position - first;
      } else if ((CLASS[byte] & LETTER) !== 0) {
        code[length++] = upper(byte);
      }
      let following = next[row + kind];
      if (following === UNKNOWN) {
        following = this.step(row / width, kind);
        next = this.next;
      }
      if (following === DEAD) {
        break;
      }
      row = following & ~COMPLETE;
      if (onlyProven && !this.provable[row / width]) {
        break;
      }
      if (row !== following && !goesOn(bytes, position, high)) {
        const state = row / width;
        const proven = this.proven[state];
        let complete = this.complete[state];
        if (words !== undefined && proven.length < complete.length && !words.speakFor(bytes, start, low)) {
          onlyProven = true;
          complete = proven;
        }
        this.length = length;
        this.judge(complete, bytes, start, position, found);
      }
    }
    return onlyProven;
  }

  /**
   * Where groups of `size` digits stand with a blank between them: the first group from the one at `from` on at which a valid code may
   * start, or the first at `to` or behind it. Each digit is read once, however many codes it may be part of.
   */
  firstOfGroups(bytes: Uint8Array, from: number, to: number, size: number): number {
    const { code, codeFrom } = this;
    const shapes = this.shapes[size] ??= this.shapesOf(size);
    let group = from;
    let position = from;
    let start = 0;
    let end = 0;
    for (; group < to; group += size + 1, start += size) {
      if (start >= codeFrom.length) {
        code.copyWithin(0, start, end);
        end -= start;
        start = 0;
      }
      for (let index = 0; index < shapes.length; index++) {
        const { length, digits, layouts } = shapes[index];
        for (; position < group + length; position++) {
          for (const groupEnd = position + size; position < groupEnd; position++) {
            code[end++] = bytes[position];
          }
        }
        for (let chosen = 0; chosen < layouts.length; chosen++) {
          if (layouts[chosen].recognizer.valid?.(codeFrom[start], digits) ?? true) {
            return group;
          }
        }
      }
    }
    return group;
  }

  /** The layouts that such groups have, and where they end. */
  private shapesOf(size: number): Shape[] {
    const shapes: Shape[] = [];
    let state = START;
    for (let length = size, digits = size; state !== DEAD; length += size + 1, digits += size) {
      state = (this.step(state, this.digits + size) & ~COMPLETE) / this.width;
      if (this.complete[state].length > 0) {
        shapes.push({ length, digits, layouts: this.complete[state] });
      }
      state = (this.step(state, this.kinds[BLANK]) & ~COMPLETE) / this.width;
    }
    return shapes;
  }

  private judge(layouts: readonly CompiledLayout[], bytes: Uint8Array, start: number, end: number, found: OnCode): void {
    for (let index = 0; index < layouts.length; index++) {
      if (this.isValid(layouts[index], bytes, start)) {
        found(layouts[index], start, end);
      }
    }
  }

  private isValid({ characters, recognizer }: CompiledLayout, bytes: Uint8Array, start: number): boolean {
    if (characters === undefined) {
      return recognizer.valid?.(this.code, this.length) ?? true;
    }
    characters.forEach((place, at) => this.written[at] = upper(bytes[start + place]));
    return recognizer.valid?.(this.written, characters.length) ?? true;
  }

  /** Numbers the kinds of bytes; returns how many there are. */
  private tellApart(): number {
    const literals = new Set(this.places.filter(place => place >= LITERAL));
    const kinds = new Map<string, number>([['', OTHER]]);
    this.samples.push(0);
    for (let byte = 0; byte < 256; byte++) {
      const key = `${literals.has(upper(byte)) ? upper(byte) : ''}${(CLASS[byte] & ALPHANUMERIC) === 0 ? '' : isDigit(byte) ? 'digit' : 'letter'}`;
      let kind = kinds.get(key);
      if (kind === undefined) {
        kind = kinds.size;
        kinds.set(key, kind);
        this.samples.push(byte);
      }
      this.kinds[byte] = isDigit(byte) ? DIGITS : kind;
    }
    return kinds.size;
  }

  /** Makes the state that a kind of byte leads to. */
  private step(state: number, kind: number): number {
    const byte = kind > this.digits ? ZERO : this.samples[kind];
    let members = kind === OTHER ? [] : this.members[state];
    for (let count = Math.max(1, kind - this.digits); count > 0; count--) {
      members = members.filter(place => takes(this.places[place], byte)).map(place => place + 1);
    }
    const key = members.join();
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.members.length;
      this.numbers.set(key, number);
      this.members.push(members);
      const complete = members.filter(place => this.places[place] === OTHER).map(place => this.layouts[this.layoutOf[place]]);
      this.complete.push(complete);
      this.proven.push(complete.filter(({ needs }) => needs === 'nothing'));
      this.provable.push(members.some(place => this.layouts[this.layoutOf[place]].needs === 'nothing'));
      if ((number + 1) * this.width > this.next.length) {
        const next = new Int32Array(this.next.length * 2).fill(UNKNOWN);
        next.set(this.next);
        this.next = next;
      }
    }
    const following = number * this.width | (this.complete[number].length > 0 ? COMPLETE : 0);
    this.next[state * this.width + kind] = following;
    return following;
  }
}

function takes(place: number, byte: number): boolean {
  const kind = CLASS[byte] & ALPHANUMERIC;
  switch (place) {
    case ANY_DIGIT:
      return kind === DIGIT;
    case ANY_LETTER:
      return kind !== 0 && kind !== DIGIT;
    case EITHER:
      return kind !== 0;
    default:
      return place >= LITERAL && upper(byte) === place;
  }
}

/** Whether what stands at `end` belongs to what stands before it: a letter, a digit, or a digit after one of `-./,:`. */
function goesOn(bytes: Uint8Array, end: number, high: number): boolean {
  if (end >= high) {
    return false;
  }
  const byte = bytes[end];
  return isAlphanumeric(byte) || end + 1 < high && isJoint(byte) && isDigit(bytes[end + 1]);
}

/** Whether a code may start at `start`: not in a word, nor in the middle of a longer number. */
export function mayStart(bytes: Uint8Array, start: number, low: number): boolean {
  if (start === low) {
    return true;
  }
  const byte = bytes[start - 1];
  // A plus is that of a telephone number, or a blank in the data of a form: `card+4111111111111111`.
  if (byte === 0x2b) {
    return start - 2 >= low && isAlphanumeric(bytes[start - 2]);
  }
  return !isAlphanumeric(byte) && !(isJoint(byte) && start - 2 >= low && isDigit(bytes[start - 2]));
}

function isJoint(byte: number): boolean {
  return byte === 0x2d || byte === 0x2e || byte === 0x2f || byte === 0x2c || byte === 0x3a;
}

/** The layouts of recognizers, without separators and with each of them. Layouts that differ in their separators only are one without. */
export function compileLayouts(recognizers: readonly CodeRecognizer[]): CompiledLayout[] {
  return recognizers.flatMap(recognizer => {
    const compiled = recognizer.layouts.flatMap(layout => compile(recognizer, layout));
    return [...new Map(compiled.map(layout => [`${layout.places} ${layout.separator} ${layout.needs}`, layout])).values()];
  });
}

/** What tokens the layouts start with. */
export function formsOf(layouts: readonly CompiledLayout[]): TokenForms {
  const forms = new TokenForms();
  for (const { places } of layouts) {
    let digits = 0;
    let letters = 0;
    let length = 0;
    for (; length < places.length && (places[length] < SEPARATOR || isAlphanumeric(places[length])); length++) {
      digits |= places[length] === ANY_DIGIT ? 1 << length : 0;
      letters |= places[length] === ANY_DIGIT || places[length] === EITHER ? 0 : 1 << length;
    }
    forms.add(length, digits, letters);
  }
  return forms;
}

/** Whether a layout may start with a short group of letters and digits, such as `AB 12 34 56 C`: no anchor stands there. */
export function startsWithShortGroup({ places, separator }: CompiledLayout): boolean {
  return separator !== 0 && places[0] !== ANY_DIGIT && places.indexOf(SEPARATOR) <= 4;
}

function compile(recognizer: CodeRecognizer, { template, separators = ' -.+', solid, grouped = solid }: Layout): CompiledLayout[] {
  const places = [...template].map(character => PLACES[character] ?? character.charCodeAt(0));
  if (places.some(place => place > SEPARATOR && (place <= LITERAL || place > 126 || upper(place) !== place || isDigit(place)))) {
    throw new Error(`the template '${template}' of ${recognizer.type} holds a character that no layout can have`);
  }
  const characters = (chosen: number[]) => Uint8Array.from(chosen.keys()).filter(place => chosen[place] !== SEPARATOR);
  const make = (chosen: number[], needs: Needs, separator: number): CompiledLayout => ({
    recognizer,
    number: typeNumber(recognizer.type),
    needs,
    places: Uint8Array.from(chosen),
    characters: chosen.some(place => place >= LITERAL && !isAlphanumeric(place)) ? characters(chosen) : undefined,
    separator,
  });
  const without = make(places.filter(place => place !== SEPARATOR), solid, 0);
  return places.includes(SEPARATOR) ? [without, ...[...separators].map(separator => make(places, grouped, separator.charCodeAt(0)))] : [without];
}
