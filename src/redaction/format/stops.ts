import { STOPS_WASM } from './stops-wasm';

/** Where the module expects the text, and how many bytes behind it it may read. */
const TEXT = 1024;
const PADDING = 64;
const PAGE = 65_536;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of WebAssembly: the types of Node.js do not tell of it. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number }) => Memory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { mark(...numbers: number[]): void } };
  validate(bytes: Uint8Array): boolean;
}

const wasm = (globalThis as unknown as { WebAssembly?: Wasm }).WebAssembly;
const code = Buffer.from(STOPS_WASM, 'base64');

/** One memory for all: each would take gigabytes of addresses, and marks are copied out of it at once. */
let shared: SimdMemory | undefined;

/** Marks stops: bit `i % 32` of `marks[i / 32]` stands for `bytes[from + i]`. */
type Mark = (bytes: Buffer, from: number, to: number, marks: Uint32Array) => void;

/**
 * The bytes that a format reader stops at. They are marked for a whole window at once, since finding them one by one takes most of the
 * time of reading.
 */
export class Stops {
  private readonly mark: Mark;
  private marks = new Uint32Array(0);
  private origin = 0;
  private end = 0;
  /** The last word of the marks. */
  private last = -1;
  // Where `following` goes on: what is left of a word, and which that is.
  private bits = 0;
  private index = 0;

  /**
   * @param stops up to four bytes
   * @param below all bytes less than this stop, too
   */
  constructor(stops: readonly number[], below = 0, simd = wasm?.validate(code) === true) {
    this.mark = simd ? simdMark(stops, below) : plainMark(stops, below);
  }

  /** Marks the stops in `bytes[from, to)`. */
  prepare(bytes: Buffer, from: number, to: number): void {
    const words = to - from + 31 >> 5;
    if (this.marks.length < words + 1) {
      this.marks = new Uint32Array(words * 2 + 1);
    }
    this.mark(bytes, from, to, this.marks);
    this.origin = from;
    this.end = to;
    this.last = words - 1;
  }

  /** Goes to `from`: `following` goes on from there. */
  seek(from: number): void {
    const offset = from - this.origin;
    this.index = offset >> 5;
    this.bits = from < this.end ? this.marks[this.index] & -1 << (offset & 31) : 0;
  }

  /** The next stop, one after another; the end of what was marked if there is none. */
  following(): number {
    let { bits, index } = this;
    while (bits === 0) {
      if (++index > this.last) {
        return this.end;
      }
      bits = this.marks[index];
    }
    this.bits = bits & bits - 1;
    this.index = index;
    return this.origin + (index << 5) + 31 - Math.clz32(bits & -bits);
  }

  /** The first stop at `from` or after it; the end of what was marked if there is none. */
  next(from: number): number {
    const { marks, origin, end, last } = this;
    const offset = from - origin;
    if (from >= end) {
      return end;
    }
    let index = offset >> 5;
    let bits = marks[index] & -1 << (offset & 31);
    while (bits === 0) {
      if (++index > last) {
        return end;
      }
      bits = marks[index];
    }
    return origin + (index << 5) + 31 - Math.clz32(bits & -bits);
  }
}

/** Where WebAssembly has no SIMD instructions. */
function plainMark(stops: readonly number[], below: number): Mark {
  const isStop = Uint8Array.from({ length: 256 }, (_, byte) => byte < below || stops.includes(byte) ? 1 : 0);
  return (bytes, from, to, marks) => {
    marks.fill(0, 0, to - from + 31 >> 5);
    for (let index = from; index < to; index++) {
      marks[index - from >> 5] |= isStop[bytes[index]] << (index - from & 31);
    }
  };
}

function simdMark(stops: readonly number[], below: number): Mark {
  const memory = shared ??= new SimdMemory();
  return (bytes, from, to, marks) => memory.mark(bytes, from, to, marks, stops, below);
}

/** The text and its marks in the memory of WebAssembly. */
class SimdMemory {
  private readonly memory;
  private readonly run: (...numbers: number[]) => void;
  private text: Uint8Array;
  private words: Uint32Array;

  constructor({ Module, Memory, Instance } = wasm!) {
    this.memory = new Memory({ initial: 8 });
    this.run = new Instance(new Module(code), { env: { memory: this.memory } }).exports.mark;
    this.text = new Uint8Array(this.memory.buffer);
    this.words = new Uint32Array(this.memory.buffer);
  }

  mark(bytes: Buffer, from: number, to: number, marks: Uint32Array, stops: readonly number[], below: number): void {
    const [one, two = one, three = one, four = one] = stops;
    const length = to - from;
    const out = TEXT + length + PADDING + 7 & ~7;
    const count = length + 31 >> 5;
    this.reserve(out + (count + 2) * 4);
    bytes.copy(this.text, TEXT, from, to);
    this.run(length, out, one, two, three, four, below);
    const { words } = this;
    for (let index = 0, word = out >> 2; index < count; index++, word++) {
      marks[index] = words[word];
    }
    // What stands behind the text is marked, too.
    if ((length & 31) !== 0) {
      marks[count - 1] &= (1 << (length & 31)) - 1;
    }
  }

  private reserve(size: number): void {
    if (size > this.text.length) {
      this.memory.grow(Math.ceil((size - this.text.length) / PAGE));
      this.text = new Uint8Array(this.memory.buffer);
      this.words = new Uint32Array(this.memory.buffer);
    }
  }
}
