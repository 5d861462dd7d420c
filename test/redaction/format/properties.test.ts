import { Value, readInPieces, resolverOf } from './recording-judge';
import { CsvReader } from '../../../src/redaction/format/csv';
import { JsonReader } from '../../../src/redaction/format/json';
import { FormatReader, ValueJudge } from '../../../src/redaction/format/reader';
import { TextReader } from '../../../src/redaction/format/text';
import { XmlReader } from '../../../src/redaction/format/xml';
import { fc } from '../../fast-check';

const RUNS = { numRuns: 150 };
const FIELDS = resolverOf({ types: [] });

/** Text with what formats give a meaning to, letters of all lengths and line ends. */
const text = fc.array(fc.oneof(
  fc.constantFrom(...'"\'\\,;\t|&<>]-?=@ab1 \n\r', '\r\n', '""', ']]>', '-->', '&amp;', '\\u0040', 'é', '日', '😀'),
  fc.string({ unit: 'binary', maxLength: 3 }),
), { maxLength: 8 }).map(parts => parts.join(''));

const cuts = fc.array(fc.nat(400), { maxLength: 6 });

function read(make: (judge: ValueJudge) => FormatReader, input: string, at: readonly number[], lag: number): string[] {
  const bytes = Buffer.from(input);
  const inside = at.filter(cut => cut < bytes.length).sort((a, b) => a - b);
  return readInPieces(make, bytes, inside, lag).map(([value]: Value) => value);
}

/** Keys, strings and literals in order. */
function valuesOfJson(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(valuesOfJson);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, below]) => [key, ...valuesOfJson(below)])
    : [typeof value === 'string' ? value : JSON.stringify(value)];
}

test('text is one value', () => {
  fc.assert(fc.property(text, cuts, fc.nat(9), (input, at, lag) => {
    expect(read(judge => new TextReader(judge), input, at, lag).join('')).toBe(Buffer.from(input).toString());
  }), RUNS);
});

test('JSON has the values that JSON.parse finds', () => {
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof({ maxDepth: 4 }, text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null),
      fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(text, tie('tree'), { maxKeys: 4 })),
  }));
  const indent = fc.constantFrom(undefined, 1, '\t\r\n ');
  fc.assert(fc.property(fc.array(tree, { maxLength: 3 }), indent, fc.boolean(), cuts, fc.nat(9), (trees, space, escape, at, lag) => {
    const written = trees.map(tree_ => JSON.stringify(tree_, undefined, space)).join('\n');
    const input = escape ? written.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : written;
    const expected = trees.flatMap(tree_ => valuesOfJson(JSON.parse(JSON.stringify(tree_)))).filter(value => value !== '');
    expect(read(judge => new JsonReader(judge, FIELDS), input, at, lag)).toEqual(expected.map(value => wellFormed(value)));
  }), RUNS);
});

test('what JSON.parse refuses is refused', () => {
  const part = fc.constantFrom(
    '{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '1', '-', '0', '.5', 'e1', 'true', 'null', 'nul', ' ', '\n', '\\u00e', '\u0001', '\u00a0', 'NaN', '//',
    '\'',
  );
  let [right, wrong] = [0, 0];
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), cuts, (parts, at) => {
    const input = parts.join('');
    let isJson = true;
    try {
      // One value: several are no JSON to JSON.parse.
      JSON.parse(`[${input}]`);
    } catch {
      isJson = false;
    }
    const reads = () => read(judge => new JsonReader(judge, FIELDS), `[${input}]`, at, 0);
    if (isJson) {
      right++;
      expect(reads).not.toThrow();
    } else {
      wrong++;
      // Several values in a row are the one thing that is allowed besides.
      expect(input.includes(']') || throwsMalformed(reads)).toBe(true);
    }
  }), { numRuns: 1000 });
  expect([right > 20, wrong > 20]).toEqual([true, true]);
});

/** Halves of surrogate pairs are U+FFFD in UTF-8. */
function wellFormed(value: string): string {
  return Buffer.from(value).toString();
}

function throwsMalformed(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    expect(error).toMatchObject({ name: 'RedactionError', code: 'MALFORMED' });
    return true;
  }
}

test('CSV has the cells that were written', () => {
  const separators = fc.constantFrom(',', ';', '\t', '|');
  const table = fc.array(fc.array(fc.tuple(text, fc.boolean()), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  const layout = fc.record({ separator: separators, end: fc.constantFrom('\n', '\r\n'), header: fc.boolean(), ends: fc.boolean() });
  fc.assert(fc.property(table, layout, cuts, fc.nat(9), (rows, { separator, end, header, ends }, at, lag) => {
    const cell = ([value, quoted]: [string, boolean]) =>
      quoted || /[,;\t|\r\n]|^"/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    const input = rows.map(row => row.map(cell).join(separator)).join(end) + (ends ? end : '');
    const expected = rows.flat().map(([value]) => wellFormed(value)).filter(value => value !== '');
    expect(read(judge => new CsvReader(judge, FIELDS, { separator, header }), input, at, lag)).toEqual(expected);
  }), RUNS);
});

test('XML has the text and attributes that were written', () => {
  // Characters that no XML document holds are left out.
  const valid = text.map(value => wellFormed(value).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''));
  const withoutBlanks = (value: string) => value.replace(/^[ \t\r\n]+/, '');
  const escaped = (value: string) => value.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
  const section = (value: string) => `<![CDATA[${value.replaceAll(']]>', ']] >')}]]>`;
  type Node = { input: string; values: string[] };
  const remark = (start: string, end: string, wrong: RegExp) => valid.map((value): Node => {
    const content = ` ${value.replace(wrong, '')} `;
    return { input: `${start}${content}${end}`, values: [content] };
  });
  const { node } = fc.letrec<{ node: Node }>(tie => ({
    node: fc.oneof({ maxDepth: 3 },
      // Text stands alone in its element, so that nothing goes on across a border.
      valid.map((value): Node => ({ input: `<t>${escaped(value)}</t>`, values: [withoutBlanks(value)] })),
      valid.map((value): Node => ({ input: `<c>${section(value)}</c>`, values: [withoutBlanks(value.replaceAll(']]>', ']] >'))] })),
      valid.map((value): Node => ({ input: `<a b="${escaped(value)}"/>`, values: [value] })),
      remark('<!--', '-->', /-+/g),
      remark('<?p', '?>', /\?>/g),
      fc.array(tie('node'), { maxLength: 4 }).map((nodes): Node => ({
        input: `<n:e >${nodes.map(({ input }) => input).join('\n ')}</n:e\n>`, values: nodes.flatMap(({ values }) => values),
      }))),
  }));
  fc.assert(fc.property(fc.array(node, { maxLength: 3 }), cuts, fc.nat(9), (nodes, at, lag) => {
    const input = `<r>${nodes.map(child => child.input).join('')}</r>`;
    const expected = nodes.flatMap(child => child.values).filter(value => value !== '');
    expect(read(judge => new XmlReader(judge, FIELDS), input, at, lag)).toEqual(expected);
  }), RUNS);
});
