import { Field } from '../fields/field';
import { Place } from '../fields/field-resolver';

/** A power of two, and how many slots of it a step may be in. */
const SLOTS = 1024;
const WAYS = 4;
/** So many steps are missed before one is replaced by another of the same text. */
const PATIENCE = 16;
/** Longer texts are read anew each time, and so is what lies deeper. */
const LONGEST = 128;
const DEEPEST = 32;

const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x9e3779b1 | 0;

/** What holds a value of JSON at each level, from 1 to `depth`: whether it is an object, and what its keys or items are below. */
export interface Levels {
  readonly depth: number;
  readonly isObject: Uint8Array;
  readonly holders: readonly Place[];
}

/**
 * The text between the end of a value and the start of the next, such as `},"payment":{"iban":`, where that leads, and which steps came
 * after it. Nothing is found in its keys.
 */
export class Step {
  /** The step that came last after this one, and one that did before. */
  next: Step | undefined;
  other: Step | undefined;
  readonly field: Field;

  /**
   * @param words the text, four bytes in each
   * @param mask  which bits of the last word are of it
   */
  constructor(
    readonly length: number, private readonly words: Int32Array, private readonly mask: number,
    readonly levels: Levels, readonly place: Place,
  ) {
    this.field = place.field;
  }

  /** The step out of the two that is at `at`. */
  follow(view: DataView, at: number, to: number): Step | undefined {
    const { next, other } = this;
    if (next !== undefined && next.isAt(view, at, to)) {
      return next;
    }
    if (other !== undefined && other.isAt(view, at, to)) {
      this.other = next;
      this.next = other;
      return other;
    }
    return undefined;
  }

  link(step: Step): void {
    if (step !== this.next) {
      this.other = this.next;
      this.next = step;
    }
  }

  isAt(view: DataView, from: number, to: number): boolean {
    const { words } = this;
    const last = words.length - 1;
    let at = from;
    if (at + (last + 1) * 4 > to) {
      return false;
    }
    for (let index = 0; index < last; index++, at += 4) {
      if (view.getInt32(at, true) !== words[index]) {
        return false;
      }
    }
    return ((view.getInt32(at, true) ^ words[last]) & this.mask) === 0;
  }
}

/** The steps of a document: records repeat, and what stands between their values is read once, then compared. */
export class JsonSteps {
  private readonly steps = new Array<Step | undefined>(SLOTS).fill(undefined);
  /** The hashes of texts that came before: those that came once are not kept. */
  private readonly hashes = new Int32Array(SLOTS);
  private turn = 0;
  private misses = 0;

  /** The step that the text in `[from, to)` is, which leads from `before` (if that is known) to `levels` and a value at `place`. */
  reached(before: Step | undefined, view: DataView, from: number, to: number, levels: Levels, place: Place): Step | undefined {
    const length = to - from;
    if (length === 0 || length > LONGEST || levels.depth > DEEPEST || from + LONGEST > view.byteLength) {
      return undefined;
    }
    const hash = hashOf(view, from, length);
    let step = this.find(hash, view, from, length, levels);
    if (step === undefined || step.place !== place) {
      step = isSteady(levels) ? this.learn(hash, view, from, length, levels, place) : undefined;
    }
    if (step !== undefined) {
      before?.link(step);
    }
    return step;
  }

  /** The step out of all from `before` that the key in the text in `[from, to)` is, which leads to no other level. */
  member(before: Step, view: DataView, from: number, to: number): Step | undefined {
    const length = to - from;
    if (length > LONGEST || from + LONGEST > view.byteLength) {
      return undefined;
    }
    const step = this.find(hashOf(view, from, length), view, from, length, before.levels);
    if (step !== undefined) {
      before.link(step);
    }
    return step;
  }

  private find(hash: number, view: DataView, from: number, length: number, levels: Levels): Step | undefined {
    const home = hash & SLOTS - WAYS;
    for (let slot = home; slot < home + WAYS; slot++) {
      if (this.hashes[slot] === hash) {
        const step = this.steps[slot];
        const isIt = step !== undefined && step.length === length && step.isAt(view, from, view.byteLength) && isSame(levels, step.levels);
        return isIt ? step : undefined;
      }
    }
    return undefined;
  }

  /** Keeps a step that came before. */
  private learn(hash: number, view: DataView, from: number, length: number, levels: Levels, place: Place): Step | undefined {
    const home = hash & SLOTS - WAYS;
    let slot = home;
    while (slot < home + WAYS && this.hashes[slot] !== hash) {
      slot++;
    }
    if (slot === home + WAYS) {
      slot = home + (this.turn++ & WAYS - 1);
      this.hashes[slot] = hash;
      this.forget(slot);
      return undefined;
    }
    // The same text at other levels: those may be others each time.
    if (this.steps[slot] !== undefined && (++this.misses & PATIENCE - 1) !== 0) {
      return undefined;
    }
    const count = length + 3 >> 2;
    const words = Int32Array.from({ length: count }, (_, index) => view.getInt32(from + index * 4, true));
    const step = new Step(length, words, maskOf(length), copyOf(levels), place);
    this.forget(slot);
    this.steps[slot] = step;
    return step;
  }

  /** Steps that are forgotten may hold no others. */
  private forget(slot: number): void {
    const step = this.steps[slot];
    if (step !== undefined) {
      step.next = undefined;
      step.other = undefined;
      this.steps[slot] = undefined;
    }
  }
}

/** Which bits of the last word of a text are of it. */
function maskOf(length: number): number {
  return -1 >>> (-length & 3) * 8;
}

function hashOf(view: DataView, from: number, length: number): number {
  let hash = BASIS;
  let left = length;
  let at = from;
  for (; left > 4; left -= 4, at += 4) {
    hash = mix(hash, view.getInt32(at, true));
  }
  return mix(hash, view.getInt32(at, true) & maskOf(left));
}

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, PRIME);
  return product ^ product >>> 15;
}

function isSame(one: Levels, two: Levels): boolean {
  if (one.depth !== two.depth) {
    return false;
  }
  for (let level = 1; level <= one.depth; level++) {
    if (one.holders[level] !== two.holders[level] || one.isObject[level] !== two.isObject[level]) {
      return false;
    }
  }
  return true;
}

/** Whether items of no list differ by their index. */
function isSteady({ depth, isObject, holders }: Levels): boolean {
  for (let level = 1; level <= depth; level++) {
    if (isObject[level] === 0 && holders[level].indexed) {
      return false;
    }
  }
  return true;
}

function copyOf({ depth, isObject, holders }: Levels): Levels {
  return { depth, isObject: isObject.slice(0, depth + 1), holders: holders.slice(0, depth + 1) };
}
