/** Spans of bytes with a label, in arrays that grow: one object for millions of spans. */
export class Spans {
  count = 0;
  starts = new Int32Array(1024);
  ends = new Int32Array(1024);
  /** From where on each has to be looked for to be found again: its anchor may stand before it. */
  origins = new Int32Array(1024);
  labels = new Uint16Array(1024);

  add(start: number, end: number, label: number, origin = start): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(this.count * 2));
      this.ends = grown(this.ends, new Int32Array(this.count * 2));
      this.origins = grown(this.origins, new Int32Array(this.count * 2));
      const labels = new Uint16Array(this.count * 2);
      labels.set(this.labels);
      this.labels = labels;
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.origins[this.count] = Math.min(start, origin);
    this.labels[this.count++] = label;
  }

  /** Takes back what reaches beyond `limit`. Returns up to where it is decided then: all that was taken back is found again from there. */
  cut(limit: number, first = 0): number {
    let decided = limit;
    while (this.count > first && this.ends[this.count - 1] > decided) {
      this.count--;
      decided = Math.min(decided, this.origins[this.count]);
    }
    return decided;
  }
}

function grown(old: Int32Array, larger: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  larger.set(old);
  return larger;
}
