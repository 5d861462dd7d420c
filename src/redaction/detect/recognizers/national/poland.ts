import { isDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { decimal, weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/**
 * YYMMDD, where 20, 40, 60 or 80 more in the month stand for other centuries, then four digits and the check digit.
 *
 * @see https://www.gov.pl/web/gov/czym-jest-numer-pesel
 */
function isPesel(code: Uint8Array): boolean {
  return isDay(decimal(code, 2, 4) % 20, decimal(code, 4, 6)) && weightedSum(code, WEIGHTS) % 10 === 0;
}

export const POLAND: readonly CodeRecognizer[] = [
  {
    type: PiiType.PL_PESEL,
    layouts: [{ template: '99999999999', solid: 'context' }],
    valid: isPesel,
    context: ['pesel', 'numer ewidencyjny', 'ewidencyjny'],
  },
];
