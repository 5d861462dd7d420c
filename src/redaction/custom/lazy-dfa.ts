import { BYTE_KINDS, ByteKind, holds } from './byte-kind';
import { Program, TooLarge } from './program';

/** An entry of the table that was not needed yet. */
export const UNKNOWN = -1;
/** The state that nothing leads out of. */
export const DEAD = 0;

/** In place of the number of a rule. */
export const NO_RULE = 0x3fffffff;

export interface DfaOptions {
  /** Reads from right to left. */
  readonly backward: boolean;
  /** A match may begin at any byte. */
  readonly unanchored: boolean;
  /** Rules from this number on are patterns; those before it are keywords. */
  readonly firstPattern: number;
  /** Numbers in its tables. */
  readonly limit: number;
}

/**
 * A deterministic state machine that is built as far as the bytes need it. States are offsets into `table`; the entry at
 * `state + classes[byte]` is the next state, or its complement (`~state`) if a match ended before that byte: conditions look at the byte
 * behind a match. `state + end` is for the end of the text.
 */
export class LazyDfa {
  readonly classes = new Uint8Array(256);
  /** The class of the end of the text. */
  readonly end: number;
  table = new Int32Array(0);

  private readonly width: number;
  private readonly examples: number[] = [];
  /** By state: the steps that wait for the next byte, what was read last, and the first keyword and pattern that matched before it. */
  private readonly waiting: Int32Array[] = [];
  private readonly lastKinds: ByteKind[] = [];
  private readonly keywords: number[] = [];
  private readonly patterns: number[] = [];
  private readonly known = new Map<string, number>();
  private readonly starts: number[] = [];
  private readonly seen: Uint32Array;
  private generation = 0;
  private held = 0;

  constructor(private readonly program: Program, private readonly options: DfaOptions) {
    this.end = this.classify();
    this.width = this.end + 1;
    this.seen = new Uint32Array(program.steps.length);
    this.stateOf([], ByteKind.BREAK, NO_RULE, NO_RULE);
    this.table.fill(DEAD, 0, this.width);
  }

  /** The state before the first byte. `kind` is that of the byte beyond it, on the other side. */
  start(kind: ByteKind): number {
    return this.starts[kind] ??= this.stateOf(this.closure([this.program.start]), kind, NO_RULE, NO_RULE);
  }

  /** The first keyword rule that matched before the last byte; NO_RULE if none. */
  keyword(state: number): number {
    return this.keywords[state / this.width];
  }

  /** The first pattern rule that matched before the last byte; NO_RULE if none. */
  pattern(state: number): number {
    return this.patterns[state / this.width];
  }

  /** The entry of the table, made if it is unknown. Throws TooLarge at the limit. */
  step(state: number, byteClass: number): number {
    const entry = this.table[state + byteClass];
    return entry === UNKNOWN ? this.make(state, byteClass) : entry;
  }

  private make(state: number, byteClass: number): number {
    const { steps } = this.program;
    const index = state / this.width;
    const byte = byteClass === this.end ? -1 : this.examples[byteClass];
    const kind = byte < 0 ? ByteKind.BREAK : BYTE_KINDS[byte];
    const [left, right] = this.options.backward ? [kind, this.lastKinds[index]] : [this.lastKinds[index], kind];
    const next: number[] = [];
    let keyword = NO_RULE;
    let pattern = NO_RULE;
    const pending = [...this.waiting[index]];
    this.generation++;
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      const step = steps[number];
      if (step.kind === 'byte') {
        if (byte >= step.low && byte <= step.high) {
          next.push(step.next);
        }
      } else if (step.kind === 'match') {
        keyword = step.rule < this.options.firstPattern ? Math.min(keyword, step.rule) : keyword;
        pattern = step.rule < this.options.firstPattern ? pattern : Math.min(pattern, step.rule);
      } else if (this.seen[number] !== this.generation) {
        this.seen[number] = this.generation;
        if (step.kind === 'fork') {
          pending.push(...step.next);
        } else if (holds(step.condition, left, right)) {
          pending.push(step.next);
        }
      }
    }
    if (this.options.unanchored) {
      next.push(this.program.start);
    }
    const target = this.stateOf(this.closure(next), kind, keyword, pattern);
    return this.table[state + byteClass] = keyword === NO_RULE && pattern === NO_RULE ? target : ~target;
  }

  /** Builds all states. Throws TooLarge if they are too many. */
  complete(): void {
    for (let kind = ByteKind.BREAK; kind <= ByteKind.OTHER; kind++) {
      this.start(kind);
    }
    for (let state = this.width; state < this.waiting.length * this.width; state += this.width) {
      for (let byteClass = 0; byteClass <= this.end; byteClass++) {
        this.step(state, byteClass);
      }
    }
  }

  /** Steps behind forks, sorted. */
  private closure(from: number[]): number[] {
    const { steps } = this.program;
    const reached: number[] = [];
    const pending = from;
    this.generation++;
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      if (this.seen[number] !== this.generation) {
        this.seen[number] = this.generation;
        const step = steps[number];
        if (step.kind === 'fork') {
          pending.push(...step.next);
        } else {
          reached.push(number);
        }
      }
    }
    return reached.sort((one, other) => one - other);
  }

  private stateOf(waiting: number[], kind: ByteKind, keyword: number, pattern: number): number {
    const asks = waiting.some(number => this.program.steps[number].kind === 'condition');
    const lastKind = asks ? kind : ByteKind.BREAK;
    const key = `${lastKind},${keyword},${pattern},${waiting.join()}`;
    const known = this.known.get(key);
    if (known !== undefined) {
      return known;
    }
    const state = this.waiting.length * this.width;
    this.held += waiting.length;
    if (state + this.width + this.held > this.options.limit) {
      throw new TooLarge();
    }
    this.waiting.push(Int32Array.from(waiting));
    this.lastKinds.push(lastKind);
    this.keywords.push(keyword);
    this.patterns.push(pattern);
    this.known.set(key, state);
    this.reserve(state + this.width);
    return state;
  }

  private reserve(length: number): void {
    if (length > this.table.length) {
      const larger = new Int32Array(Math.max(64 * this.width, 2 * length)).fill(UNKNOWN);
      larger.set(this.table);
      this.table = larger;
    }
  }

  /** Bytes that no step tells apart are of one class. */
  private classify(): number {
    const borders = new Set<number>();
    for (const step of this.program.steps) {
      if (step.kind === 'byte') {
        borders.add(step.low).add(step.high + 1);
      }
    }
    let current = -1;
    for (let byte = 0; byte < 256; byte++) {
      const isOfOtherKind = this.program.hasConditions && byte > 0 && BYTE_KINDS[byte] !== BYTE_KINDS[byte - 1];
      if (byte === 0 || borders.has(byte) || isOfOtherKind) {
        this.examples[++current] = byte;
      }
      this.classes[byte] = current;
    }
    return current + 1;
  }
}
