import { PiiType } from '../../../pii-type';
import { decimal, isDigits } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/**
 * Sex, year, month, department, municipality or country, number, and the key unless it is left out. 3, 4, 7 and 8 as sex are those of
 * numbers that are not final; months from 20 on stand for unknown ones; departments from 96 on are overseas and abroad, 2A and 2B are Corsica.
 *
 * @see https://www.insee.fr/fr/metadonnees/definition/c1409
 */
function isNir(code: Uint8Array, length: number): boolean {
  const sex = code[0] - 0x30;
  const month = decimal(code, 3, 5);
  if (sex < 1 || sex > 8 || sex === 5 || sex === 6 || month < 1 || month > 12 && month < 20 || month > 42 && month < 50) {
    return false;
  }
  let department = decimal(code, 5, 7);
  if (code[6] > 0x39) {
    if (code[5] !== 0x32 || code[6] !== 0x41 && code[6] !== 0x42) {
      return false;
    }
    department = code[6] === 0x41 ? 19 : 18;
  } else if (!isDigits(code, 5, 6)) {
    return false;
  }
  const number = decimal(code, 10, 13);
  if (department === 0 || decimal(code, 7, 10) === 0 || number === 0) {
    return false;
  }
  const value = (decimal(code, 0, 5) * 100 + department) * 1_000_000 + decimal(code, 7, 13);
  return length === 13 || 97 - value % 97 === decimal(code, 13, 15);
}

/** With the key, and final: others are too much like the numbers of cards. */
function isFinal(code: Uint8Array, length: number): boolean {
  return code[0] <= 0x32 && isNir(code, length);
}

const WORDS = ['nir', 'insee', 'securite sociale', 'numero de securite', 'numero de secu', 'no secu', 'secu', 'carte vitale', 'social security'];

export const FRANCE: readonly CodeRecognizer[] = [
  {
    type: PiiType.FR_NIR,
    layouts: [
      { template: '9 99 99 XX 999 999 99', solid: 'nothing' },
      { template: '9 99 99 XX999 999 99', solid: 'nothing' },
      { template: '99999XX999999 99', solid: 'nothing' },
    ],
    valid: isFinal,
    context: WORDS,
  },
  {
    type: PiiType.FR_NIR,
    layouts: [
      { template: '9 99 99 XX 999 999 99', solid: 'word' },
      { template: '9 99 99 XX 999 999', solid: 'word' },
      { template: '9 99 99 XX999 999', solid: 'word' },
    ],
    valid: isNir,
    context: WORDS,
  },
];
