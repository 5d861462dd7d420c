import { createHmac } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { labelsOf } from '../../src/redaction/labels';
import { Masker } from '../../src/redaction/masking/masker';
import { OutputBuffer } from '../../src/redaction/output';
import { DEFAULT_RULES, MaskRule, RuleSet } from '../../src/redaction/rule-set';
import { fc } from '../fast-check';

const KEY = Buffer.from('sixteen bytes or more');
const RULES: RuleSet = { ...DEFAULT_RULES, patterns: [{ name: 'EMPLOYEE_ID', pattern: 'EMP-\\d', ignoreCase: false }] };

interface Case {
  readonly name: string;
  readonly mask: MaskRule;
  readonly label: string;
  readonly value?: string;
  /** How each character of the value is escaped; as it is if left out. */
  readonly raw?: readonly string[];
  /** In place of `value`: a literal of JSON that is no string. */
  readonly literal?: string;
  readonly written: string;
}

function masked(
  { mask, label, value = '', raw, literal }: Omit<Case, 'name' | 'written'>, masks: RuleSet['masks'] = {}, key: Uint8Array = KEY,
): string {
  const rules = { ...RULES, mask, masks };
  const masker = new Masker(rules, key);
  const out = new OutputBuffer();
  const number = labelsOf(rules).indexOf(label);
  // What stands before and after must not matter.
  const [before, after] = ['é<1>', '</1>é'];
  const offset = Buffer.byteLength(before);
  if (literal !== undefined) {
    const replaced = masker.literal(out, number, Buffer.from(before + literal + after), offset, offset + literal.length);
    expect(replaced).toBe(literal !== 'null');
    return out.take().toString();
  }
  const text = (raw ?? [value]).join('');
  const rawBytes = Buffer.from(before + text + after);
  const rawTo = offset + Buffer.byteLength(text);
  if (raw === undefined) {
    masker.replace(out, number, rawBytes, offset, rawTo, rawBytes, offset, rawTo, undefined);
  } else {
    const decodedBefore = 7;
    const map = [...Array(decodedBefore).fill(0)];
    let at = offset;
    [...value].forEach((character, index) => {
      map.push(...Array(Buffer.byteLength(character)).fill(at));
      at += Buffer.byteLength(raw[index]);
    });
    const decoded = Buffer.from('#'.repeat(decodedBefore) + value + '##');
    const decodedTo = decodedBefore + Buffer.byteLength(value);
    masker.replace(out, number, rawBytes, offset, rawTo, decoded, decodedBefore, decodedTo, Uint32Array.from([...map, at]));
  }
  return out.take().toString();
}

test.each(JSON.parse(readFileSync(join(__dirname, 'masking.cases.json'), 'utf8')) as Case[])('$name', ({ written, ...rest }) => {
  expect(masked(rest)).toBe(written);
});

test('masks by label', () => {
  const masks: RuleSet['masks'] = { EMAIL: { kind: 'remove' }, EMPLOYEE_ID: { kind: 'characters', character: 'x', keepLast: 0 }, FIELD: { kind: 'typeName' } };
  const mask: MaskRule = { kind: 'characters', character: '*', keepLast: 0 };
  expect(['EMAIL', 'EMPLOYEE_ID', 'FIELD', 'SSN'].map(label => masked({ mask, label, value: 'abc' }, masks))).toEqual(['', 'xxx', '[FIELD]', '***']);
});

test('which masks are the same for all values', () => {
  const masker = new Masker({
    ...RULES,
    mask: { kind: 'typeName' },
    masks: {
      EMAIL: { kind: 'remove' }, SSN: { kind: 'characters', character: 'x', keepLast: 0 }, PHONE: { kind: 'hash', length: 16 },
    },
  }, KEY);
  expect(['URL', 'EMAIL', 'SSN', 'PHONE'].map(label => masker.isConstant(labelsOf(RULES).indexOf(label)))).toEqual([true, true, false, false]);
});

describe('pseudonyms', () => {
  const hash = (label: string, value: string, length = 16, key: Uint8Array = KEY) => masked({ mask: { kind: 'hash', length }, label, value }, {}, key);

  test('are the start of an HMAC-SHA256 of the label and the value', () => {
    const digest = createHmac('sha256', KEY).update('EMAIL\0ana@example.com').digest('hex');
    expect(hash('EMAIL', 'Ana@Example.COM')).toBe(`[EMAIL:${digest.slice(0, 16)}]`);
    expect(hash('EMAIL', 'ana@example.com', 64)).toBe(`[EMAIL:${digest}]`);
    expect(masked({ mask: { kind: 'hash', length: 8 }, label: 'SSN', literal: '219099999' })).toBe(
      `"[SSN:${createHmac('sha256', KEY).update('SSN\x00219099999').digest('hex').slice(0, 8)}]"`);
  });

  test.each([
    ['CREDIT_DEBIT_NUMBER', '4111 1111 1111 1111', '4111-1111-1111-1111', '4111111111111111'],
    ['INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'GB82 WEST 1234 5698 7654 32', 'gb82west12345698765432'],
    ['PHONE', '+44 7700 900832', '+44 (7700) 900-832', '447700900832'],
    ['SSN', '219-09-9999', '219099999', '219.09.9999'],
    ['MAC_ADDRESS', '00:00:5e:00:53:01', '00-00-5E-00-53-01', '0000.5e00.5301'],
    ['IP_ADDRESS', '2001:DB8::1', '2001:db8::1'],
    ['EMAIL', 'ANA@EXAMPLE.COM', 'ana@example.com'],
    ['BR_CPF', '123.456.789-09', '12345678909'],
  ])('%s: ways to write one value', (label, ...values) => {
    expect(new Set(values.map(value => hash(label, value))).size).toBe(1);
  });

  test.each([
    ['IP_ADDRESS', '1.11.1.1', '11.1.1.1'],
    ['DATE_OF_BIRTH', '1/11/2000', '11/1/2000'],
    ['CREDIT_DEBIT_EXPIRY', '1/225', '12/25'],
    ['PASSWORD', 'secret', 'Secret', 'se-cret'],
    ['URL', 'https://example.com/A', 'https://example.com/a'],
    ['CRYPTO_ADDRESS', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT', '1boatslrhtknngkdxeeobr76b53lettpyt'],
    ['FIELD', 'a-b', 'ab', 'AB'],
    ['EMPLOYEE_ID', 'EMP-1', 'EMP1'],
    ['CREDIT_DEBIT_NUMBER', '4111111111111111', '4111111111111112'],
  ])('%s: other values', (label, ...values) => {
    expect(new Set(values.map(value => hash(label, value))).size).toBe(values.length);
  });

  test('differ by label and by key', () => {
    const all = [hash('SSN', '219099999'), hash('BANK_ROUTING', '219099999'), hash('SSN', '219099999', 16, Buffer.alloc(16))];
    expect(new Set(all.map(text => text.replace(/.*:/, ''))).size).toBe(3);
  });

  test('are those of what an escaped value says', () => {
    const mask: MaskRule = { kind: 'hash', length: 16 };
    expect(masked({ mask, label: 'EMAIL', value: 'a@b.io', raw: ['a', '\\u0040', 'b', '.', 'i', 'o'] })).toBe(hash('EMAIL', 'a@b.io'));
  });

  test.each([[undefined, 'there is no key'], [Buffer.alloc(15), 'the key has 15 bytes']])('need a key: %p', (key, because) => {
    for (const rules of [{ ...RULES, mask: { kind: 'hash', length: 16 } as const }, { ...RULES, masks: { SSN: { kind: 'hash', length: 16 } as const } }]) {
      expect(() => new Masker(rules, key)).toThrow(expect.objectContaining({ code: 'INVALID_RULES', message: expect.stringContaining(because) }));
    }
    expect(() => new Masker(RULES, key)).not.toThrow();
  });

  test('the key can be wiped once it was given', () => {
    const key = Buffer.from(KEY);
    const rules: RuleSet = { ...RULES, mask: { kind: 'hash', length: 16 } };
    const masker = new Masker(rules, key);
    key.fill(0);
    const out = new OutputBuffer();
    masker.replace(out, labelsOf(rules).indexOf('EMAIL'), Buffer.from('a@b.io'), 0, 6, Buffer.from('a@b.io'), 0, 6, undefined);
    expect(out.take().toString()).toBe(hash('EMAIL', 'a@b.io'));
  });
});

test('whatever the mask, a JSON literal stays a literal of JSON, and characters keep its length', () => {
  const rules = fc.oneof(
    fc.constantFrom<MaskRule>({ kind: 'typeName' }, { kind: 'remove' }, { kind: 'hash', length: 16 }),
    fc.record({ kind: fc.constant('characters' as const), character: fc.constantFrom('*', '#', 'x', 'X', '_'), keepLast: fc.nat(16) }),
  );
  const numbers = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noDefaultInfinity: true, noNaN: true }));
  const literals = fc.oneof(numbers, fc.boolean(), fc.constant(null)).map(value => JSON.stringify(value));
  fc.assert(fc.property(rules, literals, (mask, literal) => {
    const written = masked({ mask, label: 'FIELD', literal });
    const value: unknown = JSON.parse(written);
    expect(value === null || value === 0 || typeof value === 'string').toBe(true);
    if (mask.kind === 'characters') {
      expect(written).toHaveLength(literal.length);
      // At most half of it can be read.
      expect(typeof value !== 'string' || 2 * value.replaceAll(mask.character, '').length <= literal.length).toBe(true);
    }
  }), { numRuns: 300 });
});
