import { isDigit } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { digitsGoOn } from './boundaries';
import { Labelled } from './labelled';
import { firstWords } from './value-words';
import { Phrases } from './words';
import { PiiType } from '../../pii-type';

const PIN_LABELS = ['pin', 'pin code', 'pin number', 'pin no', 'pinnumber', 'atm pin', 'card pin', 'personal identification number'];
const CVV_LABELS = [
  'cvv', 'cvv2', 'cvc', 'cvc2', 'csc', 'cvn', 'cav2', 'cvd', 'cvv code', 'cvc code', 'security code', 'card security code', 'card verification',
  'card verification value', 'card verification code', 'card verification number', 'card code', 'pruefziffer', 'kartenpruefnummer',
  'codigo de seguridad', 'code de securite', 'cryptogramme',
];

/** Personal identification numbers: four to eight digits after their label. */
export const PIN = digitsAfter(PiiType.PIN, PIN_LABELS, 4, 8);

/** Card verification values: three or four digits after their label. */
export const CARD_VERIFICATION = digitsAfter(PiiType.CREDIT_DEBIT_CVV, CVV_LABELS, 3, 4);

function digitsAfter(type: PiiType, names: readonly string[], shortest: number, longest: number): AnchoredRecognizer {
  const labels = new Phrases(names);
  const labelled = new Labelled();
  return {
    type,
    anchor: 'keyword',
    keywords: firstWords(names),
    search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
      const label = labels.end(bytes, at, high);
      if (label < 0 || !labelled.read(bytes, label, high)) {
        return Verdict.NO;
      }
      let end = labelled.start;
      while (end < high && end - labelled.start <= longest && isDigit(bytes[end])) {
        end++;
      }
      const size = end - labelled.start;
      if (size < shortest || size > longest || digitsGoOn(bytes, end, high)) {
        return Verdict.NO;
      }
      found.start = labelled.start;
      found.end = end;
      return Verdict.YES;
    },
  };
}
