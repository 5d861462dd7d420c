/** Made-up documents with planted values: the values go, all else stays, the shape is the same, and cuts change nothing. */
import { AWKWARD_INPUTS, halfUnicode, hexadecimal, PADDING, unicode } from './awkward';
import { redact, unescaped } from './drive';
import { parseCsv, tagsAndText } from './parse';
import { PiiType } from '../../../src/redaction/pii-type';
import { RedactorOptions } from '../../../src/redaction/redactor';
import { DEFAULT_RULES, RuleSet } from '../../../src/redaction/rule-set';
import { fc } from '../../fast-check';

/** Values that need no words around them. */
const PLANTED: Readonly<Record<string, PiiType>> = {
  'ada.byron@example.com': PiiType.EMAIL,
  'x_1+tag@mail.example.co.uk': PiiType.EMAIL,
  'DE36300103173407324931': PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  'GB52 EXMP 1234 5612 3456 78': PiiType.INTERNATIONAL_BANK_ACCOUNT_NUMBER,
  '4111119876543212': PiiType.CREDIT_DEBIT_NUMBER,
  '2221-0098-7654-3216': PiiType.CREDIT_DEBIT_NUMBER,
  '203.0.113.77': PiiType.IP_ADDRESS,
  '2001:db8:85a3::8a2e:370:7334': PiiType.IP_ADDRESS,
  '00:00:5e:00:53:af': PiiType.MAC_ADDRESS,
};
const VALUES = Object.keys(PLANTED);
/** Only types that no filler below can be. */
const RULES: RuleSet = { ...DEFAULT_RULES, types: [...new Set(Object.values(PLANTED))] };

const planted = fc.constantFrom(...VALUES);
const letters = (alphabet: string, maxLength: number) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });
// Without v, after which four numbers are a version.
const filler = fc.oneof(
  letters('ghijklmnopqrstuwxyz', 12), letters('äßéñ日本語😀', 6),
  fc.constantFrom('10', '3.14', 'a-b', '100 %', '1,000', '#7', '&', '{x}', '\\'),
);
const gap = fc.constantFrom(' ', '\n', ', ', '; ', ' "', '\t', ' (', '\r\n');
/** Words with gaps between them, and what they are once redacted. */
const prose = fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: filler }, { weight: 1, arbitrary: planted }), gap), { maxLength: 30 });
const mask = (word: string) => PLANTED[word] === undefined ? word : `[${PLANTED[word]}]`;
const sentence = fc.array(fc.oneof({ weight: 3, arbitrary: filler }, { weight: 1, arbitrary: planted }), { maxLength: 6 }).map(words => words.join(' '));
const masked = (text: string) => VALUES.reduce((result, value) => result.split(value).join(mask(value)), text);

/** Random cuts of an input. */
const cutsOf = (where: readonly number[], length: number) => [...new Set(where.map(position => position % (length + 1)))].sort((a, b) => a - b);
const positions = fc.array(fc.nat(1_000_000), { maxLength: 12 });

function check(input: string, options: RedactorOptions, where: readonly number[]): string {
  const bytes = Buffer.from(input);
  return redact(bytes, options, cutsOf(where, bytes.length)).toString();
}

it('text keeps all but what was planted', () => {
  fc.assert(fc.property(prose, positions, (words, where) => {
    const text = words.map(([word, after]) => word + after).join('');
    expect(check(text, { format: 'text', rules: RULES }, where)).toBe(words.map(([word, after]) => mask(word) + after).join(''));
  }), { numRuns: 300 });
});

const writeString = fc.constantFrom((text: string) => JSON.stringify(text), (text: string) => `"${unicode(text)}"`, (text: string) => `"${halfUnicode(text)}"`);

/** JSON text of a value, with what the redacted text has to parse to. */
type Document = readonly [written: string, expected: unknown];
const blank = fc.constantFrom('', ' ', '\n  ', '\t');
const { document } = fc.letrec<{ document: Document; leaf: Document; list: Document; record: Document }>(tie => ({
  document: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('record')),
  leaf: fc.oneof(
    fc.tuple(sentence, writeString).map(([text, write]): Document => [write(text), masked(text)]),
    fc.constantFrom<Document>(['17', 17], ['-2.50e3', -2500], ['true', true], ['null', null], ['""', '']),
  ),
  list: fc.tuple(fc.array(tie('document'), { maxLength: 5 }), blank)
    .map(([items, space]): Document => [`[${space}${items.map(([written]) => written).join(`,${space}`)}]`, items.map(([, expected]) => expected)]),
  record: fc.tuple(fc.uniqueArray(letters('ghijkl', 5), { maxLength: 5 }), fc.array(tie('document'), { minLength: 5, maxLength: 5 }), writeString, blank)
    .map(([names, items, write, space]): Document => [
      `{${names.map((name, index) => `${space}${write(name)}${space}:${items[index][0]}`).join(',')}${space}}`,
      Object.fromEntries(names.map((name, index) => [name, items[index][1]])),
    ]),
}));

it('JSON keeps all but what was planted', () => {
  fc.assert(fc.property(document, positions, ([written, expected], where) => {
    expect(JSON.parse(check(written, { format: 'json', rules: RULES }, where))).toEqual(expected);
  }), { numRuns: 300 });
});

it('NDJSON keeps its lines', () => {
  fc.assert(fc.property(fc.array(document.filter(([written]) => !/[\n]/.test(written)), { minLength: 1, maxLength: 5 }), positions, (documents, where) => {
    const output = check(documents.map(([written]) => written).join('\n'), { format: 'ndjson', rules: RULES }, where);
    expect(output.split('\n').map(line => JSON.parse(line))).toEqual(documents.map(([, expected]) => expected));
  }), { numRuns: 100 });
});

const cell = fc.tuple(fc.oneof(sentence, fc.constantFrom('', '"', 'a\nb', ',', 'x"y"')), fc.boolean());

it.each(['csv', 'tsv'] as const)('%s keeps all but what was planted', format => {
  const separator = format === 'csv' ? ',' : '\t';
  const write = ([text, quoted]: readonly [string, boolean]) => quoted || /[",\n\t\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  fc.assert(fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), positions, (rows, end, where) => {
    const head = ['one', 'two', 'three'].join(separator) + end;
    const output = check(head + rows.map(row => row.map(write).join(separator) + end).join(''), { format, rules: RULES }, where);
    expect(parseCsv(output, separator)).toEqual([['one', 'two', 'three'], ...rows.map(row => row.map(([text]) => masked(text)))]);
  }), { numRuns: 200 });
});

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const writeXml = fc.constantFrom(escapeXml, hexadecimal, (text: string) => `<![CDATA[${text}]]>`);
type Element = readonly [written: string, expected: readonly string[]];
const { element } = fc.letrec<{ element: Element }>(tie => ({
  element: fc.oneof({ maxDepth: 3 },
    fc.tuple(sentence, writeXml).map(([text, write]): Element => [`<t>${write(text)}</t>`, ['<t>', masked(text), '</t>']]),
    fc.tuple(sentence, fc.constantFrom(escapeXml, hexadecimal)).map(([text, write]): Element => [`<e  a="${write(text)}" />`, [`<e a="${masked(text)}"/>`]]),
    fc.array(tie('element'), { maxLength: 4 })
      .map((parts): Element => [`<g>\n${parts.map(([written]) => written).join(' ')}</g>`, ['<g>', ...parts.flatMap(([, expected]) => expected), '</g>']]),
  ),
}));

it('XML keeps all but what was planted', () => {
  fc.assert(fc.property(element, positions, ([written, expected], where) => {
    expect(tagsAndText(check(written, { format: 'xml', rules: RULES }, where))).toEqual(expected.filter(part => part.trim() !== ''));
  }), { numRuns: 200 });
});

it('a redaction of what is redacted changes nothing', () => {
  const changed = AWKWARD_INPUTS.filter(({ input, format }) => {
    const once = redact(input, { format });
    return !redact(once, { format }).equals(once);
  });
  expect(changed.map(({ name }) => name)).toEqual([]);
});

/** Text of which much looks like the start of something. */
const lookalike = fc.array(fc.oneof(
  fc.constantFrom(
    ...VALUES, '@', '.', ':', '-', ' ', '+', '(', ')', '/', '%', '%40', '\n', '::', '1', '12', '123', '4111', 'a', 'b.c', 'ssn', 'ssn:', 'password=', 'pin ', 'iban ',
    'DE36 3001', 'EMP-', 'EMP-123', 'https://', 'www.', 'é', '日', '😀', 'AKIA', '0x', 'bc1q', '=', '&', 'Project Falcon', 'project', ' falcon',
  ),
  letters('0123456789 -.', 20),
), { maxLength: 60 }).map(words => words.join(''));

const CUSTOM: RuleSet = {
  ...DEFAULT_RULES,
  fields: ['two', '/a/*/b', 'r.t'],
  keywords: [{ name: 'PROJECT', words: ['Project Falcon', '日本'], ignoreCase: true }],
  patterns: [{ name: 'EMPLOYEE', pattern: 'EMP-[0-9]{3,6}', ignoreCase: false }, { name: 'WORDY', pattern: '\\b[ab]{1,9}\\.c{1,3}', ignoreCase: true }],
  masks: { EMAIL: { kind: 'characters', character: '#', keepLast: 3 }, EMPLOYEE: { kind: 'remove' } },
};

it.each<[string, RedactorOptions['format'], (text: string) => string]>([
  ['text', 'text', text => text],
  ['CSV', 'csv', text => `one,two,three\n${text.split('\n').map(line => `${line.replace(/"/g, '')},x,"${line.replace(/"/g, '""')}"`).join('\n')}\n`],
  ['JSON', 'json', text => JSON.stringify({ a: [{ b: text }, text, { c: text.split(' ') }], two: text })],
  ['XML', 'xml', text => `<r a="${escapeXml(text)}"><t>${escapeXml(text)}</t><![CDATA[${text}]]><u>${hexadecimal(text)}</u></r>`],
])('random cuts change nothing of %s', (_, format, write) => {
  fc.assert(fc.property(lookalike, lookalike, fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), (text, more, where) => {
    // Bytes are decided before the end only if there are many of them.
    const input = write(`${PADDING}${text} ${more}${PADDING.slice(-600)}`);
    const options: RedactorOptions = { format, rules: CUSTOM };
    const length = Buffer.byteLength(input);
    const from = Math.min(PADDING.length, length - 1);
    expect(check(input, options, where.map(position => from + position % (length - from)))).toBe(check(input, options, []));
  }), { numRuns: 100 });
});

it('no planted value is left of text that looks like much', () => {
  fc.assert(fc.property(lookalike, planted, lookalike, (before, value, after) => {
    expect(unescaped(redact(Buffer.from(`${before}\n${value}\n${after}`), { format: 'text' }))).not.toContain(`\n${value}\n`);
  }), { numRuns: 200 });
});
