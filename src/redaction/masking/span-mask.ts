import { Output, Text } from '../output';

/** Writes what stands in place of values of one label. All of it is plain ASCII that no format has to escape. */
export interface SpanMask {
  /** Whether what is written is the same for all values. */
  readonly constant: boolean;
  /** What that is, unless it is nothing. */
  readonly text?: Text;

  /**
   * Replaces `raw[rawFrom, rawTo)`, whose escapes decode to `decoded[decodedFrom, decodedTo)`.
   * @param map where each decoded byte came from in `raw`; undefined if there are no escapes, so that bytes differ by their offset only
   */
  replace(
    out: Output, raw: Uint8Array, rawFrom: number, rawTo: number,
    decoded: Uint8Array, decodedFrom: number, decodedTo: number, map: Uint32Array | undefined,
  ): void;

  /** Replaces a number of JSON, so that it stays JSON. */
  replaceNumber(out: Output, raw: Uint8Array, from: number, to: number): void;

  /** Replaces `true` or `false` of JSON, so that it stays JSON. */
  replaceBoolean(out: Output, length: number): void;
}

const NULL = Buffer.from('null');

/** Writes JSON's `null`. */
export function writeNull(out: Output): void {
  out.bytes(NULL, 0, NULL.length);
}
