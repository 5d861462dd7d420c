import { PiiType } from '../../../pii-type';
import { allEqual, verhoeff } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

const WORDS = ['nin', 'national identification', 'nimc'];

/** @see https://nimc.gov.ng/about-nin */
export const NIGERIA: readonly CodeRecognizer[] = [
  {
    // Verhoeff's check digit is what validators use, but the commission does not say so.
    type: PiiType.NG_NATIONAL_IDENTIFICATION_NUMBER,
    layouts: [{ template: '99999999999', solid: 'context' }],
    valid: verhoeff,
    context: WORDS,
  },
  {
    type: PiiType.NG_NATIONAL_IDENTIFICATION_NUMBER,
    layouts: [{ template: '9999 999 9999', solid: 'word' }],
    valid: (code, length) => !allEqual(code, length),
    context: WORDS,
  },
];
