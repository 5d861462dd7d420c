import { Escapes } from './reader';
import { hexValue, writeCodePoint } from './utf8';
import { RedactionError } from '../errors';

export const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const REPLACEMENT = 0xfffd;

/** What the byte after a backslash stands for; 0 if it may not stand there. */
const SHORT = new Uint8Array(128);
for (const [escape, character] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  SHORT[escape.charCodeAt(0)] = character.charCodeAt(0);
}

/**
 * What stands between the quotes of a JSON string. Half of a surrogate pair stands for U+FFFD.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-7
 */
export const JSON_ESCAPES: Escapes = {
  decode(bytes: Uint8Array, from: number, to: number, last: boolean, decoded: Uint8Array, map: Uint32Array): number {
    let length = 0;
    let position = from;
    while (position < to) {
      const byte = bytes[position];
      if (byte !== BACKSLASH) {
        map[length] = position;
        decoded[length++] = byte;
        position++;
        continue;
      }
      const kind = position + 1 < to ? bytes[position + 1] : 0;
      let size = 2;
      let codePoint = kind < 128 ? SHORT[kind] : 0;
      if (kind === LETTER_U && position + 6 <= to) {
        size = 6;
        codePoint = codeUnit(bytes, position + 2);
        if (codePoint >= 0xd800 && codePoint < 0xe000) {
          const isHigh = codePoint < 0xdc00;
          if (isHigh && !last && position + 12 > to && mayGoOn(bytes, position + 6, to)) {
            break;
          }
          const low = isHigh && position + 12 <= to && bytes[position + 6] === BACKSLASH && bytes[position + 7] === LETTER_U
            ? codeUnit(bytes, position + 8) : 0;
          const isPair = low >= 0xdc00 && low < 0xe000;
          size = isPair ? 12 : 6;
          codePoint = isPair ? 0x10000 + (codePoint - 0xd800 << 10) + low - 0xdc00 : REPLACEMENT;
        }
      } else if ((kind === 0 || kind === LETTER_U) && !last) {
        break;
      } else if (codePoint === 0) {
        throw wrongEscape();
      }
      const end = writeCodePoint(codePoint, decoded, length);
      while (length < end) {
        map[length++] = position;
      }
      position += size;
    }
    map[length] = position;
    return length;
  },
};

/** Whether the rest of a surrogate pair may follow. */
function mayGoOn(bytes: Uint8Array, position: number, to: number): boolean {
  return (position >= to || bytes[position] === BACKSLASH) && (position + 1 >= to || bytes[position + 1] === LETTER_U);
}

function codeUnit(bytes: Uint8Array, at: number): number {
  const unit = hexValue(bytes[at]) << 12 | hexValue(bytes[at + 1]) << 8 | hexValue(bytes[at + 2]) << 4 | hexValue(bytes[at + 3]);
  if (unit < 0) {
    throw wrongEscape();
  }
  return unit;
}

function wrongEscape(): RedactionError {
  return new RedactionError('MALFORMED', 'a JSON string holds an escape that JSON does not know');
}
