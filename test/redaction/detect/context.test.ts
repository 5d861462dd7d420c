import { ContextWords } from '../../../src/redaction/detect/context';

const SSN = 1;
const PASSPORT = 40;
const context = new ContextWords([
  { number: SSN, context: ['ssn', 'social security', 'sécurité sociale'] },
  { number: PASSPORT, context: ['passport', 'travel document number', '여권번호'] },
]);

/** The types that the context of `#` speaks for. */
function types(text: string, wantedLow = -1, wantedHigh = -1): number[] {
  const bytes = Buffer.from(text);
  context.nearest(bytes, bytes.indexOf('#'), 0, wantedLow, wantedHigh);
  return [...Array(64).keys()].filter(number => (number < 32 ? context.low >>> number & 1 : context.high >>> number - 32 & 1) !== 0);
}

test.each<[string, number[]]>([
  ['ssn #', [SSN]],
  ['SSN: #', [SSN]],
  ['ssn=#', [SSN]],
  ['"ssn": "#"', [SSN]],
  ['customerSsn=#', [SSN]],
  ['socialSecurity=#', [SSN]],
  ['socialsecurity #', [SSN]],
  ['social_security_number #', [SSN]],
  ['Social  Security no. #', [SSN]],
  ['my ssn is not # ', [SSN]],
  ['ssn – #', [SSN]],
  ['Sécurité sociale : #', [SSN]],
  ['securite sociale : #', [SSN]],
  ['여권번호: #', [PASSPORT]],
  ['여권번호：#', [PASSPORT]],
  ['travel document number #', [PASSPORT]],
  ['passport ssn #', [SSN]],
  ['ssn passport #', [PASSPORT]],
  ['ssn2 #', [SSN]],
  ['assn #', []],
  ['ssns #', []],
  ['social #', []],
  ['document number #', []],
  ['ssn offset=#', []],
  ['ssn number=#', [SSN]],
  ['my ssn=#', [SSN]],
  ['ssn the number=#', []],
  ['ssn offset = #', [SSN]],
  ['# ssn', []],
  ['ssn one two three four five #', [SSN]],
  ['ssn one two three four five six #', []],
  [`ssn${' '.repeat(32)}#`, [SSN]],
  [`ssn${' '.repeat(33)}#`, []],
  ['ssn\n#', [SSN]],
  ['ssn\n  #', [SSN]],
  ['ssn\n\n#', []],
  ['ssn\nand #', []],
  ['#', []],
])('%s', (text, expected) => {
  expect(types(text)).toEqual(expected);
});

test('words of types that are not wanted do not hide others', () => {
  expect(types('ssn passport #', 1 << SSN, 0)).toEqual([SSN]);
});

test('the name of a field may say it anywhere', () => {
  expect(context.ofName('passport_or_ssn_of_owner')).toEqual({ low: 1 << SSN, high: 1 << PASSPORT - 32 });
  expect(context.ofName('order_id')).toEqual({ low: 0, high: 0 });
});
