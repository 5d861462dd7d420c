/** For so many bytes that are given away, so many elements of 8 bytes are made. */
const BYTES = 65_536;
const ELEMENTS = 6144;

/**
 * Makes V8 collect garbage as often as buffers are given away. Their bytes lie outside of its heap: it looks for those that nobody holds
 * any more when its heap is full, or 32 MiB of them are there, and redacting hardly fills the heap. So arrays do that are dropped at
 * once. They are small beside the bytes, and collecting often is cheap since next to nothing is alive.
 */
export class Ballast {
  private bytes = 0;
  private made = 0;

  /** Counts bytes that were given away. */
  add(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes >= BYTES) {
      this.bytes %= BYTES;
      this.made += new Array<number>(ELEMENTS).length;
    }
  }

  /** How many elements were made: what is never used would not be made at all. */
  get elements(): number {
    return this.made;
  }
}
