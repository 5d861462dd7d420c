import { Transform, TransformCallback } from 'stream';
import { StringDecoder } from 'string_decoder';
import { DiffLayout } from './diff-layout';
import { DiffLine } from './diff-line';

/** A value: how long it was, where its replacement starts in the output, and how long that is. */
interface Value {
  readonly length: number;
  readonly at: number;
  readonly written: number;
}

/** Lines before and after a change. */
const CONTEXT = 2;
/** A line with more is shown in parts. */
const VALUES_OF_A_PART = 64;

/**
 * Redacted bytes in, the changed lines side by side out. What stands between values goes through a redaction as it is, so where
 * values stood is all that has to be known of the input: its bytes never come here.
 */
export class Diff extends Transform {
  private readonly values: Value[] = [];
  /** How far the output is ahead of the input behind the last value that was told. */
  private lead = 0;
  /** Bytes of the output that are in lines. */
  private position = 0;
  private replacement = Buffer.alloc(0);
  private decoder = new StringDecoder('utf8');

  private line: DiffLine;
  /** Lines that are shown if a change follows. */
  private readonly before: DiffLine[] = [];
  /** How many of the next lines are shown because of the last change. */
  private after = 0;
  private lastShown = 0;

  constructor(private readonly title: string, private readonly layout: DiffLayout) {
    super();
    this.line = this.newLine(1);
  }

  /**
   * Tells of the next value, before its replacement comes.
   * @param start where it is in the input
   * @param written the length of its replacement
   */
  expect(start: number, end: number, written: number): void {
    this.values.push({ length: end - start, at: start + this.lead, written });
    this.lead += written - (end - start);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let rest = this.takeUnchanged(chunk);
    while (this.values[0]?.at === this.position) {
      const [value] = this.values;
      const length = Math.min(value.written - this.replacement.length, rest.length);
      this.replacement = Buffer.concat([this.replacement, rest.subarray(0, length)]);
      if (this.replacement.length < value.written) {
        break;
      }
      this.takeValue(value);
      rest = this.takeUnchanged(rest.subarray(length));
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    if (!this.line.isEmpty) {
      this.endLine();
    }
    done();
  }

  /** @returns what is left: it starts with the next value */
  private takeUnchanged(bytes: Buffer): Buffer {
    const [next] = this.values;
    const length = next === undefined ? bytes.length : Math.min(next.at - this.position, bytes.length);
    this.decoder.write(bytes.subarray(0, length)).split('\n').forEach((text, index) => {
      if (index > 0) {
        this.endLine();
      }
      this.line.addUnchanged(text);
    });
    this.position += length;
    return bytes.subarray(length);
  }

  private takeValue({ length, written }: Value): void {
    this.line.addValue(length, this.replacement.toString());
    this.position += written;
    this.replacement = Buffer.alloc(0);
    this.values.shift();
    if (this.line.values === VALUES_OF_A_PART) {
      this.show(this.line);
      this.line = this.newLine(this.line.number);
    }
  }

  private endLine(): void {
    const { line } = this;
    this.line = this.newLine(line.number + 1);
    if (line.values > 0) {
      this.show(line);
    } else if (this.after > 0) {
      this.after--;
      this.showContext(line);
    } else {
      this.before.push(line);
      this.before.splice(0, this.before.length - CONTEXT);
    }
  }

  private show(line: DiffLine): void {
    const first = this.before[0] ?? line;
    if (this.lastShown === 0) {
      this.push(this.layout.title(this.title));
    } else if (first.number > this.lastShown + 1) {
      this.push(this.layout.gap());
    }
    this.before.splice(0).forEach(other => this.showContext(other));
    this.push(this.layout.changed(line.number, line.pieces));
    this.lastShown = line.number;
    this.after = CONTEXT;
  }

  private showContext(line: DiffLine): void {
    this.push(this.layout.context(line.number, line.pieces));
    this.lastShown = line.number;
  }

  private newLine(number: number): DiffLine {
    return new DiffLine(number, this.layout.width);
  }
}
