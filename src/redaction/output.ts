/** What redacted bytes are written to. */
export interface Output {
  bytes(source: Uint8Array, from: number, to: number): void;
  fill(byte: number, count: number): void;
}

/** Calls into native code cost more than copying so few bytes one by one. */
const FEW = 48;

/** Bytes that grow, taken away as a whole. */
export class OutputBuffer implements Output {
  private buffer = Buffer.allocUnsafeSlow(0);
  private length = 0;

  get size(): number {
    return this.length;
  }

  bytes(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    this.reserve(count);
    const { buffer } = this;
    let { length } = this;
    if (count <= FEW) {
      for (let index = from; index < to; index++) {
        buffer[length++] = source[index];
      }
    } else {
      (source as Buffer).copy(buffer, length, from, to);
    }
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
    }
  }

  take(): Buffer {
    const result = this.buffer.subarray(0, this.length);
    this.buffer = Buffer.allocUnsafeSlow(0);
    this.length = 0;
    return result;
  }
}
