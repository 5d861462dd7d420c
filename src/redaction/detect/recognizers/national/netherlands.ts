import { PiiType } from '../../../pii-type';
import { allEqual } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/**
 * The test of eleven: weights 9 to 2, and -1 for the last digit. Of eight digits the leading zero was left out.
 *
 * @see https://www.rvig.nl/burgerservicenummer
 */
function isCitizenServiceNumber(code: Uint8Array, length: number): boolean {
  let sum = 0x30 - code[length - 1];
  for (let i = 0; i < length - 1; i++) {
    sum += (code[i] - 0x30) * (length - i);
  }
  return sum % 11 === 0 && !allEqual(code, length);
}

export const NETHERLANDS: readonly CodeRecognizer[] = [
  {
    type: PiiType.NL_CITIZEN_SERVICE_NUMBER,
    layouts: [
      { template: '9999 99 999', solid: 'context' },
      { template: '999 999 999', solid: 'context' },
      { template: '99999999', solid: 'context' },
    ],
    valid: isCitizenServiceNumber,
    context: ['bsn', 'burgerservicenummer', 'burger service nummer', 'sofinummer', 'sofi nummer', 'sofi', 'citizen service', 'persoonsnummer'],
  },
];
