import { detectText } from '../../../src/redaction/detect/detect';

/** With the check digits of ISO 13616. */
function iban(country: string, account: string): string {
  const digits = `${account}${country}00`.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55));
  return `${country}${String(98n - BigInt(digits) % 97n).padStart(2, '0')}${account}`;
}

test.each([
  ['that is cut', iban('RU', '04452560040702ABCDEFGHIJ12345').slice(0, 18), false],
  ['of 33 characters', iban('RU', '04452560040702ABCDEFGHIJ12345'), true],
  ['of 32 characters', iban('LC', 'HEMM000100010012001200023015'), true],
  ['of 31 characters', iban('MT', 'MALT011000012345MTLCAST001S'), true],
  ['of 15 characters', iban('NO', '86011117947'), true],
])('an IBAN %s', (_, code, is) => {
  expect(detectText(`at ${code}, or so`).map(({ start, end }) => [start, end])).toEqual(is ? [[3, 3 + code.length]] : []);
  const groups = code.replace(/.{4}(?=.)/g, '$& ');
  expect(detectText(`at ${groups}, or so`).map(({ start, end }) => [start, end])).toEqual(is ? [[3, 3 + groups.length]] : []);
});

test('a code that needs a word is found behind one, and not behind another', () => {
  expect(detectText('his passport is X1234567 today').map(({ type }) => type)).toEqual(['PASSPORT_NUMBER']);
  expect(detectText('his train is X1234567 today')).toEqual([]);
});
