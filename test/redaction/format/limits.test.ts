import { readInPieces, resolverOf } from './recording-judge';
import { MAX_TOKEN } from '../../../src/redaction/detect/recognizer';
import { Format } from '../../../src/redaction/format/format';
import { MOST_JSON_LEVELS } from '../../../src/redaction/format/json';
import { makeReader } from '../../../src/redaction/format/readers';
import { MOST_XML_LEVELS } from '../../../src/redaction/format/xml-names';

const PIECE = 16_384;
const FIELDS = resolverOf({ types: [] });

/** The values of an input that comes in pieces of 16 KiB. */
function read(format: Format, input: string): string[] {
  const bytes = Buffer.from(input);
  const cuts = Array.from({ length: Math.floor(bytes.length / PIECE) }, (_, index) => (index + 1) * PIECE);
  return readInPieces(judge => makeReader(format, judge, FIELDS), bytes, cuts, 500).map(([value]) => value);
}

const long = (size: number, unit = 'abcdefg ') => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

const VALUE = long(5 * MAX_TOKEN);
const ESCAPED = long(3 * MAX_TOKEN, 'x"y');

test.each<[string, Format, string, string[]]>([
  ['text', 'text', VALUE, [VALUE]],
  ['a cell', 'csv', `a,b\n${VALUE},1\n`, ['a', 'b', VALUE, '1']],
  ['a cell in quotes', 'csv', `a,b\n"${ESCAPED.replaceAll('"', '""')}",1\n`, ['a', 'b', ESCAPED, '1']],
  ['a string', 'json', JSON.stringify([VALUE, ESCAPED]), [VALUE, ESCAPED]],
  ['text and an attribute', 'xml', `<a b="${VALUE}">${ESCAPED.replaceAll('"', '&quot;')}</a>`, [VALUE, ESCAPED]],
  ['a CDATA section and a comment', 'xml', `<a><![CDATA[${VALUE}]]><!--${VALUE}--></a>`, [VALUE, VALUE]],
])('%s (%s) may be longer than the window', (_, format, input, expected) => {
  const values = read(format, input);
  expect(values.length).toBe(expected.length);
  expect(values.every((value, index) => value === expected[index])).toBe(true);
});

const NAME = 'x'.repeat(2 * MAX_TOKEN);

test.each<[string, Format, string]>([
  ['a header', 'csv', `${NAME},b\n1,2\n`],
  ['a key', 'json', `{"${NAME}":1}`],
  ['a number', 'json', `[${'1'.repeat(2 * MAX_TOKEN)}]`],
  ['the name of an element', 'xml', `<${NAME}/>`],
  ['the name of an attribute', 'xml', `<a ${NAME}="1"/>`],
  ['the name of an end tag', 'xml', `<a></${NAME}>`],
  ['a document type', 'xml', `<!DOCTYPE a SYSTEM "${NAME}"><a/>`],
  ['a namespace', 'xml', `<a xmlns="urn:${NAME}"/>`],
  ['more objects in objects', 'json', '{"a":'.repeat(MOST_JSON_LEVELS + 1) + '1' + '}'.repeat(MOST_JSON_LEVELS + 1)],
  ['more arrays in arrays', 'ndjson', '['.repeat(MOST_JSON_LEVELS + 1)],
  ['more elements in elements', 'xml', '<a>'.repeat(MOST_XML_LEVELS + 1)],
  ['elements in elements with long names', 'xml', `<${'a'.repeat(MAX_TOKEN / 4)}>`.repeat(5)],
])('%s (%s) of more than can be judged is refused', (_, format, input) => {
  expect(() => read(format, input)).toThrow(expect.objectContaining({ name: 'RedactionError', code: 'OVERSIZED' }));
});

test('as many levels as are allowed', () => {
  expect(read('json', `${'[{"a":'.repeat(MOST_JSON_LEVELS / 2)}1${'}]'.repeat(MOST_JSON_LEVELS / 2)} 2`).slice(-3)).toEqual(['a', '1', '2']);
  expect(read('xml', `${'<a>'.repeat(MOST_XML_LEVELS)}x${'</a>'.repeat(MOST_XML_LEVELS)}`)).toEqual(['x']);
});

test('blanks between values may be of any length', () => {
  const blanks = ' '.repeat(3 * MAX_TOKEN);
  expect(read('json', `[1,${blanks}2]`)).toEqual(['1', '2']);
  expect(read('xml', `<a ${blanks}b="1">${blanks}<c/>${blanks}</a>${blanks}`)).toEqual(['1']);
  expect(read('csv', `a\n${'\n'.repeat(3 * MAX_TOKEN)}1\n`)).toEqual(['a', '1']);
});
