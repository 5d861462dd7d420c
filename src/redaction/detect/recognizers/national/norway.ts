import { isDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { decimal, weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/**
 * DDMMYY, three digits, two check digits. The day is 40 more in a D-number; the month is 40 more in a number of a hospital's own, 80 more
 * in one for tests.
 *
 * @see https://www.skatteetaten.no/en/person/national-registry/identitetsnummer/
 */
function isIdentityNumber(code: Uint8Array): boolean {
  const day = decimal(code, 0, 2);
  const month = decimal(code, 2, 4);
  return isDay(month > 80 ? month - 80 : month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
    && weightedSum(code, FIRST_WEIGHTS) % 11 === 0
    && weightedSum(code, SECOND_WEIGHTS) % 11 === 0;
}

export const NORWAY: readonly CodeRecognizer[] = [
  {
    type: PiiType.NO_NATIONAL_IDENTITY_NUMBER,
    layouts: [{ template: '999999 99999', solid: 'nothing' }],
    valid: isIdentityNumber,
    context: ['fodselsnummer', 'fødselsnummer', 'fodselsnr', 'fødselsnr', 'fnr', 'personnummer', 'd nummer', 'dnr', 'national identity'],
  },
];
