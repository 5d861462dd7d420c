import { PiiType } from '../../../pii-type';
import { weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const WEIGHTS = [2, 7, 6, 5, 4, 3, 2];

/** The series: S and T for citizens and residents, F, G and M for foreigners; what each adds to the sum; its check letters. */
const SERIES = Buffer.from('STFGM');
const OFFSETS = Uint8Array.of(0, 4, 0, 4, 3);
const LETTERS = ['JZIHGFEDCBA', 'JZIHGFEDCBA', 'XWUTRQPNMLK', 'XWUTRQPNMLK', 'XWUTRQPNJLK'].map(letters => Buffer.from(letters));

function hasSeries(code: Uint8Array): boolean {
  return SERIES.includes(code[0]);
}

/** @see https://userapps.support.sap.com/sap/support/knowledge/en/2572734 */
function isNric(code: Uint8Array): boolean {
  const series = SERIES.indexOf(code[0]);
  return series >= 0 && LETTERS[series][(weightedSum(code, WEIGHTS, 1) + OFFSETS[series]) % 11] === code[8];
}

const WORDS = ['nric', 'fin', 'foreign identification', 'identity card'];

export const SINGAPORE: readonly CodeRecognizer[] = [
  {
    type: PiiType.SG_NRIC_FIN,
    layouts: [{ template: 'A9999999A', solid: 'nothing' }],
    valid: isNric,
    context: WORDS,
  },
  {
    // So much shape that beside a word a wrong last letter is more likely a slip than another code.
    type: PiiType.SG_NRIC_FIN,
    layouts: [{ template: 'A9999999A', solid: 'word' }],
    valid: hasSeries,
    context: WORDS,
  },
];
