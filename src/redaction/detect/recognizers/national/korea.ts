import { isMonthDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { weightedSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/** YYMMDD, then the sex and century of citizens (1 to 4) or foreigners (5 to 8). */
function hasShape(code: Uint8Array): boolean {
  return code[6] >= 0x31 && code[6] <= 0x38 && isMonthDay(code, 2);
}

/**
 * Numbers given out until October 2020 have a check digit; all after the seventh digit is random since.
 *
 * @see https://en.wikipedia.org/wiki/Resident_registration_number
 */
function isChecked(code: Uint8Array): boolean {
  return hasShape(code) && ((code[6] <= 0x34 ? 11 : 13) - weightedSum(code, WEIGHTS) % 11) % 10 === code[12] - 0x30;
}

const WORDS = [
  'rrn', 'resident registration', 'jumin', 'frn', 'foreigner registration', 'foreign registration', 'alien registration',
  'korean id', '주민등록번호', '주민번호', '외국인등록번호',
];

export const KOREA: readonly CodeRecognizer[] = [
  {
    type: PiiType.KR_RESIDENT_REGISTRATION_NUMBER,
    // Thirteen digits are also a time in milliseconds.
    layouts: [{ template: '999999 9999999', separators: '-', solid: 'context', grouped: 'nothing' }],
    valid: isChecked,
    context: WORDS,
  },
  {
    type: PiiType.KR_RESIDENT_REGISTRATION_NUMBER,
    layouts: [{ template: '999999 9999999', separators: '-', solid: 'context' }],
    valid: hasShape,
    context: WORDS,
  },
];
