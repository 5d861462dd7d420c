import { PiiType } from '../../pii-type';
import { base36, isDigits } from '../checksums';
import { CodeRecognizer } from '../recognizer';

const LENGTH = 17;
const CHECK = 8;
const YEAR = 9;
const SERIAL = 13;
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/** A to Z as digits; I, O and Q are not used. */
const LETTER_VALUES = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];

const CONTEXT = [
  'vin', 'vin number', 'vin no', 'vehicle identification', 'vehicle identification number', 'vehicle id', 'chassis', 'chassis number', 'chassis no',
  'fahrgestellnummer', 'fin', 'fahrzeug identifizierungsnummer', 'numero de chasis', 'bastidor', 'numero de serie', 'telaio', 'numero di telaio',
  'chassi',
];

function hasForm(code: Uint8Array): boolean {
  for (let index = 0; index < LENGTH; index++) {
    if (code[index] === 0x49 || code[index] === 0x4f || code[index] === 0x51) {
      return false;
    }
  }
  return isDigits(code, SERIAL, LENGTH) && !isDigits(code, 0, CHECK);
}

/** Of the model: 0, U and Z are none. */
function hasYear(code: Uint8Array): boolean {
  return code[YEAR] !== 0x30 && code[YEAR] !== 0x55 && code[YEAR] !== 0x5a;
}

function hasCheckDigit(code: Uint8Array): boolean {
  let sum = 0;
  for (let index = 0; index < LENGTH; index++) {
    const value = base36(code[index]);
    sum += (value < 10 ? value : LETTER_VALUES[value - 10]) * WEIGHTS[index];
  }
  const rest = sum % 11;
  return code[CHECK] === (rest === 10 ? 0x58 : 0x30 + rest);
}

/**
 * Vehicle identification numbers with the check digit that North America asks for.
 *
 * @see https://www.ecfr.gov/current/title-49/subtitle-B/chapter-V/part-565
 */
export const VEHICLE_NUMBER: CodeRecognizer = {
  type: PiiType.VEHICLE_IDENTIFICATION_NUMBER,
  layouts: [{ template: 'X'.repeat(LENGTH), solid: 'nothing' }],
  valid: code => hasForm(code) && hasYear(code) && hasCheckDigit(code),
  context: CONTEXT,
};

/** Those of the rest of the world, where those places say something else. */
export const VEHICLE_NUMBER_WITHOUT_CHECK: CodeRecognizer = {
  type: PiiType.VEHICLE_IDENTIFICATION_NUMBER,
  layouts: [{ template: 'X'.repeat(LENGTH), solid: 'word' }],
  valid: hasForm,
  context: CONTEXT,
};
