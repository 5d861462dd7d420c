import { PiiType } from '../../pii-type';
import { allEqual, decimal, luhn } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

/** What card numbers start with, from the first to the last of a range of the same length; and their lengths. */
interface Range {
  readonly first: number;
  readonly last: number;
  readonly lengths: readonly number[];
}

function range(first: number, last: number, ...lengths: number[]): Range {
  return { first, last, lengths };
}

/** The large networks, in the length that nearly all of their cards have. */
const COMMON: readonly Range[] = [
  range(4, 4, 16), // Visa, and Elo, Dankort and others with it
  range(51, 55, 16), range(2221, 2720, 16), // Mastercard
  range(34, 34, 15), range(37, 37, 15), // American Express
  range(6011, 6011, 16), range(644, 649, 16), range(65, 65, 16), // Discover; RuPay and Troy within 65
  range(300, 305, 14), range(3095, 3095, 14), range(36, 36, 14), range(38, 39, 14), // Diners Club
  range(3528, 3589, 16), // JCB
  range(62, 62, 16), // UnionPay
  range(2200, 2204, 16), // Mir
  range(5018, 5018, 16), range(5020, 5020, 16), range(5038, 5038, 16), range(6304, 6304, 16), range(6759, 6759, 16), range(6761, 6763, 16), // Maestro
  range(5019, 5019, 16), // Dankort
  range(9792, 9792, 16), // Troy
];

const ALL_LENGTHS = [12, 13, 14, 15, 16, 17, 18, 19];

/** All others, and other lengths. */
const RARE: readonly Range[] = [
  range(4, 4, 13, 18, 19),
  range(1, 1, 15), // UATP
  range(300, 305, 16, 17, 18, 19), range(3095, 3095, 16, 17, 18, 19), range(36, 36, 16, 17, 18, 19), range(38, 39, 16, 17, 18, 19),
  range(2131, 2131, 15), range(1800, 1800, 15), range(3528, 3589, 17, 18, 19), // JCB
  range(6011, 6011, 17, 18, 19), range(644, 649, 17, 18, 19), range(65, 65, 17, 18, 19),
  range(2200, 2204, 17, 18, 19), range(2205, 2205, 16), // Mir, Borica
  range(62, 62, 17, 18, 19), range(81, 81, 16, 17, 18, 19), // UnionPay
  // Maestro, Verve, Elo, RuPay, and debit cards of many banks.
  ...[range(50, 50), range(56, 59), range(60, 61), range(63, 64), range(66, 69)].map(({ first, last }) => range(first, last, ...ALL_LENGTHS)),
  range(82, 82, 16), // RuPay
  range(8600, 8600, 16), range(9860, 9860, 16), // Uzcard, Humo
];

/** By the first four digits: a bit for each length. */
function tableOf(ranges: readonly Range[]): Uint32Array {
  const table = new Uint32Array(10_000);
  for (const { first, last, lengths } of ranges) {
    const scale = 10 ** (4 - String(first).length);
    const bits = lengths.reduce((sum, length) => sum | 1 << length, 0);
    for (let start = first * scale; start < (last + 1) * scale; start++) {
      table[start] |= bits;
    }
  }
  return table;
}

function validIn(ranges: readonly Range[]): (code: Uint8Array, length: number) => boolean {
  const table = tableOf(ranges);
  return (code, length) => (table[decimal(code, 0, 4)] >>> length & 1) !== 0 && luhn(code, length) && !allEqual(code, length);
}

const COMMON_TEMPLATES = [
  '9999 9999 9999 9999', '99999999 99999999', '9999 999999 99999', '9999 9999 9999 999', '9999 999999 9999', '9999 9999 9999 99',
];
const RARE_TEMPLATES = [
  '9999 9999 9999', '9999 9999 9999 9', '999999 9999999', '9999 9999 9999 99', '9999 99999 999999', '9999 999999 99999', '9999 9999 9999 999',
  '9999 9999 9999 9999', '9999 9999 9999 9999 9', '9999 9999 9999 9999 99', '9999 9999 9999 9999 999', '999999 9999999999999',
];

function layoutsOf(templates: readonly string[], solid: Layout['solid'], grouped: Layout['grouped']): Layout[] {
  return templates.map(template => ({ template, solid, grouped }));
}

const CONTEXT = [
  'card', 'cards', 'card number', 'card no', 'cardnumber', 'cardno', 'credit', 'debit', 'credit card', 'debit card', 'creditcard', 'debitcard',
  'payment card', 'bank card', 'ccn', 'cc', 'cc number', 'primary account number', 'pan', 'visa', 'mastercard', 'master card', 'amex',
  'american express', 'discover', 'diners', 'diners club', 'jcb', 'maestro', 'unionpay', 'union pay', 'rupay', 'mir', 'troy', 'elo', 'uatp',
  'kreditkarte', 'kartennummer', 'karte', 'tarjeta', 'carte', 'carte bancaire', 'carte bleue', 'carta di credito', 'carta', 'cartao',
  'creditcardnummer', 'kort', 'kortnummer', 'karta', 'luottokortti', 'kart',
];

/**
 * Payment cards of the large networks. Issuer and Luhn digit are proof enough.
 *
 * @see https://www.iso.org/standard/70484.html ISO/IEC 7812-1
 */
export const PAYMENT_CARD: CodeRecognizer = {
  type: PiiType.CREDIT_DEBIT_NUMBER,
  layouts: layoutsOf(COMMON_TEMPLATES, 'nothing', 'nothing'),
  valid: validIn(COMMON),
  context: CONTEXT,
};

/** Other payment cards, of 12 to 19 digits: many numbers look like them. */
export const OTHER_PAYMENT_CARD: CodeRecognizer = {
  type: PiiType.CREDIT_DEBIT_NUMBER,
  layouts: layoutsOf(RARE_TEMPLATES, 'context', 'context'),
  valid: validIn(RARE),
  context: CONTEXT,
};
