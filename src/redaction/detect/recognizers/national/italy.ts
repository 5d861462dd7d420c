import { isDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { base36 } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/** The letters of the months, January first. */
const MONTHS = Buffer.from('ABCDEHLMPRST');
/** The letters that stand for 0 to 9 where two persons would have the same code. */
const DIGIT_LETTERS = Buffer.from('LMNPQRSTUV');
/** What characters in odd places (from 1) count: 0 to 9, then A to Z. */
const ODD = Uint8Array.of(
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21,
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
);

/** The value of a digit, or of the letter that stands for it; -1 if it is neither. */
function digit(byte: number): number {
  return byte <= 0x39 ? byte - 0x30 : DIGIT_LETTERS.indexOf(byte);
}

/** Year, month and day of birth (40 more for women), municipality or country. */
function hasShape(code: Uint8Array): boolean {
  for (let i = 6; i < 15; i++) {
    if (i !== 8 && i !== 11 && digit(code[i]) < 0) {
      return false;
    }
  }
  const day = 10 * digit(code[9]) + digit(code[10]);
  return isDay(MONTHS.indexOf(code[8]) + 1, day > 40 ? day - 40 : day);
}

/** @see https://www.agenziaentrate.gov.it/portale/schede/istanze/richiesta-ts_cf/informazioni-codificazione-pf */
function isFiscalCode(code: Uint8Array): boolean {
  if (!hasShape(code)) {
    return false;
  }
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const value = base36(code[i]);
    sum += i % 2 === 0 ? ODD[value] : value > 9 ? value - 10 : value;
  }
  return code[15] === 0x41 + sum % 26;
}

const TEMPLATE = 'AAAAAAXXAXX AXXXA';
const WORDS = ['codice fiscale', 'cod fiscale', 'cod fisc', 'fiscal code', 'tax code', 'cf'];

export const ITALY: readonly CodeRecognizer[] = [
  {
    type: PiiType.IT_FISCAL_CODE,
    layouts: [{ template: TEMPLATE, solid: 'nothing' }],
    valid: isFiscalCode,
    context: WORDS,
  },
  {
    // So much shape that a wrong last letter is more likely a slip than another code.
    type: PiiType.IT_FISCAL_CODE,
    layouts: [{ template: TEMPLATE, solid: 'word' }],
    valid: hasShape,
    context: WORDS,
  },
];
