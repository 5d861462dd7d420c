import { Readable } from 'stream';
import { buffer } from 'stream/consumers';
import { brotliCompressSync, gzipSync } from 'zlib';
import { XMLParser } from 'fast-xml-parser';
import cases from './mapping.cases.json';
import { decoded } from '../../../src/transform/decoded';
import { XmlToJson } from '../../../src/transform/xml-to-json/xml-to-json';
import { XmlToJsonOptions } from '../../../src/transform/xml-to-json/xml-to-json-options';
import { XmlToJsonTransformation } from '../../../src/transform/xml-to-json/xml-to-json-transformation';
import { fc } from '../../fast-check';

interface Case {
  readonly name: string;
  readonly xml: string;
  readonly options?: XmlToJsonOptions;
  readonly json?: unknown;
  readonly refused?: string;
  readonly at?: string;
}

const WHOLE = 1_000_000;

function mapped(xml: string | Uint8Array, options: XmlToJsonOptions = {}, step = WHOLE): string {
  const bytes = Buffer.from(xml);
  const mapping = new XmlToJson(options);
  let json = '';
  for (let at = 0; at < bytes.length; at += step) {
    json += mapping.push(bytes.subarray(at, at + step));
  }
  return json + mapping.end();
}

describe.each((cases as Case[]).map(row => [row.name, row] as const))('%s', (_, { xml, options, json, refused, at }) => {
  test.each([1, 7, WHOLE])('cut every %d bytes', step => {
    if (refused === undefined) {
      const text = mapped(xml, options, step);
      expect(JSON.parse(text)).toEqual(json);
      expect(text.endsWith('\n')).toBe(true);
      return;
    }
    expect(() => mapped(xml, options, step)).toThrow(expect.objectContaining({ status: 422, code: refused, message: expect.stringContaining(`(${at}, column `) }));
    expect(() => mapped(xml, options, step)).not.toThrow(/secret|passwd/);
  });
});

test.each([
  ['UTF-16', Buffer.from('\ufeff<a/>', 'utf16le')],
  ['Latin-1', Buffer.from('<a>\u00e9</a>', 'latin1')],
  ['a character that is cut off', Buffer.from('<a>\u00e9').subarray(0, 4)],
])('%s is refused', (_, bytes) => {
  expect(() => mapped(bytes)).toThrow(expect.objectContaining({ code: 'UnsupportedEncoding' }));
});

test('elements may be nested 128 deep, and no deeper', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  expect(mapped(nested(128))).toBe(`${'{"a":'.repeat(128)}null${'}'.repeat(128)}\n`);
  expect(() => mapped(nested(129))).toThrow(expect.objectContaining({ code: 'TooDeep' }));
});

test.each([
  ['a comment', '<a><!--'], ['an instruction', '<?a '], ['CDATA', '<a><![CDATA['], ['a name', '<'], ['a value', '<a b="'], ['a document type', '<!DOCTYPE a ['],
])('%s without end takes no more memory than the limit', (_, start) => {
  const mapping = new XmlToJson({ lookAhead: 1000 });
  const push = () => {
    mapping.push(Buffer.from(start));
    for (let index = 0; index < 30; index += 1) {
      mapping.push(Buffer.alloc(100, 'a'));
    }
  };
  expect(push).toThrow(expect.objectContaining({ code: 'ElementTooLarge' }));
});

test('rows go out while they come in', () => {
  const mapping = new XmlToJson({ lookAhead: 4096 });
  let out = mapping.push(Buffer.from('<r>\n<rows>\n')).length;
  for (let row = 0; row < 2000; row += 1) {
    out += mapping.push(Buffer.from(`  <row id="${row}"><v>${'x'.repeat(50)}</v></row>\n`)).length;
    expect(row * 70 - out).toBeLessThan(8192);
  }
  out += mapping.push(Buffer.from('</rows></r>')).length;
  mapping.end();
  expect(out).toBeGreaterThan(140_000);
});

describe('any document', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'x-y', 'p.q');
  const text = fc.stringMatching(/^[a-z0-9é😀"'{}\\]{1,8}$/u);
  const attributes = fc.dictionary(name, text, { maxKeys: 2 });
  interface Node { readonly name: string; readonly attributes: Record<string, string>; readonly content: string | Node[] }
  const { node } = fc.letrec<{ node: Node }>(tie => ({
    node: fc.record({
      name,
      attributes,
      content: fc.oneof({ maxDepth: 4 }, text, fc.constant(''), fc.array(tie('node'), { minLength: 1, maxLength: 5 })),
    }),
  }));
  const quoted = (value: string) => value.replace(/"/g, '&quot;');
  const xmlOf = ({ name: tag, attributes: all, content }: Node): string => {
    const start = [tag, ...Object.entries(all).map(([key, value]) => `${key}="${quoted(value)}"`)].join(' ');
    return `<${start}>${typeof content === 'string' ? content : content.map(xmlOf).join('\n ')}</${tag}>`;
  };
  const other = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: true,
  });

  test('is mapped as another parser maps it', () => {
    fc.assert(fc.property(node, document => {
      expect(withoutEmptyText(JSON.parse(mapped(xmlOf(document), { emptyAsText: true })))).toEqual(withoutEmptyText(other.parse(xmlOf(document))));
    }), { numRuns: 200 });
  });

  test('is mapped alike, or refused, whatever is held back', () => {
    let refusals = 0;
    let mappings = 0;
    const run = fc.record({ lookAhead: fc.integer({ min: 64, max: 2000 }), step: fc.integer({ min: 1, max: 50 }), isDeclared: fc.boolean() });
    fc.assert(fc.property(node, run, (document, { lookAhead, step, isDeclared }) => {
      const arrays = isDeclared ? ['//a', '//b'] : [];
      let json;
      try {
        json = mapped(xmlOf(document), { lookAhead, arrays }, step);
      } catch (error) {
        refusals += 1;
        expect(['ElementTooLarge', 'RepeatedElement']).toContain((error as { code: string }).code);
        return;
      }
      mappings += 1;
      expect(JSON.parse(json)).toEqual(JSON.parse(mapped(xmlOf(document), { arrays })));
    }), { numRuns: 300 });
    expect(refusals).toBeGreaterThan(10);
    expect(mappings).toBeGreaterThan(100);
  });

  /** That parser gives white space between elements as text. */
  function withoutEmptyText(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map(withoutEmptyText);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const members = Object.entries(value).filter(([key, item]) => key !== '#text' || String(item).trim() !== '');
    return Object.fromEntries(members.map(([key, item]) => [key, withoutEmptyText(item)]));
  }
});

describe('the transformation', () => {
  const request = { operation: 'GetObject', key: 'a.xml', headers: {}, query: new URLSearchParams() } as const;

  test.each([['identity', Buffer.from('<a/>')], ['gzip', gzipSync('<a/>')], ['br', brotliCompressSync('<a/>')], [undefined, Buffer.from('<a/>')]])('reads %s', async (contentEncoding, bytes) => {
    const { stream, ...about } = new XmlToJsonTransformation({}, 'code').open({ key: 'a.xml', contentEncoding, contentType: 'application/xml' });
    expect(about).toEqual({ contentType: 'application/json' });
    expect((await buffer(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]).pipe(stream))).toString()).toBe('{"a":null}\n');
  });

  test.each([
    ['damaged', 'gzip', Buffer.from('<a/>'), 'InvalidContentEncoding'],
    ['cut off', 'gzip', gzipSync('<a/>').subarray(0, 20), 'InvalidContentEncoding'],
    ['of another encoding', 'zstd', Buffer.from('<a/>'), 'InvalidContentEncoding'],
  ])('refuses what is %s', async (_, contentEncoding, bytes, code) => {
    const { stream } = new XmlToJsonTransformation({}, 'code').open({ key: 'a.xml', contentEncoding });
    await expect(buffer(Readable.from([bytes]).pipe(stream))).rejects.toMatchObject({ status: 422, code });
  });

  test('refuses content that was too small for its size', async () => {
    const bomb = Readable.from([gzipSync(Buffer.alloc(17 * 1024 * 1024))]);
    await expect(buffer(Readable.from(decoded(bomb, 'gzip')))).rejects.toMatchObject({ status: 422, code: 'ContentExpansion' });
  });

  test('its digest is that of its options', () => {
    const digests = [{}, { arrays: ['//a'] }, { arrays: ['//b'] }, { resolveNamespaces: true }, { emptyAsText: true }, { lookAhead: 1 }].map(options => new XmlToJsonTransformation(options, 'code').digest());
    expect(new Set([...digests, new XmlToJsonTransformation({}, 'other code').digest()]).size).toBe(digests.length + 1);
    expect(new XmlToJsonTransformation({ arrays: ['//b', '//a'] }, 'code').digest()).toBe(new XmlToJsonTransformation({ arrays: ['//a', '//b'] }, 'code').digest());
    expect(new XmlToJsonTransformation({}, 'code').metadata('owner', 'x')).toBe('x');
    expect(new XmlToJsonTransformation({}, 'code').key(request.key)).toBe('a.xml');
  });
});
