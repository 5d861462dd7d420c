import { Escapes } from './reader';

/** How much of what was decoded before is kept as context of what follows. */
const KEPT = 1024;

/**
 * A part of a value with its escapes decoded, behind the end of the part before it. Without escapes it is the raw bytes themselves,
 * at the same offsets.
 */
export class DecodedText {
  bytes: Buffer = Buffer.alloc(0);
  /** Where each decoded byte from `from` on came from; undefined if bytes are the raw ones. */
  map: Uint32Array | undefined;
  /** The first byte that may be read. */
  low = 0;
  /** The first byte that is not decided; before it is context. */
  from = 0;
  length = 0;
  private own = Buffer.alloc(0);
  private ownMap = new Uint32Array(0);
  /** The decoded end of the parts before, -1 if this is the first part or the parts before had no escapes. */
  private kept = -1;

  /** Forgets the parts before: another value starts. */
  reset(): void {
    this.kept = -1;
  }

  /** Decodes `raw[from, to)`; `raw[start, from)` are the parts of the value before it if those had no escapes. Returns the length. */
  decode(raw: Buffer, start: number, from: number, to: number, last: boolean, escapes?: Escapes): number {
    if (escapes === undefined) {
      this.bytes = raw;
      this.map = undefined;
      this.low = start;
      this.from = from;
      this.length = to;
      return to;
    }
    const before = this.kept >= 0 ? this.kept : Math.min(KEPT, from - start);
    this.reserve(before + to - from + 1);
    if (this.kept < 0 && before > 0) {
      raw.copy(this.own, 0, from - before, from);
    }
    // Most values come in one part.
    const length = before === 0 ? escapes.decode(raw, from, to, last, this.own, this.ownMap)
      : escapes.decode(raw, from, to, last, this.own.subarray(before), this.ownMap.subarray(before));
    this.bytes = this.own;
    this.map = this.ownMap;
    this.low = 0;
    this.from = before;
    this.length = before + length;
    return this.length;
  }

  /** Decodes `raw[from, to)` together with what stands before it: for escapes that can be read from any byte on. */
  decodeAround(raw: Buffer, low: number, from: number, to: number, last: boolean, escapes: Escapes): void {
    const start = Math.max(low, from - KEPT);
    this.reserve(to - start + 1);
    this.length = escapes.decode(raw, start, to, last, this.own, this.ownMap);
    this.bytes = this.own;
    this.map = this.ownMap;
    this.low = 0;
    this.from = this.indexOf(from);
  }

  /** The start of the escape that the raw byte at `offset` is in, or else `offset`. */
  floor(offset: number): number {
    return this.origin(Math.max(this.indexOf(offset + 1) - 1, 0));
  }

  /** The first decoded byte that comes from `offset` or a byte behind it. */
  private indexOf(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (this.ownMap[middle] < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a byte stands in what `decodeAround` reads. */
  includes(byte: number): boolean {
    const { bytes, low, from, length } = this;
    return bytes.subarray(Math.max(low, from - KEPT), length).includes(byte);
  }

  /** Where the decoded byte at `index` came from. */
  origin(index: number): number {
    return this.map === undefined ? index : this.map[index];
  }

  /** Keeps what stands before `end` as context of the next part. */
  keep(end: number): void {
    if (this.map !== undefined) {
      const count = Math.min(KEPT, end);
      this.own.copyWithin(0, end - count, end);
      this.kept = count;
    }
  }

  private reserve(length: number): void {
    if (this.own.length < length) {
      const own = Buffer.allocUnsafeSlow(length * 2);
      this.own.copy(own);
      this.own = own;
      this.ownMap = new Uint32Array(length * 2);
    }
  }
}
