import { PiiType } from '../../../pii-type';
import { decimal, weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const WEIGHTS = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

/** The last province of each ten of codes: 10 to 19, 20 to 27, and so on. */
const LAST_PROVINCE = Uint8Array.of(0, 19, 27, 39, 49, 58, 67, 77, 86, 96);

/**
 * The kind of person (1 to 8), the province, the district, a number, the check digit.
 *
 * @see https://en.wikipedia.org/wiki/Thai_identity_card
 */
function isNationalId(code: Uint8Array): boolean {
  const province = decimal(code, 1, 3);
  const sum = weightedSum(code, WEIGHTS) - code[12] + 0x30;
  return code[0] >= 0x31 && code[0] <= 0x38
    && province >= 10 && province <= LAST_PROVINCE[code[1] - 0x30]
    && (11 - sum % 11) % 10 === code[12] - 0x30;
}

export const THAILAND: readonly CodeRecognizer[] = [
  {
    type: PiiType.TH_NATIONAL_ID,
    layouts: [{ template: '9 9999 99999 99 9', separators: ' -', solid: 'context', grouped: 'nothing' }],
    valid: isNationalId,
    context: [
      'thai id', 'thai national', 'thai citizen', 'tnin', 'citizen id', 'national id', 'prachachon',
      'เลขประจำตัวประชาชน', 'เลขบัตรประชาชน', 'บัตรประชาชน', 'เลขบัตรประจำตัวประชาชน', 'บัตรประจำตัวประชาชน',
    ],
  },
];
