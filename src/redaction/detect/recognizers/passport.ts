import { PiiType } from '../../pii-type';
import { isDigits } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

/** Letters and digits of the passports of countries: digits, one to three letters and digits, and what few others print. */
const TEMPLATES = [
  '999999999', // United Kingdom, United States, Netherlands Antilles, Russia abroad
  '99999999', // many in Latin America and Asia
  'A9999999', // Australia, India, Japan's old ones, Spain's old ones
  'A99999999', // United States, China, Korea, Turkey
  'AA9999999', // Italy, Poland, Austria, New Zealand, Switzerland, Japan
  'AA999999', 'AA99999999', // Canada, Ireland, Sri Lanka, Brazil; Portugal
  'AAA999999', 'AAA9999999', // Spain, Peru, the Philippines
  '99AA99999', // France
  'A999A9999', // Korea
  'A9999999A', // Singapore, the Philippines
  '999999999A', '99 99 999999', // Russia within the country
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
    'passnummer', 'passnr', 'pass nr', 'pass no',
    'passeport', 'numero de passeport', 'pasaporte', 'numero de pasaporte', 'passaporto', 'passaporte', 'paspoort', 'paspoortnummer', 'pass nummer',
    'passi', 'paszport', 'pasaport',
    'pas nummer', 'paspor',
  ],
};
