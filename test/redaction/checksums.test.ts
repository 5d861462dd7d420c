import { allEqual, base36, decimal, isDigits, luhn, luhnSum, mod11_10, mod97, verhoeff, weightedSum } from '../../src/redaction/detect/checksums';

type Check = (code: Uint8Array, length: number) => boolean;

const DIGITS = [...'0123456789'];

function passes(check: Check, code: string): boolean {
  // What stands behind the code is that of codes before: it may not matter.
  return check(Buffer.from(code + '7Z'), code.length);
}

/** Each code that differs from `code` in one digit. */
function slips(code: string): string[] {
  return [...code].flatMap((digit, i) => DIGITS.filter(other => other !== digit && /\d/.test(digit)).map(other => code.slice(0, i) + other + code.slice(i + 1)));
}

/** Each code in which two neighbours have changed places. */
function swaps(code: string): string[] {
  return [...code].slice(1).map((_, i) => code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2)).filter(other => other !== code);
}

/** Numbers of `length` digits, always the same, spread over all there are. */
function numbers(length: number): string[] {
  return Array.from({ length: 200 }, (_, i) => String(Math.floor((i * 0.6180339887498949 % 1) * 10 ** length)).padStart(length, '0'));
}

// Worked examples: ISO/IEC 7812-1 and 7064, ISO 13616, Verhoeff's thesis as the encyclopedias repeat them.
describe.each<{ name: string; check: Check; right: string[] }>([
  { name: 'Luhn', check: luhn, right: ['79927398713', '0', '4539148803436467', '18'] },
  { name: 'mod 97', check: mod97, right: ['GB82WEST12345698765432', 'DE89370400440532013000', 'NO9386011117947'] },
  { name: 'Verhoeff', check: verhoeff, right: ['2363', '123451', '0'] },
  { name: 'ISO 7064 mod 11,10', check: mod11_10, right: ['07945', '794623', '002006673085'] },
])('$name', ({ check, right }) => {
  test.each(right)('%s is right', code => expect(passes(check, code)).toBe(true));

  test.each(right)('%s with another digit is wrong', code => expect(slips(code).filter(slip => passes(check, slip))).toEqual([]));
});

test.each([
  ['Luhn', luhn],
  ['Verhoeff', verhoeff],
  ['ISO 7064 mod 11,10', mod11_10],
])('%s has one check digit for each number', (_, check) => {
  for (const number of [...numbers(8), ...numbers(11)]) {
    expect(DIGITS.filter(digit => passes(check, number + digit))).toHaveLength(1);
  }
});

test('mod 97 has one pair of check digits for each account', () => {
  for (const number of numbers(12)) {
    const pairs = Array.from({ length: 97 }, (_, i) => String(i + 2).padStart(2, '0')).filter(pair => passes(mod97, `XK${pair}${number}`));
    expect(pairs).toHaveLength(1);
  }
});

test('Verhoeff and mod 97 notice that neighbours have changed places', () => {
  for (const number of numbers(9)) {
    const code = number + DIGITS.find(digit => passes(verhoeff, number + digit));
    expect(swaps(code).filter(swap => passes(verhoeff, swap))).toEqual([]);
  }
  expect(swaps('GB82WEST12345698765432').filter(swap => passes(mod97, swap))).toEqual([]);
});

test('Luhn does not notice 09 for 90 only', () => {
  expect(passes(luhn, '0919')).toBe(passes(luhn, '9019'));
  expect(swaps('79927398713').filter(swap => passes(luhn, swap))).toEqual([]);
});

test('sums and values of a part of a code', () => {
  const code = Buffer.from('A12045Z');

  expect(base36(code[0])).toBe(10);
  expect(base36(code[1])).toBe(1);
  expect(base36(code[6])).toBe(35);
  expect(decimal(code, 1, 6)).toBe(12045);
  expect(decimal(code, 3, 3)).toBe(0);
  expect(weightedSum(code, [1, 10, 100], 1)).toBe(21);
  expect(weightedSum(Buffer.from('305'), [2, 3, 4])).toBe(26);
  // 5, 4 doubled, 0, 2 doubled, 1.
  expect(luhnSum(code, 1, 6)).toBe(5 + 8 + 0 + 4 + 1);
  expect(luhnSum(Buffer.from('19'), 0, 2)).toBe(11);
  expect(luhnSum(Buffer.from('91'), 0, 2)).toBe(10);
});

test.each([
  { code: 'A12045Z', from: 1, to: 6, digits: true },
  { code: 'A12045Z', from: 0, to: 6, digits: false },
  { code: 'A12045Z', from: 1, to: 7, digits: false },
  { code: '12/45', from: 0, to: 5, digits: false },
  { code: '12:45', from: 0, to: 5, digits: false },
])('$code from $from to $to holds digits only: $digits', ({ code, from, to, digits }) => {
  expect(isDigits(Buffer.from(code), from, to)).toBe(digits);
});

test.each([
  { code: '000000', from: 0, to: 6, equal: true },
  { code: '000001', from: 0, to: 6, equal: false },
  { code: '100000', from: 0, to: 6, equal: false },
  { code: '122223', from: 1, to: 5, equal: true },
])('$code from $from to $to is of one character: $equal', ({ code, from, to, equal }) => {
  expect(allEqual(Buffer.from(code), to, from)).toBe(equal);
});
