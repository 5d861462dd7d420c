import { CLASS, LETTER, isDigit } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { dateEnd, startsMonth } from './dates';
import { firstWords } from './value-words';
import { Phrases, wordEnd } from './words';
import { PiiType } from '../../pii-type';

/** How far after its label a date may start. */
const REACH = 56;

const LABELS = [
  'dob', 'date of birth', 'dateofbirth', 'birth date', 'birthdate', 'birthday', 'birth day', 'born', 'birth', 'geboren', 'geburtsdatum',
  'geburtstag', 'geb', 'date de naissance', 'naissance', 'nee le', 'fecha de nacimiento', 'nacimiento', 'nacido', 'nacida', 'data di nascita',
  'nascita', 'nato il', 'nata il', 'data de nascimento', 'nascimento', 'nascido', 'nascida', 'geboortedatum', 'fodselsdato', 'fødselsdato', 'fodt',
  'født', 'fodelsedatum', 'födelsedatum', 'fodd', 'född', 'syntymaaika', 'syntymäaika', 'syntynyt', 'data urodzenia', 'urodzenia', 'urodzony',
  'urodzona', 'dogum tarihi', 'doğum tarihi', 'tanggal lahir',
];

const labels = new Phrases(LABELS);

/** Dates after a label: `DOB: 1985-03-12`, `born in Springfield on March 12, 1985`. */
export const DATE_OF_BIRTH: AnchoredRecognizer = {
  type: PiiType.DATE_OF_BIRTH,
  anchor: 'keyword',
  keywords: firstWords(LABELS),
  search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
    const label = labels.end(bytes, at, high);
    if (label < 0) {
      return Verdict.NO;
    }
    const limit = Math.min(high, label + REACH);
    let signs = 0;
    let position = label;
    while (position < limit) {
      const byte = bytes[position];
      if (isDigit(byte) || startsMonth(bytes, position, high)) {
        const end = dateEnd(bytes, position, high);
        if (end > 0) {
          found.start = position;
          found.end = end;
          return Verdict.YES;
        }
        if (isDigit(byte)) {
          return Verdict.NO;
        }
      }
      if (byte === 0x0a || byte === 0x3b || (byte === 0x3a || byte === 0x3d) && ++signs > 1) {
        return Verdict.NO;
      }
      position = (CLASS[byte] & LETTER) !== 0 ? wordEnd(bytes, position, limit) : position + 1;
    }
    return Verdict.NO;
  },
};
