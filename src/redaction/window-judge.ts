import { Spans } from './detect/spans';
import { DecodedText } from './format/decoded-text';
import { Format } from './format/format';
import { ValueJudge } from './format/reader';
import { OutputBuffer } from './output';

/** A judge of the values in a window that moves over the input. */
export interface WindowJudge extends ValueJudge {
  readonly labels: readonly string[];
  readonly counts: Float64Array;
  readonly output: OutputBuffer;
  format: Format;
  begin(bytes: Buffer, from: number, to: number, origin: number): void;
  finish(bytes: Buffer, from: number, to: number): void;
}

/** Knows of spans that are not found by looking at the bytes. */
export interface SpanSource {
  /**
   * Adds the spans in what is not decided of a text, whose raw offsets start at byte `origin` of the input. A span that goes on behind the
   * text is added with an end behind it; if it is the `last` part of the value, it ends with it.
   */
  add(spans: Spans, text: DecodedText, origin: number, last: boolean): void;
}
