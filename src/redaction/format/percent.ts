import { Escapes } from './reader';
import { BLANK, CLASS, HEX } from '../detect/bytes';

export const PERCENT = 0x25;
export const PLUS = 0x2b;

/** Percent-encoding, as in URLs. A `%` that no two hexadecimal digits follow is itself. */
export const PERCENT_ESCAPES = percentEscapes(PLUS);
/** The same in the data of forms, where a `+` is a blank. */
export const FORM_ESCAPES = percentEscapes(BLANK);

function percentEscapes(plus: number): Escapes {
  return { decode };

  function decode(bytes: Uint8Array, from: number, to: number, last: boolean, decoded: Uint8Array, map: Uint32Array): number {
    let length = 0;
    let position = from;
    while (position < to) {
      map[length] = position;
      const byte = bytes[position];
      if (byte !== PERCENT) {
        decoded[length++] = byte === PLUS ? plus : byte;
        position++;
        continue;
      }
      if (position + 2 >= to && !last) {
        break;
      }
      if (position + 2 < to && (CLASS[bytes[position + 1]] & CLASS[bytes[position + 2]] & HEX) !== 0) {
        decoded[length++] = valueOf(bytes[position + 1]) << 4 | valueOf(bytes[position + 2]);
        position += 3;
      } else {
        decoded[length++] = byte;
        position++;
      }
    }
    map[length] = position;
    return length;
  }
}

function valueOf(digit: number): number {
  return digit <= 0x39 ? digit - 0x30 : (digit & 0x0f) + 9;
}
