import { PiiType } from '../../../pii-type';
import { allEqual, weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const ABN_WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
const ACN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1];
const MEDICARE_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9];
const TFN_WEIGHTS = [1, 4, 3, 7, 5, 8, 6, 9, 10];
/** Those of the numbers of eight digits that were given out first. */
const OLD_TFN_WEIGHTS = [10, 7, 8, 4, 6, 3, 5, 1];

/** @see https://abr.business.gov.au/Help/AbnFormat */
function isBusinessNumber(code: Uint8Array): boolean {
  return code[0] !== 0x30 && (weightedSum(code, ABN_WEIGHTS) - ABN_WEIGHTS[0]) % 89 === 0;
}

/** @see https://asic.gov.au/for-business/registering-a-company/steps-to-register-a-company/australian-company-numbers/ */
function isCompanyNumber(code: Uint8Array, length: number): boolean {
  return (weightedSum(code, ACN_WEIGHTS) + code[8] - 0x30) % 10 === 0 && !allEqual(code, length);
}

/** Eight digits, the check digit, then the number of the issue and that of the person on the card, if they are there. */
function isMedicareNumber(code: Uint8Array, length: number): boolean {
  return code[0] >= 0x32 && code[0] <= 0x36
    && weightedSum(code, MEDICARE_WEIGHTS) % 10 === code[8] - 0x30
    && (length === 9 || code[9] !== 0x30);
}

/** @see https://www.ato.gov.au/individuals-and-families/tax-file-number */
function isTaxFileNumber(code: Uint8Array, length: number): boolean {
  return weightedSum(code, length === 8 ? OLD_TFN_WEIGHTS : TFN_WEIGHTS) % 11 === 0 && !allEqual(code, length);
}

/** Numbers that start with 0 are rather those of companies. */
function isUsualTaxFileNumber(code: Uint8Array, length: number): boolean {
  return code[0] !== 0x30 && isTaxFileNumber(code, length);
}

const TFN_WORDS = ['tfn', 'tax file'];

export const AUSTRALIA: readonly CodeRecognizer[] = [
  {
    type: PiiType.AU_BUSINESS_NUMBER,
    // Eleven digits in threes are also how large numbers are written.
    layouts: [{ template: '99 999 999 999', solid: 'context' }],
    valid: isBusinessNumber,
    context: ['abn', 'australian business', 'business number'],
  },
  {
    type: PiiType.AU_MEDICARE_NUMBER,
    layouts: [
      { template: '9999 99999 9', solid: 'context' },
      { template: '9999 99999 9 9', solid: 'context' },
      { template: '9999 99999 9/9', solid: 'context' },
    ],
    valid: isMedicareNumber,
    context: ['medicare'],
  },
  {
    type: PiiType.AU_TAX_FILE_NUMBER,
    layouts: [{ template: '999 999 999', solid: 'context' }],
    valid: isUsualTaxFileNumber,
    context: TFN_WORDS,
  },
  {
    type: PiiType.AU_TAX_FILE_NUMBER,
    layouts: [
      { template: '999 999 999', solid: 'word' },
      { template: '99 999 999', solid: 'context' },
    ],
    valid: isTaxFileNumber,
    context: TFN_WORDS,
  },
  {
    type: PiiType.AU_COMPANY_NUMBER,
    layouts: [{ template: '999 999 999', solid: 'context' }],
    valid: isCompanyNumber,
    context: ['acn', 'australian company', 'company number'],
  },
  {
    // Without the number of the issue.
    type: PiiType.AU_MEDICARE_NUMBER,
    layouts: [{ template: '9999 99999', solid: 'context' }],
    valid: isMedicareNumber,
    context: ['medicare'],
  },
];
