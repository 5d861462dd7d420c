import { isDay, isTime } from './birth-date';
import { PiiType } from '../../../pii-type';
import { decimal, luhnSum } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/** A day, or that of a coordination number: 60 more, and zeros where month and day are not known. */
function isBirthday(month: number, day: number): boolean {
  return isDay(month, day) || day >= 60 && day <= 91 && month <= 12 && (month === 0 || day === 60 || isDay(month, day - 60));
}

/**
 * YYMMDD, after the century if there are twelve digits, then three digits and the check digit, which counts ten digits only.
 *
 * @see https://www4.skatteverket.se/rattsligvagledning/edition/2020.9/330245.html
 */
function isIdentityNumber(code: Uint8Array, length: number): boolean {
  const start = length - 10;
  const century = start === 2 ? decimal(code, 0, 2) : 19;
  return century >= 18 && century <= 20
    && isBirthday(decimal(code, start + 2, start + 4), decimal(code, start + 4, start + 6))
    && luhnSum(code, start, length) % 10 === 0;
}

/** Not a date and time of this century, such as the names of backups have. */
function isNoTimestamp(code: Uint8Array, length: number): boolean {
  return isIdentityNumber(code, length) && (length === 12 && code[0] === 0x31 || !isTime(code, length - 4));
}

const WORDS = [
  'personnummer', 'person nummer', 'personnr', 'pnr', 'samordningsnummer', 'personal identity', 'personal number', 'personal id', 'coordination number',
  'swedish id',
];

export const SWEDEN: readonly CodeRecognizer[] = [
  {
    type: PiiType.SE_PERSONAL_IDENTITY_NUMBER,
    layouts: [
      { template: '99999999 9999', separators: '-+', solid: 'nothing' },
      { template: '999999 9999', separators: '-+', solid: 'context', grouped: 'nothing' },
    ],
    valid: isNoTimestamp,
    context: WORDS,
  },
  {
    type: PiiType.SE_PERSONAL_IDENTITY_NUMBER,
    layouts: [
      { template: '99999999 9999', separators: '-+ ', solid: 'context' },
      { template: '999999 9999', separators: '-+ ', solid: 'context' },
    ],
    valid: isIdentityNumber,
    context: WORDS,
  },
];
