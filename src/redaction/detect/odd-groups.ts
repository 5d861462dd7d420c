import { CLASS, LETTER, isAlphanumeric, isBlank } from './bytes';
import { Candidates } from './candidates';
import { CodeIndex } from './code-index';
import { Spans } from './spans';
import { typeNumber } from '../labels';
import { PiiType } from '../pii-type';

/** What people put between the groups of a code. */
const GROUPERS = Buffer.from(' -/_');
/** Its groups are all that tells it from other nine digits. */
const SSN = typeNumber(PiiType.SSN);

const plain = new Uint8Array(32);

/** A text that is nothing but one code, in groups of another length than the usual: `12-345-6782`. Adds it to `spans`. */
export function codeInOddGroups(codes: CodeIndex, candidates: Candidates, bytes: Uint8Array, from: number, to: number, spans: Spans): void {
  let length = 0;
  let start = -1;
  let end = from;
  let separator = 0;
  let mixed = false;
  let letters = false;
  for (let position = from; position < to; position++) {
    const byte = bytes[position];
    if (isAlphanumeric(byte)) {
      letters ||= (CLASS[byte] & LETTER) !== 0;
      if (length === plain.length || mixed && letters) {
        return;
      }
      plain[length++] = byte;
      start = start < 0 ? position : start;
      end = position + 1;
    } else if (start >= 0 && !isBlank(bytes, position, to)) {
      if (!GROUPERS.includes(byte)) {
        return;
      }
      // Digits only are a number however they are grouped; letters in odd groups are rather words.
      mixed ||= separator !== 0 && byte !== separator || start + 1 === position;
      separator = byte;
    }
  }
  candidates.clear();
  codes.read(plain, 0, length, ({ number, needs }, first, behind) => candidates.add(first, behind, number, needs));
  for (let index = 0; index < candidates.count; index++) {
    if (candidates.ends[index] === length && candidates.needs[index] !== 'word' && candidates.numbers[index] !== SSN) {
      spans.add(start, end, candidates.numbers[index]);
      return;
    }
  }
}
