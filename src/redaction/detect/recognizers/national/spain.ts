import { plain } from './plain-code';
import { PiiType } from '../../../pii-type';
import { decimal } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/** The check letter for each rest of the division by 23. */
const LETTERS = Buffer.from('TRWAGMYFPDXBNJZSQVHLCKE');

/** Seven or eight digits (leading zeros are often left out), then the letter. */
function isDni(code: Uint8Array, length: number): boolean {
  return LETTERS[decimal(code, 0, length - 1) % 23] === code[length - 1];
}

/** K: Spaniards under 14. L: Spaniards abroad. M: foreigners without a NIE. */
function isSpecialNif(code: Uint8Array, length: number): boolean {
  return code[0] >= 0x4b && code[0] <= 0x4d && LETTERS[decimal(code, 1, length - 1) % 23] === code[length - 1];
}

/** X, Y and Z count as the digits 0, 1 and 2. */
function isNie(code: Uint8Array, length: number): boolean {
  return code[0] >= 0x58 && code[0] <= 0x5a
    && LETTERS[((code[0] - 0x58) * 10_000_000 + decimal(code, 1, length - 1)) % 23] === code[length - 1];
}

const NIF_WORDS = ['nif', 'dni', 'identificacion fiscal', 'documento nacional', 'identidad', 'national identity', 'tax id'];

/**
 * Numbers of persons; companies have other first letters.
 *
 * @see https://www.interior.gob.es/opencms/es/servicios-al-ciudadano/tramites-y-gestiones/dni/calculo-del-digito-de-control-del-nif-nie/
 */
export const SPAIN: readonly CodeRecognizer[] = [
  {
    type: PiiType.ES_NIE,
    layouts: [
      { template: 'A 9999999 A', solid: 'nothing' },
      { template: 'A9999999 A', solid: 'nothing' },
      { template: 'A 9.999.999 A', separators: '-', solid: 'nothing' },
    ],
    valid: plain(isNie),
    context: ['nie', 'identidad de extranjero', 'identificacion de extranjero', 'extranjero', 'foreigner'],
  },
  {
    type: PiiType.ES_NIF,
    layouts: [{ template: 'A 9999999 A', solid: 'nothing' }],
    valid: isSpecialNif,
    context: NIF_WORDS,
  },
  {
    type: PiiType.ES_NIF,
    layouts: [
      { template: '99999999 A', solid: 'context' },
      { template: '9999999 A', solid: 'context' },
      { template: '99.999.999-A', solid: 'nothing' },
      // A blank and a letter may be the next word, such as `12.345.678 y`.
      { template: '99.999.999 A', separators: ' ', solid: 'nothing', grouped: 'context' },
    ],
    valid: plain(isDni),
    context: NIF_WORDS,
  },
];
