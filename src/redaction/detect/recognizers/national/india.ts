import { PiiType } from '../../../pii-type';
import { verhoeff } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/**
 * Twelve digits, the first from 2 on; the last one is Verhoeff's. The same forwards and backwards: not given out.
 *
 * @see https://uidai.gov.in/en/my-aadhaar/about-your-aadhaar.html
 */
function isAadhaar(code: Uint8Array, length: number): boolean {
  if (code[0] < 0x32) {
    return false;
  }
  let same = 0;
  while (same < length / 2 && code[same] === code[length - 1 - same]) {
    same++;
  }
  return same < length / 2 && verhoeff(code, length);
}

/** States and union territories, with codes that were used before. */
const STATES = new Set(
  'AN AP AR AS BR CG CH CT DD DN DL GA GJ HP HR JH JK KA KL KN LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UA UK UP UT WB'.split(' ')
    .map(state => state.charCodeAt(0) * 256 + state.charCodeAt(1)),
);

function isOfState(code: Uint8Array): boolean {
  return STATES.has(code[0] * 256 + code[1]);
}

/** @see https://docs.aws.amazon.com/comprehend/latest/dg/how-pii.html */
export const INDIA: readonly CodeRecognizer[] = [
  {
    type: PiiType.IN_AADHAAR,
    // Three groups of four digits are also a list of years.
    layouts: [{ template: '9999 9999 9999', separators: ' -:', solid: 'context' }],
    valid: isAadhaar,
    context: ['aadhaar', 'aadhar', 'adhaar', 'adhar', 'uidai', 'unique identification'],
  },
  {
    type: PiiType.IN_PERMANENT_ACCOUNT_NUMBER,
    // The fourth letter is the kind of holder; the usual examples have none of those.
    layouts: [{ template: 'AAAAA9999A', solid: 'context' }],
    context: ['pan', 'permanent account', 'income tax'],
  },
  {
    type: PiiType.IN_VOTER_NUMBER,
    layouts: [{ template: 'AAA9999999', solid: 'context' }],
    context: ['voter', 'voters', 'vote', 'epic', 'election', 'electoral', 'elector'],
  },
  {
    type: PiiType.IN_NREGA,
    // State, district, block, panchayat and village, then the number of the family.
    layouts: [
      ...['9', '99', '999', '9999', '99999', '999999'].map(family =>
        ({ template: `AA 99 999 999 999/${family}`, separators: '-', solid: 'context', grouped: 'nothing' } as const)),
      { template: 'AA99999999999999', solid: 'context' },
    ],
    valid: isOfState,
    context: ['nrega', 'mgnrega', 'mnrega', 'narega', 'job card', 'rural employment'],
  },
];
