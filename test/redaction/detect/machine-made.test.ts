import { isDecimal } from '../../../src/redaction/detect/machine-made';

/** Whether the value in quotes is a decimal number, where `at` is its first digit. */
function isDecimalValue(text: string): boolean {
  const bytes = Buffer.from(`"${text}"1`);
  return isDecimal(bytes, 1 + text.search(/\d/), 1, 1 + text.length);
}

test.each(['8478.56', '-8478.56', '0.1234567', '12345.678901', '123456789.5', '-73.9856644'])('%s is a decimal number', text => {
  expect(isDecimalValue(text)).toBe(true);
});

test.each([
  // An IP address, a number of Norway, a card, telephone numbers.
  '192.0.2.1', '250602.73025', '23469495.47469236', '0043.40815', '212.555.0100', '+49.3012345', '(212).5550100',
  '1234567', '1234567.', '.1234567', '1.5e10', '--12.5', 'a12.50', '12.50 EUR', '1234567890.12', '123456.789',
])('%s may be something else', text => {
  expect(isDecimalValue(text)).toBe(false);
});
