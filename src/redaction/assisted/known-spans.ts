import { InputSpan } from './segment';
import { Spans } from '../detect/spans';
import { DecodedText } from '../format/decoded-text';
import { typeNumber } from '../labels';
import { PiiType } from '../pii-type';
import { SpanSource } from '../window-judge';

interface KnownSpan {
  readonly start: number;
  readonly end: number;
  readonly label: number;
}

/** What was found in the input, for the judge that comes there. */
export class KnownSpans implements SpanSource {
  private known: KnownSpan[] = [];

  learn(spans: readonly InputSpan[]): void {
    const added = spans.map(({ start, end, type }) => ({ start, end, label: typeNumber(type as PiiType) }));
    this.known = [...this.known, ...added].sort((a, b) => a.start - b.start || b.end - a.end);
  }

  add(spans: Spans, text: DecodedText, origin: number, last: boolean): void {
    const from = origin + text.origin(text.from);
    const to = origin + text.origin(text.length);
    this.forget(from);
    for (const { start, end, label } of this.known) {
      if (start >= to) {
        break;
      }
      if (end > from) {
        const first = indexOf(text, Math.max(start, from) - origin);
        spans.add(first, end <= to ? indexOf(text, end - origin) : last ? text.length : text.length + 1, label);
      }
    }
  }

  /** The judge does not come back to what is before `position`. */
  private forget(position: number): void {
    const count = this.known.findIndex(({ end }) => end > position);
    if (count !== 0) {
      this.known.splice(0, count < 0 ? this.known.length : count);
    }
  }
}

/** The first byte of a text that comes from raw byte `offset` or one behind it. */
function indexOf({ map, from, length }: DecodedText, offset: number): number {
  if (map === undefined) {
    return offset;
  }
  let low = from;
  let high = length;
  while (low < high) {
    const middle = low + high >> 1;
    if (map[middle] < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
