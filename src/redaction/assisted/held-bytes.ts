/** Bytes that wait, in the order in which they came. */
export class HeldBytes {
  private readonly chunks: Buffer[] = [];
  /** Where the first one stands in the input. */
  private start = 0;

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  /** Takes what stands before byte `end` of the input. */
  takeUpTo(end: number): Buffer[] {
    const taken: Buffer[] = [];
    while (this.chunks.length > 0 && this.start < end) {
      const chunk = this.chunks[0];
      const count = Math.min(chunk.length, end - this.start);
      taken.push(chunk.subarray(0, count));
      this.start += count;
      if (count === chunk.length) {
        this.chunks.shift();
      } else {
        this.chunks[0] = chunk.subarray(count);
      }
    }
    return taken;
  }
}
