import { Ballast } from './ballast';

/** What redacted bytes are written to. */
export interface Output {
  bytes(source: Uint8Array, from: number, to: number): void;
  text(text: Text): void;
  fill(byte: number, count: number): void;
}

/** What is written again and again: its bytes as words, the last of which may be filled up with zeros. */
export interface Text {
  readonly words: Int32Array;
  readonly length: number;
}

export function textOf(written: string): Text {
  const bytes = Buffer.from(written);
  const view = viewOf(Buffer.concat([bytes, Buffer.alloc(-bytes.length & WORD - 1)]));
  return { words: Int32Array.from({ length: view.byteLength / WORD }, (_, index) => view.getInt32(index * WORD, true)), length: bytes.length };
}

const WORD = 4;

/** Calls into native code cost more than copying so few bytes, a word at a time. */
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
    } else if (source === this.main && to + WORD <= this.mainView.byteLength) {
      copy(this.mainView, from, to, this.target, this.length);
    } else {
      const { buffer, length } = this;
      for (let index = 0; index < count; index++) {
        buffer[length + index] = source[from + index];
      }
    }
    this.length += count;
  }

  text({ words, length }: Text): void {
    this.reserve(length);
    const { target } = this;
    let at = this.length;
    for (let index = 0; index < words.length; index++, at += WORD) {
      target.setInt32(at, words[index], true);
    }
    this.length += length;
  }

  fill(byte: number, count: number): void {
    this.reserve(count);
    this.buffer.fill(byte, this.length, this.length + count);
    this.length += count;
  }

  /** Makes room for what is known to come, and for a word that is written in part. */
  reserve(count: number): void {
    const needed = this.length + count + WORD;
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

/** Copies whole words: up to three bytes more, which what is written next writes over. */
function copy(source: DataView, from: number, to: number, target: DataView, at: number): void {
  for (let read = from, write = at; read < to; read += WORD, write += WORD) {
    target.setInt32(write, source.getInt32(read, true), true);
  }
}
