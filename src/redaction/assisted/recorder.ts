import { Segmenter } from './segmenter';
import { Field, NO_FIELD } from '../fields/field';
import { Format } from '../format/format';
import { Escapes } from '../format/reader';
import { OutputBuffer } from '../output';
import { WindowJudge } from '../window-judge';

const BLANK = 0x20;

/** Judges nothing: it hands on what the values say, but for those that are redacted as a whole. */
export class Recorder implements WindowJudge {
  readonly labels: readonly string[] = [];
  readonly counts = new Float64Array(0);
  readonly output = new OutputBuffer();
  format: Format = 'text';
  /** Up to where the input was read. */
  passed = 0;
  private origin = 0;
  private decoded = Buffer.alloc(0);
  private map = new Uint32Array(1);

  constructor(private readonly segmenter: Segmenter) {}

  begin(_bytes: Buffer, _from: number, _to: number, origin: number): void {
    this.origin = origin;
  }

  finish(_bytes: Buffer, _from: number, to: number): void {
    this.passed = this.origin + to;
    this.segmenter.passed(this.passed);
  }

  judge(bytes: Buffer, _start: number, from: number, to: number, last: boolean, { label }: Field, escapes?: Escapes): number {
    const end = label >= 0 ? to : escapes === undefined ? this.plain(bytes, from, to) : this.escaped(bytes, from, to, last, escapes);
    if (last) {
      this.segmenter.endValue();
    }
    return end;
  }

  judgeName(bytes: Buffer, from: number, to: number): boolean {
    this.judge(bytes, from, from, to, true, NO_FIELD);
    return false;
  }

  cleanUntil(from: number): number {
    return from;
  }

  judgeLiteral(): void {
    // A number, true, false or null.
  }

  private plain(bytes: Buffer, from: number, to: number): number {
    this.segmenter.add(bytes, from, to, this.origin);
    return to;
  }

  private escaped(bytes: Buffer, from: number, to: number, last: boolean, escapes: Escapes): number {
    if (this.decoded.length < to - from) {
      this.decoded = Buffer.allocUnsafeSlow((to - from) * 2);
      this.map = new Uint32Array((to - from) * 2 + 1);
    }
    const { decoded, map, origin } = this;
    const length = escapes.decode(bytes, from, to, last, decoded, map);
    for (let index = decoded.indexOf(0); index >= 0 && index < length; index = decoded.indexOf(0, index)) {
      decoded[index] = BLANK;
    }
    this.segmenter.add(decoded, 0, length, origin, map);
    return map[length];
  }
}
