import { readFileSync } from 'fs';
import { join } from 'path';
import { ComprehendOptions } from '../../src/redaction/comprehend-options';
import { Mask } from '../../src/redaction/mask';
import { PiiType } from '../../src/redaction/pii-type';
import { Redaction } from '../../src/redaction/redaction';
import { RedactionProps } from '../../src/redaction/redaction-props';
import { DEFAULT_RULES } from '../../src/redaction/rule-set';

test('without options, all types are replaced by their names', () => {
  expect(Redaction.of()._rules).toEqual(DEFAULT_RULES);
  expect(Redaction.of({})._rules.types).toContain(PiiType.NAME);
});

test('all options', () => {
  const redaction = Redaction.of({
    types: [PiiType.SSN, PiiType.EMAIL, PiiType.SSN],
    fields: ['dob', 'customer.email', '/payments/*/pan'],
    keywords: [{ name: 'PROJECT', words: ['Apollo'] }, { name: 'PROJECT', words: ['Gemini'], ignoreCase: false }],
    patterns: [{ name: 'EMPLOYEE_ID', pattern: '\\bEMP-\\d{6}\\b' }, { name: 'TICKET', pattern: 't-\\d{3}', ignoreCase: true }],
    mask: Mask.characters('x'),
    masks: { SSN: Mask.characters('*', { keepLast: 4 }), FIELD: Mask.remove(), PROJECT: Mask.hash({ length: 8 }), EMPLOYEE_ID: Mask.hash(), TICKET: Mask.typeName() },
  });
  expect(redaction._rules).toEqual({
    types: ['SSN', 'EMAIL'],
    fields: ['dob', 'customer.email', '/payments/*/pan'],
    keywords: [{ name: 'PROJECT', words: ['Apollo'], ignoreCase: true }, { name: 'PROJECT', words: ['Gemini'], ignoreCase: false }],
    patterns: [{ name: 'EMPLOYEE_ID', pattern: '\\bEMP-\\d{6}\\b', ignoreCase: false }, { name: 'TICKET', pattern: 't-\\d{3}', ignoreCase: true }],
    mask: { kind: 'characters', character: 'x', keepLast: 0 },
    masks: {
      SSN: { kind: 'characters', character: '*', keepLast: 4 },
      FIELD: { kind: 'remove' },
      PROJECT: { kind: 'hash', length: 8 },
      EMPLOYEE_ID: { kind: 'hash', length: 16 },
      TICKET: { kind: 'typeName' },
    },
  });
  expect(JSON.parse(redaction.toJsonString())).toEqual(redaction._rules);
});

test('types may be empty beside other rules', () => {
  expect(Redaction.of({ types: [], fields: ['dob'] })._rules.types).toEqual([]);
});

test('a list that is changed later changes nothing', () => {
  const [types, fields, words] = [[PiiType.EMAIL], ['dob'], ['Apollo']];
  const redaction = Redaction.of({ types, fields, keywords: [{ name: 'PROJECT', words }] });
  const before = redaction.toJsonString();
  [types, fields, words].forEach(list => list.pop());
  expect(redaction.toJsonString()).toBe(before);
});

describe('masks', () => {
  test.each(['*', '#', 'x', 'X', '_'])('%s is a mask', character => {
    expect(Mask.characters(character)._rule).toEqual({ kind: 'characters', character, keepLast: 0 });
  });

  // Digits and letters look like data; the others have a meaning in CSV, JSON, XML, URLs or a spreadsheet, or are no ASCII.
  test.each(['', '**', '0', 'a', ' ', '"', "'", ',', ';', '\t', '\n', '\\', '<', '>', '&', '=', '+', '-', '@', '%', '/', '|', '{', '[', '\u0000', '•', 'é', '🚀'])('%j is none', character => {
    expect(() => Mask.characters(character)).toThrow(`[Mask.characters] the character is ${JSON.stringify(character)}, which can be taken for data or breaks a format: choose one of * # x X _`);
  });

  test.each([-1, 17, 1.5, NaN, Infinity, '4' as unknown as number, null as unknown as number])('keepLast: %p is refused', keepLast => {
    expect(() => Mask.characters('*', { keepLast })).toThrow(/\[Mask\.characters\] keepLast is .*: give a whole number from 0 to 16/);
  });

  test.each([7, 65, 8.5, NaN, '16' as unknown as number])('a hash of %p digits is refused', length => {
    expect(() => Mask.hash({ length })).toThrow(/\[Mask\.hash\] length is .*: give a whole number of hexadecimal digits from 8 to 64/);
  });

  test.each([[8], [64]])('a hash of %p digits', length => {
    expect(Mask.hash({ length })._rule).toEqual({ kind: 'hash', length });
  });
});

describe('refused rules', () => {
  const keyword = (name: unknown, words: unknown = ['Apollo']) => ({ keywords: [{ name, words }] }) as RedactionProps;
  const pattern = (name: unknown, text: unknown) => ({ patterns: [{ name, pattern: text }] }) as RedactionProps;

  test.each<[string, RedactionProps, string]>([
    ['nothing to look for', { types: [] }, 'types is empty, so that nothing would be redacted: leave types out for all of them, or name fields, keywords or patterns'],
    ['a type that is none', { types: ['EMIAL' as PiiType] }, "types holds 'EMIAL', which is none: give members of PiiType"],
    ['types that are no list', { types: 'EMAIL' as unknown as PiiType[] }, 'types is "EMAIL": give a list'],
    ['a field that is empty', { fields: ['ssn', ' '] }, 'fields holds what selects nothing: '],
    ['a field as JSONPath', { fields: ['$.customer[0].email'] }, 'fields holds what selects nothing: '],
    ['a field that is no text', { fields: [7 as unknown as string] }, 'fields holds 7: give texts'],
    ['a field that is known at deployment', { fields: ['${Token[TOKEN.12]}'] }, 'fields holds a value that only CloudFormation knows, which cannot be checked: write the value out'],
    ['fields that are known at deployment', { fields: ['#{Token[TOKEN.12]}'] }, 'fields holds a value that only CloudFormation knows'],
    ['a rule without a name', keyword(undefined), 'a name in keywords is missing: give up to 64 upper-case letters, digits and _, such as EMPLOYEE_ID'],
    ['a name that would have to be escaped', keyword('A"B'), 'a name in keywords is "A\\"B": give up to 64'],
    ['a name in lower case', keyword('project'), 'a name in keywords is "project"'],
    ['a long name', keyword('A'.repeat(65)), 'a name in keywords is "AAA'],
    ['the name of a type', pattern('EMAIL', 'a'), 'a name in patterns is EMAIL, which is taken: choose another, such as MY_EMAIL'],
    ['the name of fields', pattern('FIELD', 'a'), 'a name in patterns is FIELD, which is taken'],
    ['no words', keyword('PROJECT', []), 'PROJECT has no words: give at least one, or leave the rule out'],
    ['words that are no list', keyword('PROJECT', 'Apollo'), 'words of PROJECT is "Apollo": give a list'],
    ['a word that is known at deployment', keyword('PROJECT', ['a ${Token[TOKEN.1]}']), 'words of PROJECT holds a value that only CloudFormation knows'],
    ['an empty word', keyword('PROJECT', ['']), 'PROJECT holds the keyword "": give words and phrases without line breaks'],
    ['a pattern that is none', pattern('A', undefined), 'the pattern A holds missing: give texts'],
    ['a pattern without an upper bound', pattern('A', 'EMP-\\d+'), "in the pattern A, the repeat '+' has no upper bound (character 7): write how many there can be, such as {1,32}"],
    ['a pattern with a lookahead', pattern('A', 'a(?=b)'), 'in the pattern A, a lookaround cannot be matched in linear time (character 2)'],
    ['a pattern with too many states', pattern('A', '[ab]{0,60}a[ab]{20}c'), 'the pattern A needs too many states to be matched in linear time'],
    ['a pattern that matches nothing', pattern('A', 'a?'), 'the pattern A matches where nothing is'],
    ['a mask that is none', { mask: '*' as unknown as Mask }, 'mask is "*": give a value of Mask, such as Mask.typeName()'],
    ['masks that hold none', { masks: { EMAIL: {} as Mask } }, 'the mask of EMAIL is {}: give a value of Mask'],
    ['a mask of what is not looked for', { types: [PiiType.SSN], masks: { EMAIL: Mask.remove() } }, 'masks names EMAIL, which these rules do not look for: name one of types, FIELD together with fields'],
    ['a mask of fields without fields', { masks: { FIELD: Mask.remove() } }, 'masks names FIELD, which these rules do not look for'],
    ['a mask by a name that all objects have', { masks: JSON.parse('{"constructor": {"_rule": {"kind": "remove"}}}') }, 'masks names constructor, which these rules do not look for'],
  ])('%s', (_, props, message) => {
    expect(() => Redaction.of(props)).toThrow(expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(`[Redaction.of] ${message}`) }));
  });

  test.each((JSON.parse(readFileSync(join(__dirname, 'custom-refused.cases.json'), 'utf8')) as { pattern: string; because: string }[]))('the pattern $pattern', ({ pattern: text, because }) => {
    expect(() => Redaction.of({ patterns: [{ name: 'MINE', pattern: text }] })).toThrow(new RegExp(`^\\[Redaction\\.of\\].*pattern MINE.*${because}`, 's'));
  });
});


describe('Amazon Comprehend', () => {
  test('is asked for names and addresses', () => {
    const redaction = Redaction.of({ types: [PiiType.EMAIL] });
    expect(redaction.comprehend({ languageCode: 'en' })._rules).toEqual({
      ...redaction._rules,
      types: ['EMAIL', 'NAME', 'ADDRESS'],
      comprehend: { languageCode: 'en', types: ['NAME', 'ADDRESS'], confidence: 0.5 },
    });
    expect(redaction._rules.comprehend).toBeUndefined();
  });

  test('all options, and the last call counts', () => {
    const redaction = Redaction.of().comprehend({ languageCode: 'en' }).comprehend({ languageCode: 'es', types: [PiiType.NAME, PiiType.NAME], confidence: 0 });
    expect(redaction._rules).toEqual({ ...DEFAULT_RULES, comprehend: { languageCode: 'es', types: ['NAME'], confidence: 0 } });
    expect(JSON.parse(redaction.toJsonString())).toEqual(redaction._rules);
  });

  test('is asked for types of PiiEntity only', () => {
    // https://docs.aws.amazon.com/comprehend/latest/APIReference/API_PiiEntity.html
    const documented = ('BANK_ACCOUNT_NUMBER BANK_ROUTING CREDIT_DEBIT_NUMBER CREDIT_DEBIT_CVV CREDIT_DEBIT_EXPIRY PIN EMAIL ADDRESS NAME PHONE SSN '
      + 'DATE_TIME PASSPORT_NUMBER DRIVER_ID URL AGE USERNAME PASSWORD AWS_ACCESS_KEY AWS_SECRET_KEY IP_ADDRESS MAC_ADDRESS ALL LICENSE_PLATE '
      + 'VEHICLE_IDENTIFICATION_NUMBER UK_NATIONAL_INSURANCE_NUMBER CA_SOCIAL_INSURANCE_NUMBER US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER '
      + 'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER IN_PERMANENT_ACCOUNT_NUMBER IN_NREGA INTERNATIONAL_BANK_ACCOUNT_NUMBER SWIFT_CODE '
      + 'UK_NATIONAL_HEALTH_SERVICE_NUMBER CA_HEALTH_NUMBER IN_AADHAAR IN_VOTER_NUMBER').split(' ');
    const found = Object.values(PiiType).filter(type => isAccepted({ languageCode: 'en', types: [type] }));
    expect(found.sort()).toEqual(documented.filter(type => (Object.values(PiiType) as string[]).includes(type)).sort());
  });

  test.each<[string, unknown, string]>([
    ['a language it does not read', { languageCode: 'de' }, 'languageCode is "de", which DetectPiiEntities does not read: give en or es'],
    ['no language', {}, 'languageCode is missing, which DetectPiiEntities does not read: give en or es'],
    ['no types', { languageCode: 'en', types: [] }, 'types is []: name at least one, or leave types out for NAME and ADDRESS'],
    ['a type that it does not find', { languageCode: 'en', types: ['ES_NIF'] },
      'types holds "ES_NIF", which Amazon Comprehend does not find: leave it out; give it to Redaction.of if it is a PiiType'],
    ['a type that is none', { languageCode: 'en', types: ['AGE'] }, 'types holds "AGE", which Amazon Comprehend does not find: '],
    ['less than no confidence', { languageCode: 'en', confidence: -0.1 }, 'confidence is -0.1: give a number from 0 to 1, such as 0.5'],
    ['a percentage', { languageCode: 'en', confidence: 90 }, 'confidence is 90: give a number from 0 to 1, such as 0.5'],
    ['NaN', { languageCode: 'en', confidence: NaN }, 'confidence is null: give a number from 0 to 1, such as 0.5'],
  ])('refused: %s', (_name, options, message) => {
    expect(() => Redaction.of().comprehend(options as ComprehendOptions)).toThrow(`[Redaction.comprehend] ${message}`);
  });

  function isAccepted(options: ComprehendOptions): boolean {
    try {
      Redaction.of().comprehend(options);
      return true;
    } catch {
      return false;
    }
  }
});
