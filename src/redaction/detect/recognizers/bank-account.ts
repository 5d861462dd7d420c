import { PiiType } from '../../pii-type';
import { allEqual, decimal, weightedSum } from '../checksums';
import { CodeRecognizer, Layout } from '../recognizer';

const WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1];

/**
 * Routing numbers of banks in the United States: the Federal Reserve's districts, also for thrift institutions and electronic
 * transactions, and traveller's cheques.
 *
 * @see https://www.aba.com/about-us/routing-number
 */
export const ROUTING_NUMBER: CodeRecognizer = {
  type: PiiType.BANK_ROUTING,
  layouts: [{ template: '9999 9999 9', separators: '-', solid: 'context' }],
  valid: (code, length) => {
    const district = decimal(code, 0, 2);
    return (district <= 12 || district >= 21 && district <= 32 || district >= 61 && district <= 72 || district === 80)
      && weightedSum(code, WEIGHTS) % 10 === 0 && !allEqual(code, length);
  },
  context: [
    'aba', 'aba number', 'aba no', 'routing', 'routing number', 'routing no', 'routingnumber', 'bank routing', 'rtn', 'routing transit',
    'transit number', 'aba routing', 'ach routing', 'wire routing', 'fedwire',
  ],
};

/** 7 to 17 digits: what banks use. */
const LENGTHS = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];

const layouts: readonly Layout[] = [
  ...LENGTHS.map((length): Layout => ({ template: '9'.repeat(length), solid: 'word' })),
  { template: '999 999 999', separators: ' -', solid: 'word' },
  { template: '999 9999999', separators: ' -', solid: 'word' },
  { template: '9999 9999 99', separators: ' -', solid: 'word' },
  { template: '9999 9999 9999', separators: ' -', solid: 'word' },
  { template: '9999 9999 9999 9999', separators: ' -', solid: 'word' },
];

/** Account numbers of banks have no form in common: a word has to say what they are. */
export const BANK_ACCOUNT: CodeRecognizer = {
  type: PiiType.BANK_ACCOUNT_NUMBER,
  layouts,
  context: [
    'account number', 'account no', 'account num', 'account nr', 'accountnumber', 'accountno', 'a c', 'a c no', 'a c number', 'acct', 'acct no',
    'acct number', 'acct num', 'acctno', 'bank account', 'bankaccount', 'bank acct', 'checking account', 'savings account', 'current account',
    'deposit account', 'checking', 'savings', 'beneficiary account', 'sort code', 'kontonummer', 'kontonr', 'konto', 'bankkonto',
    'numero de cuenta', 'cuenta', 'cuenta bancaria', 'numero de compte', 'compte', 'compte bancaire', 'rekeningnummer', 'bankrekening',
    'conto corrente', 'numero di conto', 'conta', 'conta corrente', 'conta bancaria', 'tilinumero', 'rachunek', 'numer rachunku', 'hesap',
    'hesap no',
  ],
};
