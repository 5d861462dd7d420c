import { PiiType } from '../../pii-type';
import { isDigits } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

/** What countries print, with some that do so. */
const TEMPLATES = [
  '999999999', // United Kingdom, United States
  '99999999', // Israel, Mexico's old ones
  'A9999999', // Australia, India, Switzerland
  'A99999999', // United States, China, Korea, Turkey
  'AA999999', // Canada, Brazil, New Zealand
  'AA9999999', // Italy, Japan, Poland
  'AAA999999', // Spain
  '99AA99999', // France
  'A999A9999', // Korea
  'A9999999A', // Singapore, the Philippines
  '99 9999999', '99 99 999999', // Russia, abroad and within
];

const layouts: readonly Layout[] = [
  ...TEMPLATES.map((template): Layout => ({ template, separators: ' ', solid: 'word' })),
  // Germany and the Netherlands mix letters and digits.
  { template: 'AXXXXXXXX', solid: 'word' },
];

/** Passport numbers. Their forms are too plain to be proof: a word has to say what they are. */
export const PASSPORT: CodeRecognizer = {
  type: PiiType.PASSPORT_NUMBER,
  layouts,
  valid: (code, length) => {
    let digits = 0;
    for (let index = 0; index < length; index++) {
      digits += isDigits(code, index, index + 1) ? 1 : 0;
    }
    return digits >= 3;
  },
  context: [
    'passport', 'passports', 'passport number', 'passport no', 'passportnumber', 'passportno', 'travel document', 'reisepass', 'reisepassnummer',
    'passnummer', 'passnr', 'pass nr', 'pass no', 'passeport', 'numero de passeport', 'pasaporte', 'numero de pasaporte', 'passaporto',
    'passaporte', 'paspoort', 'paspoortnummer', 'pass nummer', 'passi', 'paszport', 'pasaport', 'pas nummer', 'paspor',
  ],
};
