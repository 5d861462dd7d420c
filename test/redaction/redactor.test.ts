import { Redactor, RedactorOptions } from '../../src/redaction/redactor';
import { DEFAULT_RULES } from '../../src/redaction/rule-set';

function redact(input: string, options: RedactorOptions = { format: 'text' }): string {
  const redactor = new Redactor(options);
  return Buffer.concat([redactor.push(Buffer.from(input)), redactor.end()]).toString();
}

test('lines go out as soon as they are whole, once there are enough of them', () => {
  const redactor = new Redactor({ format: 'text' });
  const line = `${'some words '.repeat(80)}a@example.com\n`;
  expect(redactor.push(Buffer.from(line)).toString()).toBe(line.replace('a@example.com', '[EMAIL]'));
  expect(redactor.push(Buffer.from(line.slice(0, -1))).length).toBeLessThan(line.length);
  expect(redactor.push(Buffer.from('\n')).toString()).toContain('[EMAIL]');
});

test('nothing goes out after an error, and the error stays', () => {
  const redactor = new Redactor({ format: 'json' });
  expect(() => redactor.push(Buffer.from('{"a": nonsense}\n'))).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  expect(() => redactor.push(Buffer.from('{"a": 1}\n'))).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  expect(() => redactor.end()).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
});

test('tells where values stood in the input, and what they are', () => {
  const spans: unknown[][] = [];
  const long = 'x '.repeat(100_000);
  redact(`${long}a@example.com, then 192.0.2.1`, { format: 'text', onSpan: (...span) => spans.push(span) });
  expect(spans).toEqual([[200_000, 200_013, 'EMAIL', 7], [200_020, 200_029, 'IP_ADDRESS', 12]]);
});

test.each<[string, string]>([
  ['GET /find?mail=jane%40example.com&x=1', 'GET /find?mail=[EMAIL]&x=1'],
  ['GET /find?mail=jane%2Edoe%40example%2Ecom', 'GET /find?mail=[EMAIL]'],
  ['100% of a@example.com', '100% of [EMAIL]'],
  ['%41%42%43 stays', '%41%42%43 stays'],
])('percent-encoding: %s', (input, output) => {
  expect(redact(input)).toBe(output);
});

test('a value that is both percent-encoded and escaped', () => {
  expect(redact('{"url":"/x?m=jane\\u002540example.com"}', { format: 'json' })).toBe('{"url":"/x?m=[EMAIL]"}');
});

test('a whole value that its field names, of any size', () => {
  const rules = { ...DEFAULT_RULES, fields: ['photo'] };
  const value = 'AAAA'.repeat(100_000);
  expect(redact(`{"photo":"${value}","id":1}`, { format: 'json', rules })).toBe('{"photo":"[FIELD]","id":1}');
  expect(() => redact(`{"photo":"${value}"}`, { format: 'json', rules: { ...rules, mask: { kind: 'characters', character: '*', keepLast: 4 } } }))
    .toThrow(expect.objectContaining({ code: 'OVERSIZED' }));
});

test('keywords and patterns of the user, also where they overlap with types', () => {
  const rules = {
    ...DEFAULT_RULES,
    keywords: [{ name: 'PROJECT', words: ['bluebird'], ignoreCase: true }],
    patterns: [{ name: 'TICKET', pattern: 'T-[0-9]{4,8}', ignoreCase: false }],
  };
  expect(redact('Bluebird T-12345 a@bluebird.example', { format: 'text', rules })).toBe('[PROJECT] [TICKET] [EMAIL]');
});

test('a mask before a bracket ends no section of XML', () => {
  expect(redact('<a>a@example.com]&gt; <![CDATA[b@example.com]> c@example.com]]></a>', { format: 'xml' }))
    .toBe('<a>[EMAIL]]&gt; <![CDATA[[EMAIL] ]> [EMAIL]]]></a>');
});

test('the name of a field holds for texts; for numbers and flags only where those can be it', () => {
  expect(redact('{"email":true,"phone":3,"pin":1234,"ssn":"n/a","password":false,"notify":{"email":{"subject":"hello"}}}', { format: 'json' }))
    .toBe('{"email":true,"phone":3,"pin":"[PIN]","ssn":"[SSN]","password":false,"notify":{"email":{"subject":"hello"}}}');
  expect(redact('{"email":true}', { format: 'json', rules: { ...DEFAULT_RULES, fields: ['email'] } })).toBe('{"email":"[EMAIL]"}');
});

test.each<['csv' | 'xml', string, string]>([
  ['csv', 'a,b\nada@example.com",2\n3,4\n', 'a,b\n_",2\n3,4\n'],
  ['csv', 'a,b\n"ada@example.com",2\n', 'a,b\n"",2\n'],
  ['csv', 'a,b\n"mail ada@example.com",2\n', 'a,b\n"mail ",2\n'],
  ['xml', '<a><![CDATA[x]]203.0.113.77>y]]></a>', '<a><![CDATA[x]]_>y]]></a>'],
  ['xml', '<a><?p x?203.0.113.77>?></a>', '<a><?p x?_>?></a>'],
  ['xml', '<a><!-- -ada@example.com- --></a>', '<a><!-- -_- --></a>'],
  ['xml', '<a>ada@example.com</a>', '<a></a>'],
])('what is removed leaves no structure behind: %s %s', (format, input, output) => {
  expect(redact(input, { format, rules: { ...DEFAULT_RULES, mask: { kind: 'remove' } } })).toBe(output);
});
