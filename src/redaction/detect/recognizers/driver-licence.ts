import { PiiType } from '../../pii-type';
import { decimal, isDigits } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

const CONTEXT = [
  'driver', 'driver license', 'driver licence', 'drivers license', 'drivers licence', 'driver s license', 'driver s licence', 'driving licence',
  'driving license', 'driving permit', 'driver id', 'drivers id', 'driverlicense', 'driverslicense', 'driverlicence', 'driverslicence',
  'drivinglicence', 'drivinglicense', 'license number', 'licence number', 'license no', 'licence no', 'licensenumber', 'licencenumber', 'licence',
  'license', 'dl', 'dl number', 'dl no', 'dlnumber', 'dln', 'dvla', 'dmv', 'lic no', 'fuhrerschein', 'fuehrerschein', 'fuhrerscheinnummer',
  'fuehrerscheinnummer', 'fahrerlaubnis', 'permis de conduire', 'permis', 'licencia de conducir', 'permiso de conducir', 'carnet de conducir',
  'patente', 'patente di guida', 'numero patente', 'rijbewijs', 'rijbewijsnummer', 'carta de conducao', 'cnh', 'korkort', 'kjorekort', 'korekort',
  'ajokortti', 'prawo jazdy', 'prawa jazdy', 'ehliyet', 'surucu belgesi',
];

/** What the states and provinces of North America print: digits, or some letters and digits. */
const TEMPLATES = [
  ...[7, 8, 9, 10, 11, 12, 13, 14].map(length => '9'.repeat(length)),
  ...[6, 7, 8, 9, 10, 11, 12, 13, 14, 18].map(length => `A${'9'.repeat(length)}`),
  'AA99999', 'AA999999', 'AA9999999', 'AA999999A', 'AAA999999', '9999999A', '999999999A', '99999999AA', '999AA9999', '99AAA99999', 'A999999A',
  'A9A9A9',
];

/** What is printed with separators. */
const GROUPED: readonly Layout[] = [
  { template: '99 999 9999', solid: 'word' }, // Colorado
  { template: '999 999 999', solid: 'word' }, // New York, Pennsylvania
  { template: 'A999 9999 9999', separators: '- ', solid: 'word' }, // Illinois
  { template: 'A999 999 99 999 9', separators: '- ', solid: 'word' }, // Florida
  { template: 'A999 999 999 999', separators: '- ', solid: 'word' }, // Maryland, Michigan, Minnesota
  { template: 'A9999 99999 99999', separators: '- ', solid: 'word' }, // New Jersey, Ontario
  { template: 'A999 9999 9999 99', separators: '- ', solid: 'word' }, // Wisconsin
  { template: '99 99 999999 99', separators: '- ', solid: 'word' }, // Korea
];

/** European licences: letters and digits without a form that could be told from others. */
const EUROPEAN: readonly Layout[] = [
  { template: 'AA9999999A', solid: 'word' }, // Italy
  { template: 'A9XXXXXXXA', solid: 'word' }, // Italy since 2013
  { template: 'X99XXXXXX9X', solid: 'word' }, { template: 'AA99999999X', solid: 'word' }, // Germany
];

/** Driving licences. Their forms are too plain to be proof: a word has to say what they are. */
export const DRIVER_LICENCE: CodeRecognizer = {
  type: PiiType.DRIVER_ID,
  layouts: [...TEMPLATES.map((template): Layout => ({ template, solid: 'word' })), ...GROUPED, ...EUROPEAN],
  context: CONTEXT,
};

/**
 * Driver numbers of Great Britain: five letters of the name, or 9 in their place; the date of birth with the last digit of the year at
 * its end and 50 added to the month of women; initials, and three more characters.
 */
export const BRITISH_DRIVER_NUMBER: CodeRecognizer = {
  type: PiiType.DRIVER_ID,
  layouts: [{ template: 'AXXXX999999XX9AA', solid: 'nothing' }, { template: 'AXXXX999999XXXAA', solid: 'context' }],
  valid: code => {
    const month = decimal(code, 6, 8) % 50;
    const day = decimal(code, 8, 10);
    return month >= 1 && month <= 12 && decimal(code, 6, 8) <= 62 && day >= 1 && day <= 31 && isName(code) && isInitials(code);
  },
  context: CONTEXT,
};

/** Letters, then the nines that fill up a short name. */
function isName(code: Uint8Array): boolean {
  let nines = false;
  for (let index = 0; index < 5; index++) {
    if (isDigits(code, index, index + 1)) {
      nines = true;
      if (code[index] !== 0x39) {
        return false;
      }
    } else if (nines) {
      return false;
    }
  }
  return true;
}

/** Letters, or 9 for an initial that is not there. */
function isInitials(code: Uint8Array): boolean {
  return (code[11] > 0x40 || code[11] === 0x39 && code[12] === 0x39) && (code[12] > 0x40 || code[12] === 0x39);
}
