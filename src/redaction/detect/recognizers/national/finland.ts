import { isDay } from './birth-date';
import { PiiType } from '../../../pii-type';
import { decimal } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/** What stands for the century: `+` the 19th, `-` and U to Y the 20th, A to F the 21st. */
const CENTURIES = Buffer.from('+-YXWVUABCDEF');
const CHECK_CHARACTERS = Buffer.from('0123456789ABCDEFHJKLMNPRSTUVWXY');

/** DDMMYY, the century, a number from 002 on (from 900: temporary or an example), the check character. */
function isPersonalIdentityCode(code: Uint8Array): boolean {
  const number = decimal(code, 7, 10);
  return CENTURIES.includes(code[6])
    && isDay(decimal(code, 2, 4), decimal(code, 0, 2))
    && number >= 2
    && CHECK_CHARACTERS[(decimal(code, 0, 6) * 1000 + number) % 31] === code[10];
}

/** @see https://dvv.fi/en/personal-identity-code */
export const FINLAND: readonly CodeRecognizer[] = [
  {
    type: PiiType.FI_PERSONAL_IDENTITY_CODE,
    layouts: [
      { template: '999999-999X', solid: 'nothing' },
      // Nobody of the 19th century is alive; Swedish numbers look the same.
      { template: '999999+999X', solid: 'context' },
      { template: '999999A999X', solid: 'nothing' },
    ],
    valid: isPersonalIdentityCode,
    context: ['hetu', 'henkilotunnus', 'henkilotunnuksen', 'sosiaaliturvatunnus', 'personbeteckning', 'identity code'],
  },
];
