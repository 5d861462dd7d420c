import { Escapes } from './reader';
import { hexValue, writeCodePoint } from './utf8';
import { RedactionError } from '../errors';

export const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const HASH = 0x23;
const LETTER_X = 0x78;

/** Longer references are none: code points have at most seven digits, and a few zeros before them. */
const LONGEST = 32;

const NAMED = [['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', '\'']]
  .map(([name, character]) => ({ name: Buffer.from(name), codePoint: character.charCodeAt(0) }));

/**
 * References in text and attributes: the five entities that need no definition, and characters by number.
 *
 * @see https://www.w3.org/TR/xml/#sec-references
 */
export const XML_ENTITIES: Escapes = {
  decode(bytes: Uint8Array, from: number, to: number, last: boolean, decoded: Uint8Array, map: Uint32Array): number {
    let length = 0;
    let position = from;
    while (position < to) {
      const byte = bytes[position];
      if (byte !== AMPERSAND) {
        map[length] = position;
        decoded[length++] = byte;
        position++;
        continue;
      }
      let end = position + 1;
      while (end < to && bytes[end] !== SEMICOLON && end - position < LONGEST) {
        end++;
      }
      if (end === to && !last) {
        break;
      }
      const codePoint = end < to && bytes[end] === SEMICOLON ? codePointOf(bytes, position + 1, end) : -1;
      if (codePoint < 0) {
        throw new RedactionError('MALFORMED', 'the XML input refers to an entity other than &amp; &lt; &gt; &quot; &apos; and characters by number');
      }
      const next = writeCodePoint(codePoint, decoded, length);
      while (length < next) {
        map[length++] = position;
      }
      position = end + 1;
    }
    map[length] = position;
    return length;
  },
};

function codePointOf(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== HASH) {
    return NAMED.find(({ name }) => name.length === to - from && name.every((byte, index) => bytes[from + index] === byte))?.codePoint ?? -1;
  }
  const radix = bytes[from + 1] === LETTER_X ? 16 : 10;
  const first = radix === 16 ? from + 2 : from + 1;
  let codePoint = first === to ? -1 : 0;
  for (let position = first; position < to; position++) {
    const digit = hexValue(bytes[position]);
    if (digit < 0 || digit >= radix) {
      return -1;
    }
    codePoint = Math.min(codePoint * radix + digit, 0x110000);
  }
  return isCharacter(codePoint) ? codePoint : -1;
}

/** @see https://www.w3.org/TR/xml/#NT-Char */
function isCharacter(codePoint: number): boolean {
  return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd || codePoint >= 0x20 && codePoint <= 0xd7ff
    || codePoint >= 0xe000 && codePoint <= 0xfffd || codePoint >= 0x10000 && codePoint <= 0x10ffff;
}
