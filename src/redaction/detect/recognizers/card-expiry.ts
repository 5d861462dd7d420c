import { isDigit } from '../bytes';
import { AnchoredRecognizer, Found, Verdict } from '../recognizer';
import { digitsGoOn } from './boundaries';
import { Labelled } from './labelled';
import { firstWords } from './value-words';
import { Phrases } from './words';
import { PiiType } from '../../pii-type';

const ZERO = 0x30;

const LABELS = [
  'exp', 'expiry', 'expires', 'expiring', 'expiration', 'expire', 'exp date', 'expdate', 'expiry date', 'expiration date', 'expires on',
  'expires end', 'exp month', 'card expiry', 'valid thru', 'valid through', 'valid to', 'valid until', 'good thru', 'good through', 'ablaufdatum',
  'gueltig bis', 'gültig bis', 'verfallsdatum', 'expira', 'vence', 'vencimiento', 'scadenza', 'validade', 'vervaldatum', 'utgangsdatum',
  'date d expiration',
];
const labels = new Phrases(LABELS);
const labelled = new Labelled();

/** Month and year after a label: `exp 09/28`, `valid thru 09/2028`, `expiry: 2028-09`. */
export const CARD_EXPIRY: AnchoredRecognizer = {
  type: PiiType.CREDIT_DEBIT_EXPIRY,
  anchor: 'keyword',
  keywords: firstWords(LABELS),
  search(bytes: Uint8Array, at: number, _low: number, high: number, _last: boolean, found: Found): Verdict {
    const label = labels.end(bytes, at, high);
    if (label < 0 || !labelled.read(bytes, label, high)) {
      return Verdict.NO;
    }
    const { start } = labelled;
    const end = isDigit(bytes[start]) ? monthAndYear(bytes, start, high) : -1;
    if (end < 0) {
      return Verdict.NO;
    }
    found.start = start;
    found.end = end;
    return Verdict.YES;
  },
};

function monthAndYear(bytes: Uint8Array, start: number, high: number): number {
  const first = digitsEnd(bytes, start, high);
  const second = gapEnd(bytes, first, high);
  const end = digitsEnd(bytes, second, high);
  const sizes = (first - start) * 10 + end - second;
  if (second === first || digitsGoOn(bytes, end, high)) {
    return -1;
  }
  switch (sizes) {
    case 12:
    case 14:
    case 22:
    case 24:
      return isMonth(bytes, start, first) && (end - second === 2 || isCentury(bytes, second)) ? end : -1;
    case 42:
      return isMonth(bytes, second, end) && isCentury(bytes, start) ? end : -1;
    default:
      return -1;
  }
}

function digitsEnd(bytes: Uint8Array, start: number, high: number): number {
  let position = start;
  while (position < high && position < start + 5 && isDigit(bytes[position])) {
    position++;
  }
  return position;
}

/** `/`, `-`, `.` or a blank, with a blank on both sides or none. */
function gapEnd(bytes: Uint8Array, start: number, high: number): number {
  const blank = start < high && bytes[start] === 0x20 ? 1 : 0;
  const position = start + blank;
  if (position < high && (bytes[position] === 0x2f || bytes[position] === 0x2d || bytes[position] === 0x2e)) {
    return position + 1 < high && blank === 1 && bytes[position + 1] === 0x20 ? position + 2 : position + 1;
  }
  return position;
}

function isMonth(bytes: Uint8Array, start: number, end: number): boolean {
  const month = end - start === 1 ? bytes[start] - ZERO : (bytes[start] - ZERO) * 10 + bytes[start + 1] - ZERO;
  return month >= 1 && month <= 12;
}

function isCentury(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0x32 && bytes[start + 1] === ZERO;
}
