import { borderIn } from './border';
import { isFreeText } from './free-text';
import { Segment } from './segment';

export interface SegmentLimits {
  /** The bytes of a segment in UTF-8. */
  readonly bytes: number;
  /** How many bytes of a text that is longer are asked about twice at least, at the end of a segment and at the start of the next. */
  readonly overlap: number;
  /** How many bytes of the input may lie between the starts of the first and the last text of a segment: they are held until it is answered. */
  readonly reach: number;
  /** How many values a segment stands for: where each stands is kept until it is answered. */
  readonly values: number;
}

/**
 * `bytes` is the limit of DetectPiiEntities, read as the smaller of its two meanings. Few names and addresses are longer than `overlap`.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html
 */
export const SEGMENT_LIMITS: SegmentLimits = { bytes: 100_000, overlap: 1000, reach: 512 * 1024, values: 10_000 };

/**
 * Packs the texts of an input into segments. Where it cuts depends on the texts and where they stand, never on how they came: the same
 * input is asked about in the same way.
 */
export class Segmenter {
  private segment: Segment;
  /** The value that comes, or what is left of it. */
  private readonly bytes: Buffer;
  /** Where its bytes came from, from `start` on. */
  private readonly map: Uint32Array;
  private length = 0;
  private start = Infinity;
  private isPlain = true;

  constructor(private readonly ready: (segment: Segment) => void, private readonly limits: SegmentLimits = SEGMENT_LIMITS) {
    this.segment = new Segment(limits.bytes);
    this.bytes = Buffer.allocUnsafeSlow(limits.bytes);
    this.map = new Uint32Array(limits.bytes + 1);
  }

  /** Where the first text starts that is not in a segment that is ready. */
  get open(): number {
    return Math.min(this.segment.start, this.start);
  }

  /** Adds the next part of a value: `bytes[from, to)`, which came from byte `origin + map[i - from]` of the input, or `origin + i`. */
  add(bytes: Buffer, from: number, to: number, origin: number, map?: Uint32Array): void {
    for (let position = from; position < to;) {
      if (this.length === this.limits.bytes) {
        this.cut();
      }
      const count = Math.min(to - position, this.limits.bytes - this.length);
      const first = origin + (map?.[position - from] ?? position);
      this.start = this.length === 0 ? first : this.start;
      bytes.copy(this.bytes, this.length, position, position + count);
      for (let index = 0; index <= count; index++) {
        this.map[this.length + index] = origin + (map?.[position - from + index] ?? position + index) - this.start;
      }
      this.isPlain &&= this.map[this.length + count] === this.length + count;
      this.length += count;
      position += count;
    }
  }

  /** The value ended. */
  endValue(): void {
    if (this.length > 0) {
      this.place(this.length);
    }
    this.length = 0;
    this.start = Infinity;
    this.isPlain = true;
  }

  /** All that starts before byte `position` of the input was added. */
  passed(position: number): void {
    if (Math.min(position, this.start) - this.segment.start > this.limits.reach) {
      this.flush();
    }
  }

  end(): void {
    this.endValue();
    this.flush();
  }

  /** A value that is longer than a segment: makes one of what there is, and keeps some of it as the start of the next. */
  private cut(): void {
    const { bytes, map, length, limits: { overlap } } = this;
    const end = borderIn(bytes, length - (length >> 2), length - 1);
    const next = borderIn(bytes, end - 2 * overlap, end - overlap);
    this.flush();
    this.place(end);
    this.flush();
    bytes.copyWithin(0, next, length);
    const shift = map[next];
    for (let index = next; index <= length; index++) {
      map[index - next] = map[index] - shift;
    }
    this.start += shift;
    this.length = length - next;
    this.isPlain = map[this.length] === this.length;
  }

  /** Puts the first bytes of the value into the segment. */
  private place(length: number): void {
    const { bytes, start, isPlain } = this;
    if (!isFreeText(bytes, 0, length)) {
      return;
    }
    if (start - this.segment.start > this.limits.reach || this.segment.values === this.limits.values) {
      this.flush();
    }
    const place = { start, map: isPlain ? undefined : this.map.slice(0, length + 1) };
    if (!this.segment.add(bytes, length, place)) {
      this.flush();
      this.segment.add(bytes, length, place);
    }
  }

  private flush(): void {
    if (!this.segment.isEmpty) {
      this.ready(this.segment);
      this.segment = new Segment(this.limits.bytes);
    }
  }
}
