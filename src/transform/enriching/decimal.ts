const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** DynamoDB keeps this many digits, and exponents of ten within these bounds. */
const MAXIMUM_DIGITS = 38;
const LARGEST_EXPONENT = 125;
const SMALLEST_EXPONENT = -130;

/**
 * A number in the one form that stands for all ways to write it; undefined if it is none that DynamoDB could hold.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 */
export function canonicalDecimal(text: string): string | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') {
    return undefined;
  }
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') {
    return '0';
  }
  const last = Number(exponent) - fraction.length + digits.length - significant.length;
  const first = last + significant.length - 1;
  if (significant.length > MAXIMUM_DIGITS || first > LARGEST_EXPONENT || first < SMALLEST_EXPONENT) {
    return undefined;
  }
  return `${sign === '-' ? '-' : ''}${significant}e${last}`;
}
