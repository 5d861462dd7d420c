import { Entity } from './detector';
import { RedactionError } from '../errors';

/** Where a text stands in the input: its byte i came from byte `start + map[i]`, or `start + i` without a map. */
export interface Place {
  readonly start: number;
  /** One longer than the text: the last is where it ends. */
  readonly map?: Uint32Array;
}

/** A span of the input, in bytes. */
export interface InputSpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly places: Place[];
}

const LINE_FEED = 0x0a;
/** Longer texts are rarely the same. */
const MOST_REMEMBERED = 256;

/** Texts that are asked about together, each on lines of its own. The same short text is asked about once. */
export class Segment {
  /** Where the first of its texts starts in the input. */
  start = Infinity;
  /** How many values it stands for. */
  values = 0;
  private bytes: Buffer;
  private length = 0;
  private readonly pieces: Piece[] = [];
  private readonly known = new Map<string, Piece>();

  constructor(private readonly mostBytes: number) {
    this.bytes = Buffer.allocUnsafe(Math.min(mostBytes, 4096));
  }

  get isEmpty(): boolean {
    return this.pieces.length === 0;
  }

  get text(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }

  /** Adds `bytes[0, length)`, which stands at `place`. Returns whether there was room. */
  add(bytes: Buffer, length: number, place: Place): boolean {
    const name = length <= MOST_REMEMBERED ? bytes.toString('latin1', 0, length) : undefined;
    const same = name === undefined ? undefined : this.known.get(name);
    if (same !== undefined) {
      same.places.push(place);
      this.values++;
      return true;
    }
    const from = this.isEmpty ? 0 : this.length + 1;
    const to = from + length;
    if (to > this.mostBytes) {
      return false;
    }
    this.reserve(to);
    this.bytes[this.length] = LINE_FEED;
    bytes.copy(this.bytes, from, 0, length);
    this.length = to;
    const piece = { from, to, places: [place] };
    this.pieces.push(piece);
    this.values++;
    this.start = Math.min(this.start, place.start);
    if (name !== undefined) {
      this.known.set(name, piece);
    }
    return true;
  }

  /**
   * Where the entities stand in the input, those that are wanted. One that reaches over several texts is in each of them.
   * @throws RedactionError if one cannot be right, wanted or not
   */
  spansOf(entities: readonly Entity[], isWanted: (entity: Entity) => boolean): InputSpan[] {
    const offsets = this.codePoints();
    return entities.flatMap(entity => {
      const { start, end, type } = entity;
      if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end >= offsets.length || typeof type !== 'string') {
        throw new RedactionError('DETECTION_FAILED', 'the detector found something outside of the text that it was asked about, or of no type: try again');
      }
      return isWanted(entity) ? this.spansIn(offsets[start], offsets[end], type) : [];
    });
  }

  private spansIn(from: number, to: number, type: string): InputSpan[] {
    const spans: InputSpan[] = [];
    for (let index = this.pieceAt(from); index < this.pieces.length && this.pieces[index].from < to; index++) {
      const piece = this.pieces[index];
      const first = Math.max(from, piece.from) - piece.from;
      const behind = Math.min(to, piece.to) - piece.from;
      if (behind > first) {
        for (const { start, map } of piece.places) {
          spans.push({ start: start + (map?.[first] ?? first), end: start + (map?.[behind] ?? behind), type });
        }
      }
    }
    return spans;
  }

  /** The first piece that ends behind `offset`. */
  private pieceAt(offset: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (this.pieces[middle].to > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Where each character starts, and where the last one ends. */
  private codePoints(): Uint32Array {
    const offsets = new Uint32Array(this.length + 1);
    let count = 0;
    for (let offset = 0; offset < this.length; offset++) {
      if ((this.bytes[offset] & 0xc0) !== 0x80) {
        offsets[count++] = offset;
      }
    }
    offsets[count++] = this.length;
    return offsets.subarray(0, count);
  }

  private reserve(length: number): void {
    if (length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.mostBytes, Math.max(length, this.bytes.length * 2)));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
  }
}
