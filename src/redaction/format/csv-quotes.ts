import { Escapes } from './reader';
import { RedactionError } from '../errors';

export const QUOTE = 0x22;

/** What stands between the quotes of a cell: two quotes are one. */
export const CSV_QUOTES: Escapes = {
  decode(bytes: Uint8Array, from: number, to: number, last: boolean, decoded: Uint8Array, map: Uint32Array): number {
    let length = 0;
    let position = from;
    while (position < to) {
      const byte = bytes[position];
      const isQuote = byte === QUOTE;
      if (isQuote && position + 1 === to && !last) {
        break;
      }
      if (isQuote && bytes[position + 1] !== QUOTE) {
        throw new RedactionError('MALFORMED', 'a quoted CSV cell holds a single quote: write it twice');
      }
      map[length] = position;
      decoded[length++] = byte;
      position += isQuote ? 2 : 1;
    }
    map[length] = position;
    return length;
  },
};
