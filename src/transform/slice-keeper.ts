import { ByteRange, Slice } from './byte-range';

/** Keeps the bytes of a range while all bytes go by, if they are few, so that they need not be asked for again. */
export class SliceKeeper {
  private readonly kept: Buffer[] = [];
  /** Of `kept`. */
  private length = 0;
  private total = 0;
  private isTooLong = false;

  /** @param limit how many bytes are kept, and a chunk more */
  constructor(private readonly range: ByteRange, private readonly limit: number) {}

  /** How many bytes went by. */
  get bytes(): number {
    return this.total;
  }

  take(chunk: Buffer): void {
    const { range, total } = this;
    this.total += chunk.length;
    if (!this.isTooLong) {
      this.keep('suffix' in range ? chunk : chunk.subarray(Math.max(0, range.first - total), Math.max(0, range.last + 1 - total)));
    }
  }

  /** The bytes of a slice that the range is; undefined if they were too many. */
  slice({ from, to }: Slice): Buffer | undefined {
    const bytes = Buffer.concat(this.kept);
    return this.isTooLong ? undefined : bytes.subarray('suffix' in this.range ? bytes.length - (to - from) : 0);
  }

  private keep(chunk: Buffer): void {
    if (chunk.length === 0) {
      return;
    }
    this.kept.push(chunk);
    this.length += chunk.length;
    if ('suffix' in this.range) {
      while (this.kept.length > 0 && this.length - this.kept[0].length >= this.range.suffix) {
        this.length -= this.kept.shift()!.length;
      }
    }
    if (this.length > this.limit && !('suffix' in this.range && this.range.suffix <= this.limit)) {
      this.isTooLong = true;
      this.kept.length = 0;
    }
  }
}
