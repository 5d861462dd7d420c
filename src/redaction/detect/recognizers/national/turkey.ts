import { PiiType } from '../../../pii-type';
import { CodeRecognizer } from '../../recognizer';

/**
 * Eleven digits, the first is not 0, the last two are check digits.
 *
 * @see https://tr.wikipedia.org/wiki/T%C3%BCrkiye_Cumhuriyeti_Kimlik_Numaras%C4%B1
 */
function isNationalId(code: Uint8Array): boolean {
  if (code[0] === 0x30) {
    return false;
  }
  let odd = 0;
  let even = 0;
  for (let i = 0; i < 9; i++) {
    if (i % 2 === 0) {
      odd += code[i] - 0x30;
    } else {
      even += code[i] - 0x30;
    }
  }
  // `even` is 36 at most: the difference stays positive.
  const tenth = (odd * 7 - even + 40) % 10;
  return code[9] - 0x30 === tenth && code[10] - 0x30 === (odd + even + tenth) % 10;
}

export const TURKEY: readonly CodeRecognizer[] = [
  {
    type: PiiType.TR_NATIONAL_ID,
    layouts: [{ template: '99999999999', solid: 'context' }],
    valid: isNationalId,
    context: ['tckn', 'tc kimlik', 'kimlik', 'tc no', 'tc', 'mernis', 'vatandaslik', 'vatandaşlık', 'kisi', 'kişi', 'turkish id', 'turkish national', 'turkish identity'],
  },
];
