/** Spans of bytes with a label, in arrays that grow: one object for millions of spans. */
export class Spans {
  count = 0;
  starts = new Int32Array(1024);
  ends = new Int32Array(1024);
  labels = new Uint16Array(1024);

  add(start: number, end: number, label: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(this.count * 2));
      this.ends = grown(this.ends, new Int32Array(this.count * 2));
      const labels = new Uint16Array(this.count * 2);
      labels.set(this.labels);
      this.labels = labels;
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.labels[this.count++] = label;
  }
}

function grown(old: Int32Array, larger: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  larger.set(old);
  return larger;
}
