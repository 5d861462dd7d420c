import { isMonthDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { luhn } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/**
 * YYMMDD, four digits, 0 to 2 for citizens, residents and refugees, 8 or 9, the Luhn digit.
 *
 * @see https://en.wikipedia.org/wiki/South_African_identity_card
 */
function isIdNumber(code: Uint8Array, length: number): boolean {
  return code[10] <= 0x32 && code[11] >= 0x38 && isMonthDay(code, 2) && luhn(code, length);
}

export const SOUTH_AFRICA: readonly CodeRecognizer[] = [
  {
    type: PiiType.ZA_ID_NUMBER,
    layouts: [
      { template: '999999 9999 999', solid: 'nothing' },
      { template: '999999 9999 99 9', solid: 'nothing' },
    ],
    valid: isIdNumber,
    context: ['south african id', 'south african identity', 'rsa id', 'sa id', 'permanent resident', 'refugee id', 'id number', 'identity number', 'id nommer', 'identiteitsnommer'],
  },
];
