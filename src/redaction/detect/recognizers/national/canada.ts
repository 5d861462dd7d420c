import { isDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { allEqual, decimal, luhn, luhnSum, weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const BC_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3];

/**
 * The first digit is the region of the registration, 9 for temporary residents; 0 and 8 are not given out.
 *
 * @see https://www.canada.ca/en/employment-social-development/services/sin.html
 */
function isSocialInsuranceNumber(code: Uint8Array, length: number): boolean {
  return code[0] !== 0x30 && code[0] !== 0x38 && luhn(code, length);
}

/** Ontario: Luhn. British Columbia: 9 first, and a check digit of its own. A version code of two letters may follow. */
function isCheckedHealthNumber(code: Uint8Array): boolean {
  return code[0] !== 0x30 && luhnSum(code, 0, 10) % 10 === 0 && !allEqual(code, 10)
    || code[0] === 0x39 && 11 - weightedSum(code, BC_WEIGHTS, 1) % 11 === code[9] - 0x30;
}

/** Quebec: letters of the name, year, month (50 more for women) and day of birth, two digits. */
function isQuebecHealthNumber(code: Uint8Array): boolean {
  const month = decimal(code, 6, 8);
  return isDay(month > 50 ? month - 50 : month, decimal(code, 8, 10));
}

const HEALTH_WORDS = [
  'health card', 'health number', 'health care number', 'health insurance number', 'health services number', 'health plan', 'personal health',
  'provincial health', 'services card', 'care card', 'medical care plan', 'medical services plan', 'hcn', 'phn', 'phin', 'ohip', 'ahcip', 'msp', 'mcp',
  'hsn', 'ramq', 'nam', 'carte sante', 'carte soleil', 'carte d assurance', 'assurance maladie', 'numero d assurance',
];

/** @see https://www.canada.ca/en/health-canada/services/health-care-system/canada-health-care-system-medicare/provincial-territorial-health-care-resources.html */
export const CANADA: readonly CodeRecognizer[] = [
  {
    type: PiiType.CA_SOCIAL_INSURANCE_NUMBER,
    layouts: [{ template: '999 999 999', solid: 'context' }],
    valid: isSocialInsuranceNumber,
    context: ['sin', 'social insurance', 'nas', 'assurance sociale'],
  },
  {
    type: PiiType.CA_HEALTH_NUMBER,
    layouts: [
      { template: '9999 999 999', solid: 'context' },
      { template: '9999 999 999 AA', solid: 'context' },
    ],
    valid: isCheckedHealthNumber,
    context: HEALTH_WORDS,
  },
  {
    type: PiiType.CA_HEALTH_NUMBER,
    layouts: [{ template: 'AAAA 9999 9999', solid: 'context' }],
    valid: isQuebecHealthNumber,
    context: HEALTH_WORDS,
  },
  {
    // The other provinces and territories, without a published check digit.
    type: PiiType.CA_HEALTH_NUMBER,
    layouts: [
      { template: '9999 999 999', solid: 'word' },
      { template: '99999 9999', solid: 'word' },
      { template: '999 999 999', solid: 'word' },
      { template: '999 999 999 999', solid: 'word' },
      { template: '99999999', solid: 'word' },
      { template: 'A9999999', solid: 'word' },
    ],
    valid: (code, length) => !allEqual(code, length),
    context: HEALTH_WORDS,
  },
];
