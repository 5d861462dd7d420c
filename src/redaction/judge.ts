import { CustomMatcher } from './custom/custom-matcher';
import { BLANK, CLASS, HEX } from './detect/bytes';
import { makeScanner } from './detect/detect';
import { LOOK_AHEAD, LOOK_BEHIND, MAX_TOKEN } from './detect/recognizer';
import { Scanner } from './detect/scanner';
import { Spans } from './detect/spans';
import { RedactionError } from './errors';
import { Field, NO_FIELD } from './fields/field';
import { DecodedText } from './format/decoded-text';
import { Format } from './format/format';
import { FORM_ESCAPES, PERCENT, PERCENT_ESCAPES, PLUS } from './format/percent';
import { Escapes } from './format/reader';
import { labelsOf } from './labels';
import { Masker } from './masking/masker';
import { OutputBuffer, Text } from './output';
import { RuleSet } from './rule-set';
import { SpanSource, WindowJudge } from './window-judge';

/** Called for what is replaced: where it stood in the decompressed input, under which label, and how many bytes were written instead. */
export type OnSpan = (start: number, end: number, label: string, written: number) => void;

/** Room for some more. */
const SLACK = 256;
const MOST_GROWTH = 4;

/** `true`, `false` and `null`, which says nothing. */
const LETTER_T = 0x74;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;

const QUOTE = 0x22;
const DASH = 0x2d;
const QUESTION = 0x3f;
const BRACKET = 0x5d;
const UNDERSCORE = 0x5f;
const GREATER = 0x3e;

/** Judges the values that a format reader finds, and writes what goes out. */
export class Judge implements WindowJudge {
  readonly labels: readonly string[];
  readonly counts: Float64Array;
  readonly output = new OutputBuffer();
  private readonly scanner: Scanner;
  private readonly innerScanner: Scanner;
  private readonly custom: CustomMatcher;
  private readonly masker: Masker;
  /** What is written for values of each label, if it is always the same. */
  private readonly texts: readonly (Text | undefined)[];
  private readonly spans = new Spans();
  private readonly merged = new Spans();
  private readonly decoded = new DecodedText();
  private readonly percent = new DecodedText();
  /** Bytes before it went out, or were replaced. */
  private written = 0;
  /** How much larger the output was than the input of the last window: what is made room for. */
  private growth = 1;
  /** Where the window starts in the input. */
  private origin = 0;
  format: Format = 'text';
  /** A value that is redacted as a whole, and whose mask went out already. */
  private swallowing = false;

  /** Whether only the scanner finds values. */
  private readonly isAlone: boolean;

  constructor(rules: RuleSet, hashKey?: Uint8Array, private readonly onSpan?: OnSpan, private readonly others?: SpanSource) {
    this.labels = labelsOf(rules);
    this.counts = new Float64Array(this.labels.length);
    this.scanner = makeScanner(rules.types);
    this.innerScanner = makeScanner(rules.types);
    this.custom = new CustomMatcher(rules, name => this.labels.indexOf(name));
    this.isAlone = !this.custom.active && others === undefined;
    this.masker = new Masker(rules, hashKey);
    this.texts = this.labels.map((_, label) => this.masker.textOf(label));
  }

  /** Begins with a window of which `bytes[from, to)` is to be judged; its first byte is byte `origin` of the input. */
  begin(bytes: Buffer, from: number, to: number, origin: number): void {
    this.scanner.prepare(bytes, from, to);
    this.output.from(bytes);
    this.written = from;
    this.origin = origin;
    this.output.reserve(Math.ceil((to - from) * this.growth) + SLACK);
  }

  /** Writes what was left as it is, up to `to`. */
  finish(bytes: Buffer, from: number, to: number): void {
    this.output.bytes(bytes, this.written, to);
    this.written = to;
    if (to > from) {
      this.growth = Math.min(MOST_GROWTH, this.output.size / (to - from));
    }
  }

  judge(bytes: Buffer, start: number, from: number, to: number, last: boolean, field: Field, escapes?: Escapes): number {
    if (field.label >= 0) {
      const text = this.texts[field.label];
      return text !== undefined && last && escapes === undefined && !this.swallowing
        ? this.cover(bytes, from, to, field.label, text)
        : this.whole(bytes, from, to, last, field.label, escapes);
    }
    if (escapes !== undefined || !this.isAlone) {
      return this.layers(bytes, start, from, to, last, field, escapes);
    }
    if (last && this.scanner.nextAnchor(from) >= to) {
      return to;
    }
    if (!last && start === from && to - from < LOOK_AHEAD) {
      return from;
    }
    const { spans, scanner } = this;
    spans.count = 0;
    const end = scanner.scan(bytes, start, from, to, last, field, spans);
    if (scanner.sawPercent || hasPercent(bytes, start, from)) {
      this.decoded.decode(bytes, start, from, to, last);
      return this.percentLayers(scanner, bytes, start, to, last, field, end);
    }
    for (let index = 0; index < spans.count; index++) {
      const spanStart = spans.starts[index];
      const spanEnd = spans.ends[index];
      const label = spans.labels[index];
      const text = this.texts[label];
      if (text !== undefined) {
        this.cover(bytes, spanStart, spanEnd, label, text);
      } else {
        this.replace(bytes, spanStart, spanEnd, label, start, to, bytes, spanStart, spanEnd, undefined);
      }
    }
    return end;
  }

  judgeName(bytes: Buffer, from: number, to: number): boolean {
    const { written } = this;
    this.judge(bytes, from, from, to, true, NO_FIELD);
    return this.others === undefined && this.written === written;
  }

  cleanUntil(from: number): number {
    return this.isAlone ? this.scanner.nextAnchor(from) : from;
  }

  judgeLiteral(bytes: Buffer, from: number, to: number, field: Field): void {
    const first = bytes[from];
    if (first === LETTER_N) {
      return;
    }
    let label = (first === LETTER_T || first === LETTER_F ? field.booleans : field.numbers) ? field.label : -1;
    if (label < 0) {
      const { spans, scanner, custom } = this;
      spans.count = 0;
      if (scanner.nextAnchor(from) < to) {
        scanner.scan(bytes, from, from, to, true, field, spans);
      }
      if (spans.count === 0 && custom.active) {
        custom.find(bytes, from, from, to, to, true, (start, end, name) => spans.add(start, end, name));
      }
      if (spans.count === 0) {
        return;
      }
      label = spans.labels[0];
    }
    this.output.bytes(bytes, this.written, from);
    const before = this.output.size;
    if (this.masker.literal(this.output, label, bytes, from, to)) {
      this.counts[label]++;
      this.onSpan?.(this.origin + from, this.origin + to, this.labels[label], this.output.size - before);
    }
    this.written = to;
  }

  /** A value that is redacted by the name of its field. */
  private whole(bytes: Buffer, from: number, to: number, last: boolean, label: number, escapes?: Escapes): number {
    if (this.swallowing) {
      this.onSpan?.(this.origin + from, this.origin + to, this.labels[label], 0);
      this.written = to;
      this.swallowing = !last;
      return to;
    }
    if (!last) {
      if (to - from < MAX_TOKEN) {
        return from;
      }
      if (!this.masker.isConstant(label)) {
        throw new RedactionError('OVERSIZED', `the value of a field is longer than ${MAX_TOKEN} bytes: use the mask typeName or remove for it`);
      }
    }
    if (to > from) {
      const { decoded } = this;
      decoded.reset();
      const length = decoded.decode(bytes, from, from, to, true, last ? escapes : undefined);
      this.replace(bytes, from, to, label, from, to, decoded.bytes, decoded.from, length, decoded.map);
    }
    this.swallowing = !last;
    return to;
  }

  /** The same for a mask that is always one text: nothing of the value is read. */
  private cover(bytes: Buffer, from: number, to: number, label: number, text: Text): number {
    if (to > from) {
      const { output } = this;
      output.bytes(bytes, this.written, from);
      const before = output.size;
      output.text(text);
      if (this.format === 'xml') {
        this.keepApart(bytes, from, to, from, to, true);
      }
      this.counts[label]++;
      this.written = to;
      this.onSpan?.(this.origin + from, this.origin + to, this.labels[label], output.size - before);
    }
    return to;
  }

  /** A value with escapes: what it says is judged, and what it says once percent-encoding in it is decoded, too. */
  private layers(bytes: Buffer, start: number, from: number, to: number, last: boolean, field: Field, escapes?: Escapes): number {
    if (!last && start === from && to - from < LOOK_AHEAD) {
      return from;
    }
    const { spans, decoded } = this;
    spans.count = 0;
    decoded.decode(bytes, start, from, to, last, escapes);
    // What is not escaped was prepared with its window.
    const scanner = escapes === undefined ? this.scanner : this.innerScanner;
    if (escapes === undefined) {
      scanner.rewind(from);
    } else {
      scanner.prepare(decoded.bytes, decoded.from, decoded.length);
      if (last && start === from && this.isAlone && scanner.nextAnchor(decoded.from) >= decoded.length) {
        return to;
      }
    }
    return this.percentLayers(scanner, bytes, start, to, last, field, this.scanLayer(scanner, decoded, last, field, false));
  }

  /** Adds what stands in percent-encoding to the spans of a value that was scanned, and replaces them all. Returns up to where it is decided. */
  private percentLayers(scanner: Scanner, bytes: Buffer, start: number, to: number, last: boolean, field: Field, scanned: number): number {
    const { spans, decoded } = this;
    let end = scanned;
    if (scanner.sawPercent || hasPercent(decoded.bytes, decoded.low, decoded.from)) {
      end = this.percentLayer(PERCENT_ESCAPES, last, field, end);
      // Without a plus it says the same as the data of a form.
      end = decoded.includes(PLUS) ? Math.min(end, this.percentLayer(FORM_ESCAPES, last, field, end)) : end;
    }
    this.others?.add(spans, decoded, this.origin, last);
    this.merge();
    const { merged } = this;
    end = last ? end : merged.cut(end);
    for (let index = 0; index < merged.count; index++) {
      const first = merged.starts[index];
      const behind = merged.ends[index];
      this.replace(bytes, decoded.origin(first), decoded.origin(behind), merged.labels[index], start, to, decoded.bytes, first, behind, decoded.map);
    }
    const result = last ? to : decoded.origin(end);
    if (last) {
      decoded.reset();
    } else {
      decoded.keep(end);
    }
    return result;
  }

  /** Adds the spans of what was decoded, with percent-encoding decoded as well. Returns up to where it is decided, at most `end`. */
  private percentLayer(escapes: Escapes, last: boolean, field: Field, end: number): number {
    const { spans, decoded, percent } = this;
    percent.decodeAround(decoded.bytes, decoded.low, decoded.from, decoded.length, last, escapes);
    const before = spans.count;
    this.innerScanner.prepare(percent.bytes, percent.from, percent.length);
    const inner = this.scanLayer(this.innerScanner, percent, last, field, true);
    // From percent-decoded bytes back to decoded ones.
    for (let index = before; index < spans.count; index++) {
      spans.starts[index] = percent.origin(spans.starts[index]);
      spans.ends[index] = percent.origin(spans.ends[index]);
      spans.origins[index] = percent.origin(spans.origins[index]);
    }
    return percent.floor(Math.min(end, percent.origin(inner)));
  }

  /** Adds the spans of a layer; if `escapedOnly`, those with an escape in them or in their context. Returns up to where it is decided. */
  private scanLayer(scanner: Scanner, text: DecodedText, last: boolean, field: Field, escapedOnly: boolean): number {
    const { spans, custom } = this;
    const before = spans.count;
    const end = scanner.scan(text.bytes, text.low, text.from, text.length, last, field, spans);
    if (custom.active) {
      custom.find(text.bytes, text.low, text.from, end, text.length, last, (start, stop, label) => spans.add(start, stop, label));
    }
    if (escapedOnly) {
      let kept = before;
      for (let index = before; index < spans.count; index++) {
        const first = Math.max(0, spans.origins[index] - LOOK_BEHIND);
        if (text.origin(spans.ends[index]) - text.origin(first) !== spans.ends[index] - first) {
          spans.starts[kept] = spans.starts[index];
          spans.ends[kept] = spans.ends[index];
          spans.origins[kept] = spans.origins[index];
          spans.labels[kept++] = spans.labels[index];
        }
      }
      spans.count = kept;
    }
    return end;
  }

  /** Sorts and joins the spans into `merged`. */
  private merge(): void {
    const { spans, merged } = this;
    merged.count = 0;
    if (spans.count === 0) {
      return;
    }
    const order = Array.from({ length: spans.count }, (_, index) => index)
      .sort((a, b) => spans.starts[a] - spans.starts[b] || spans.ends[b] - spans.ends[a] || spans.labels[a] - spans.labels[b]);
    for (const index of order) {
      const previous = merged.count - 1;
      if (previous >= 0 && spans.starts[index] < merged.ends[previous]) {
        merged.ends[previous] = Math.max(merged.ends[previous], spans.ends[index]);
        merged.origins[previous] = Math.min(merged.origins[previous], spans.origins[index]);
      } else {
        merged.add(spans.starts[index], spans.ends[index], spans.labels[index], spans.origins[index]);
      }
    }
  }

  /** Writes a byte between a mask and what follows, or in place of a value that was removed, where both would be read as structure. */
  private keepApart(raw: Buffer, from: number, to: number, valueStart: number, valueEnd: number, isMasked: boolean): void {
    if (isMasked) {
      // `[EMAIL]` before `]>` would be `]]>`.
      if (this.format === 'xml' && raw[to] === BRACKET && raw[to + 1] === GREATER) {
        this.output.fill(BLANK, 1);
      }
    } else if (joins(this.format, raw, from, to, valueStart, valueEnd)) {
      this.output.fill(UNDERSCORE, 1);
    }
  }

  private replace(
    raw: Buffer, from: number, to: number, label: number, valueStart: number, valueEnd: number,
    decoded: Uint8Array, decodedFrom: number, decodedTo: number, map: Uint32Array | undefined,
  ): void {
    const { output } = this;
    output.bytes(raw, this.written, from);
    const before = output.size;
    this.masker.replace(output, label, raw, from, to, decoded, decodedFrom, decodedTo, map);
    this.keepApart(raw, from, to, valueStart, valueEnd, output.size > before);
    this.counts[label]++;
    this.written = to;
    this.onSpan?.(this.origin + from, this.origin + to, this.labels[label], output.size - before);
  }
}

/** Whether what is left of a value would be structure: a quote at its start in CSV; in XML, one of the bytes that end sections together. */
function joins(format: Format, raw: Buffer, from: number, to: number, valueStart: number, valueEnd: number): boolean {
  const next = to < valueEnd ? raw[to] : 0;
  if (format !== 'xml') {
    return format !== 'text' && next === QUOTE && from === valueStart;
  }
  const before = from > valueStart ? raw[from - 1] : 0;
  return next === DASH || next === BRACKET || next === GREATER || before === DASH || before === BRACKET || before === QUESTION;
}

/** Whether percent-encoding may stand in the context of what is to be judged. */
function hasPercent(bytes: Buffer, low: number, from: number): boolean {
  for (let position = from - 1; position >= Math.max(low, from - 3 * LOOK_BEHIND); position--) {
    if (bytes[position] === PERCENT && (CLASS[bytes[position + 1]] & CLASS[bytes[position + 2]] & HEX) !== 0) {
      return true;
    }
  }
  return false;
}