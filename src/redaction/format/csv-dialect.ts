import { QUOTE } from './csv-quotes';
import { MAX_TOKEN } from '../detect/recognizer';
import { RedactionError } from '../errors';

const SEPARATORS = [',', ';', '\t', '|'].map(separator => separator.charCodeAt(0));
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Before a cell, in one without quotes, in one with them, and after its second quote, which may be the first half of two. */
enum State { CELL, PLAIN, QUOTED, CLOSED }

/** The first record of a file. */
export interface FirstRecord {
  /** What separates its cells: what stands most often between them. */
  readonly separator: number;
  /** Where it starts: after empty lines, and after a line such as `sep=;`, which spreadsheets write. */
  readonly start: number;
}

/**
 * Reads ahead to the end of the first record.
 *
 * @param told the separator, if it is known
 * @returns undefined if the record is not complete
 */
export function firstRecord(bytes: Uint8Array, from: number, to: number, last: boolean, told?: number): FirstRecord | undefined {
  let start = from;
  while (start < to && (bytes[start] === LINE_FEED || bytes[start] === CARRIAGE_RETURN)) {
    start++;
  }
  const separator = separatorLine(bytes, start, to);
  if (separator !== undefined) {
    start += 'sep=;'.length;
    while (start < to && (bytes[start] === LINE_FEED || bytes[start] === CARRIAGE_RETURN)) {
      start++;
    }
  }
  const counts = SEPARATORS.map(() => 0);
  let state = State.CELL;
  for (let position = start; position < to; position++) {
    const byte = bytes[position];
    if (state === State.QUOTED) {
      state = byte === QUOTE ? State.CLOSED : State.QUOTED;
      continue;
    }
    if (byte === LINE_FEED) {
      return { separator: separator ?? told ?? mostOften(counts), start };
    }
    const index = SEPARATORS.indexOf(byte);
    if (index >= 0) {
      counts[index]++;
    }
    if (byte === QUOTE && state !== State.PLAIN) {
      state = State.QUOTED;
    } else {
      state = (told === undefined ? index >= 0 : byte === told) ? State.CELL : State.PLAIN;
    }
  }
  if (last) {
    return { separator: separator ?? told ?? mostOften(counts), start };
  }
  if (to - from > MAX_TOKEN) {
    throw new RedactionError('OVERSIZED', `the first record of the CSV file is longer than ${MAX_TOKEN} bytes: is it another format?`);
  }
  return undefined;
}

/** The separator that a line such as `sep=;` names. */
function separatorLine(bytes: Uint8Array, start: number, to: number): number | undefined {
  const match = /^sep=([,;\t|])\r?\n/i.exec(Buffer.from(bytes.subarray(start, Math.min(to, start + 8))).toString('latin1'));
  return match?.[1].charCodeAt(0);
}

function mostOften(counts: readonly number[]): number {
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}
