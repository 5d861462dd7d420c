import { Finders } from '../../../src/redaction/detect/finders';
import { NamedCodes } from '../../../src/redaction/detect/named-codes';
import { ANCHORED_RECOGNIZERS, CODE_RECOGNIZERS } from '../../../src/redaction/detect/recognizers/catalogue';
import { NO_FIELD } from '../../../src/redaction/fields/field';
import { PII_TYPES, typeNumber } from '../../../src/redaction/labels';
import { PiiType } from '../../../src/redaction/pii-type';

const { CREDIT_DEBIT_NUMBER: CARD, SSN, IN_AADHAAR, UK_NATIONAL_HEALTH_SERVICE_NUMBER: NHS } = PiiType;

const codes = new NamedCodes(new Finders(PII_TYPES, CODE_RECOGNIZERS, ANCHORED_RECOGNIZERS));

test.each<[string, PiiType[], PiiType | undefined]>([
  ['4111111111111111', [CARD], CARD],
  ['4111-1111-1111-1111', [CARD, SSN], CARD],
  ['536-90-4399', [CARD, SSN], SSN],
  ['943 476 5919', [NHS], NHS],
  // Not as a whole, not valid, not of these types, not with a digit first; or of more types than are tried one by one.
  ['4111 1111 1111 1111 x', [CARD], undefined],
  ['4111111111111112', [CARD], undefined],
  ['4111111111111111', [SSN], undefined],
  ['x4111111111111111', [CARD], undefined],
  ['4111111111111111', [CARD, SSN, NHS], undefined],
  ['4111111111111111', [], undefined],
  // The first twelve digits are a number of another type, which comes first.
  ['4111 2222 3304 0003', [CARD, IN_AADHAAR], undefined],
])('%s for %s', (text, types, expected) => {
  const bits = types.map(typeNumber);
  const field = {
    ...NO_FIELD,
    contextLow: bits.filter(bit => bit < 32).reduce((mask, bit) => mask | 1 << bit, 0),
    contextHigh: bits.filter(bit => bit >= 32).reduce((mask, bit) => mask | 1 << bit - 32, 0),
  };
  const bytes = Buffer.from(`"${text}"`);
  expect(PII_TYPES[codes.typeOf(bytes, 1, bytes.length - 1, field)]).toBe(expected);
});
