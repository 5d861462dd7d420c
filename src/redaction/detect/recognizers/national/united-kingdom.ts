import { PiiType } from '../../../pii-type';
import { allEqual, weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const NHS_WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
const UTR_WEIGHTS = [6, 7, 8, 9, 10, 5, 4, 3, 2];
/** The check digit of a UTR for each rest of the division by 11. */
const UTR_CHECK_DIGITS = Buffer.from('21987654321');

const K = 0x4b;

/** @see https://www.datadictionary.nhs.uk/attributes/nhs_number.html */
function isNhsNumber(code: Uint8Array, length: number): boolean {
  return weightedSum(code, NHS_WEIGHTS) % 11 === 0 && !allEqual(code, length);
}

/** Letters that no prefix has, prefixes that are not given out. */
const UNUSED = Buffer.from('DFIQUV');
const NOT_GIVEN = new Set(['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].map(prefix => prefix.charCodeAt(0) * 256 + prefix.charCodeAt(1)));

/** @see https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110 */
function isNationalInsuranceNumber(code: Uint8Array, length: number): boolean {
  return !UNUSED.includes(code[0]) && !UNUSED.includes(code[1]) && code[1] !== 0x4f
    && !NOT_GIVEN.has(code[0] * 256 + code[1])
    && (length === 8 || code[8] >= 0x41 && code[8] <= 0x44);
}

/** Ten digits, the first is the check digit; before them the three of the tax office, around them a K, if they are there. */
function isTaxpayerReference(code: Uint8Array, length: number): boolean {
  const start = (code[length - 1] === K ? length - 1 : length) - 10;
  return UTR_CHECK_DIGITS[weightedSum(code, UTR_WEIGHTS, start + 1) % 11] === code[start] && !allEqual(code, start + 10, start);
}

const NINO_WORDS = ['nino', 'national insurance', 'ni number', 'ni no', 'insurance number'];

export const UNITED_KINGDOM: readonly CodeRecognizer[] = [
  {
    type: PiiType.UK_NATIONAL_HEALTH_SERVICE_NUMBER,
    layouts: [{ template: '999 999 9999', solid: 'context' }],
    valid: isNhsNumber,
    context: ['nhs', 'national health service', 'health service'],
  },
  {
    type: PiiType.UK_NATIONAL_INSURANCE_NUMBER,
    layouts: [
      { template: 'AA 99 99 99 A', separators: ' -', solid: 'context', grouped: 'nothing' },
      { template: 'AA 999999 A', solid: 'context' },
      { template: 'AA 999999A', solid: 'context' },
      { template: 'AA999999 A', solid: 'context' },
    ],
    valid: isNationalInsuranceNumber,
    context: NINO_WORDS,
  },
  {
    // The last letter is often left out.
    type: PiiType.UK_NATIONAL_INSURANCE_NUMBER,
    layouts: [
      { template: 'AA 99 99 99', solid: 'word' },
      { template: 'AA 999999', solid: 'word' },
    ],
    valid: isNationalInsuranceNumber,
    context: NINO_WORDS,
  },
  {
    type: PiiType.UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER,
    layouts: [
      { template: '99999 99999', solid: 'context' },
      { template: '999 999 999 9', solid: 'context' },
      { template: '999 9999999999', solid: 'context' },
      { template: '99999 99999K', solid: 'context' },
      { template: 'K99999 99999', solid: 'context' },
      { template: 'K9999999999999', solid: 'context' },
    ],
    valid: isTaxpayerReference,
    context: ['utr', 'taxpayer reference', 'tax reference', 'self assessment', 'corporation tax'],
  },
];
