import { PlainPrefilter, Prefilter, keywordHashes } from './prefilter';
import { PREFILTER_WASM } from './prefilter-wasm';

/** Where the module expects the bits of hashes, and the text; before them are the tables. */
const HASHES = 128;
const TEXT = 8192;
/** Zero bytes that the module may read behind the text. */
const PADDING = 192;
const PAGE = 65_536;
/** Calls into native code cost more than copying so few bytes or words one by one. */
const FEW = 64;
/** So few bytes are read one by one in less time than it takes to call the module. */
const SHORT = 24;
/** Keywords are told apart in eight groups. */
const GROUPS = 8;

/** What is used of WebAssembly: the types of Node.js do not tell of it. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly Instance: new (module: object, imports: object) => { readonly exports: { mark(length: number, out: number): void } };
  validate(bytes: Uint8Array): boolean;
}

const wasm = (globalThis as unknown as { WebAssembly?: Wasm }).WebAssembly;
const code = Buffer.from(PREFILTER_WASM, 'base64');
let compiled: object | undefined;

/** The prefilter with the SIMD instructions of WebAssembly; its module is wasm/prefilter.ts. */
export class SimdPrefilter implements Prefilter {
  private readonly memory;
  private readonly run: (length: number, out: number) => void;
  /** The memory, as bytes and as words. */
  private text: Uint8Array;
  private words: Uint32Array;
  private readonly plain: PlainPrefilter;

  constructor(keywords: readonly string[], { Module, Memory, Instance } = wasm!) {
    compiled ??= new Module(code);
    this.memory = new Memory({ initial: 8 });
    this.run = new Instance(compiled, { env: { memory: this.memory } }).exports.mark;
    this.text = new Uint8Array(this.memory.buffer);
    this.words = new Uint32Array(this.memory.buffer);
    this.text.set(tables(keywords), 0);
    const hashes = keywordHashes(keywords);
    hashes.forEach((isSet, hash) => this.text[HASHES + (hash >> 3)] |= isSet << (hash & 7));
    this.plain = new PlainPrefilter(hashes);
  }

  mark(bytes: Uint8Array, from: number, to: number, marks: Uint32Array): void {
    const length = to - from;
    if (length <= SHORT) {
      this.plain.mark(bytes, from, to, marks);
      return;
    }
    const end = TEXT + length;
    const out = end + PADDING + 7 & ~7;
    const count = length + 31 >> 5;
    this.reserve(out + count * 4 + 8);
    const { text, words } = this;
    if (length <= FEW) {
      for (let index = 0; index < length; index++) {
        text[TEXT + index] = bytes[from + index];
      }
    } else {
      (bytes as Buffer).copy(text, TEXT, from, to);
    }
    text.fill(0, end, end + PADDING);
    this.run(length, out);
    const first = out >> 2;
    if (count > FEW) {
      marks.set(words.subarray(first, first + count));
    } else {
      for (let index = 0; index < count; index++) {
        marks[index] = words[first + index];
      }
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

/** The fastest prefilter that this machine has. */
export function makePrefilter(keywords: readonly string[]): Prefilter {
  return wasm?.validate(code) === true ? new SimdPrefilter(keywords) : new PlainPrefilter(keywordHashes(keywords));
}

/** For each of three letters, which groups of keywords have it there. */
function tables(keywords: readonly string[]): Uint8Array {
  const result = new Uint8Array(3 * 32);
  const prefixes = [...new Set(keywords.map(word => word.slice(0, 3)))];
  // Words that have their second letter in common let through the fewest others.
  prefixes.sort((a, b) => a[1] + a < b[1] + b ? -1 : 1).forEach((prefix, index) => {
    const group = 1 << Math.floor(index * GROUPS / prefixes.length);
    for (let place = 0; place < 3; place++) {
      result[place * 32 + (prefix.charCodeAt(place) & 31)] |= group;
    }
  });
  return result;
}
