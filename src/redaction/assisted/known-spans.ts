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
  /** The judge does not come back to those before it. */
  private next = 0;

  learn(spans: readonly InputSpan[]): void {
    const added = spans.map(({ start, end, type }) => ({ start, end, label: typeNumber(type as PiiType) }));
    this.known = [...this.known.slice(this.next), ...added].sort((a, b) => a.start - b.start || b.end - a.end);
    this.next = 0;
  }

  add(spans: Spans, text: DecodedText, origin: number, last: boolean): void {
    const { known } = this;
    const from = origin + text.origin(text.from);
    const to = origin + text.origin(text.length);
    while (this.next < known.length && known[this.next].end <= from) {
      this.next++;
    }
    for (let index = this.next; index < known.length && known[index].start < to; index++) {
      const { start, end, label } = known[index];
      if (end > from) {
        const first = indexOf(text, Math.max(start, from) - origin);
        spans.add(first, end <= to ? indexOf(text, end - origin) : last ? text.length : text.length + 1, label);
      }
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
