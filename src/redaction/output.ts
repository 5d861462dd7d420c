import { Ballast } from './ballast';

/** What redacted bytes are written to. */
export interface Output {
  bytes(source: Uint8Array, from: number, to: number): void;
  /** All bytes of a view: the fastest way for what is written again and again. */
  view(source: DataView): void;
  fill(byte: number, count: number): void;
}

/** Calls into native code cost more than copying so few bytes, four at a time. */
const FEW = 256;

/** Bytes that grow, taken away as a whole. */
export class OutputBuffer implements Output {
  private buffer = Buffer.allocUnsafeSlow(0);
  private target = viewOf(this.buffer);
  private length = 0;
  private readonly ballast = new Ballast();
  /** Where most bytes come from. */
  private main: Uint8Array = this.buffer;
  private mainView = this.target;

  get size(): number {
    return this.length;
  }

  /** Says where most bytes come from. */
  from(source: Uint8Array): void {
    if (source !== this.main) {
      this.main = source;
      this.mainView = viewOf(source);
    }
  }

  bytes(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    this.reserve(count);
    if (count > FEW) {
      (source as Buffer).copy(this.buffer, this.length, from, to);
    } else if (source === this.main) {
      copy(this.mainView, from, to, this.target, this.length);
    } else {
      const { buffer, length } = this;
      for (let index = 0; index < count; index++) {
        buffer[length + index] = source[from + index];
      }
    }
    this.length += count;
  }

  view(source: DataView): void {
    const count = source.byteLength;
    this.reserve(count);
    copy(source, 0, count, this.target, this.length);
    this.length += count;
  }

  fill(byte: number, count: number): void {
    this.reserve(count);
    this.buffer.fill(byte, this.length, this.length + count);
    this.length += count;
  }

  /** Makes room for what is known to come. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.length + (this.length >> 1), 256));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
      this.target = viewOf(larger);
    }
  }

  take(): Buffer {
    const result = this.buffer.subarray(0, this.length);
    this.buffer = Buffer.allocUnsafeSlow(0);
    this.length = 0;
    this.ballast.add(result.length);
    return result;
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function copy(source: DataView, from: number, to: number, target: DataView, at: number): void {
  let read = from;
  let write = at;
  if (to - from < 4) {
    for (; read < to; read++, write++) {
      target.setUint8(write, source.getUint8(read));
    }
    return;
  }
  for (; read + 4 <= to; read += 4, write += 4) {
    target.setUint32(write, source.getUint32(read, true), true);
  }
  // The last four once more, in part: one write instead of up to three.
  target.setUint32(at + to - from - 4, source.getUint32(to - 4, true), true);
}
