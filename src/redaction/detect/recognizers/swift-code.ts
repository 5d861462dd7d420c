import { ALPHANUMERIC, CLASS, DIGIT, UPPER, isAlphanumeric } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { isCountry } from './countries';
import { firstWords } from './value-words';
import { Phrases } from './words';
import { PiiType } from '../../pii-type';

/** How far after its label a code may start. */
const REACH = 40;

const LABELS = ['swift', 'swiftcode', 'bic', 'biccode', 'swift code', 'swift bic', 'bic code', 'bank identifier code', 'business identifier code'];
const labels = new Phrases(LABELS);

/**
 * SWIFT codes after a label: four letters or digits of the institution, a country, two for the place, three for the branch if any.
 * Capitals only, since words of eight letters are many.
 *
 * @see https://www.swift.com/standards/data-standards/bic-business-identifier-code ISO 9362
 */
export const SWIFT_CODE: AnchoredRecognizer = {
  type: PiiType.SWIFT_CODE,
  anchor: 'keyword',
  keywords: firstWords(LABELS),
  search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
    const label = labels.end(bytes, at, high);
    if (label < 0) {
      return Verdict.NO;
    }
    const limit = Math.min(high, label + REACH);
    let position = label;
    while (position < limit && bytes[position] !== 0x0a) {
      if (!isAlphanumeric(bytes[position])) {
        position++;
        continue;
      }
      const end = capitalsEnd(bytes, position, high);
      if (isCode(bytes, position, end)) {
        found.start = position;
        found.end = end;
        return Verdict.YES;
      }
      position = end;
      while (position < limit && isAlphanumeric(bytes[position])) {
        position++;
      }
    }
    return Verdict.NO;
  },
};

/** The end of the word of capitals and digits that starts at `start`; `start` if it has other letters, or is too long. */
function capitalsEnd(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  while (position < high && position < start + 12 && (CLASS[bytes[position]] & (UPPER | DIGIT)) !== 0) {
    position++;
  }
  return position < high && (CLASS[bytes[position]] & ALPHANUMERIC) !== 0 ? start : position;
}

function isCode(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 8 && end - start !== 11) {
    return false;
  }
  for (let position = start; position < start + 6; position++) {
    if ((CLASS[bytes[position]] & UPPER) === 0) {
      return false;
    }
  }
  return isCountry(bytes[start + 4], bytes[start + 5]);
}
