import { PiiType } from '../../../pii-type';
import { mod11_10 } from '../../checksums';
import { CodeRecognizer } from '../../recognizer';

/** How often each digit stands in a number. */
const COUNTS = new Uint8Array(10);

/**
 * Eleven digits, the first is not 0. One of the first ten stands twice or three times there, the others once at most; examples in
 * documents often miss that, so only a digit that stands more than three times is refused.
 *
 * @see https://download.elster.de/download/schnittstellen/Pruefung_der_Steuer_und_Steueridentifikatsnummer.pdf
 */
function isTaxId(code: Uint8Array, length: number): boolean {
  if (code[0] === 0x30) {
    return false;
  }
  COUNTS.fill(0);
  for (let i = 0; i < 10; i++) {
    if (++COUNTS[code[i] - 0x30] > 3) {
      return false;
    }
  }
  return mod11_10(code, length);
}

export const GERMANY: readonly CodeRecognizer[] = [
  {
    type: PiiType.DE_TAX_ID,
    layouts: [{ template: '99 999 999 999', separators: ' -./', solid: 'context' }],
    valid: isTaxId,
    context: [
      'steuer id', 'steuer identifikationsnummer', 'steueridentifikationsnummer', 'steuerliche identifikationsnummer', 'steuernummer',
      'steuer nr', 'identifikationsnummer', 'id nr', 'tax id', 'tax identification', 'tin',
    ],
  },
];
