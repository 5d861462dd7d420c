import { Readable } from 'stream';
import { buffer } from 'stream/consumers';
import { gzipSync } from 'zlib';
import csvCases from './csv.cases.json';
import ndjsonCases from './ndjson.cases.json';
import { CsvReader } from '../../../src/transform/enriching/csv-reader';
import { canonicalDecimal } from '../../../src/transform/enriching/decimal';
import { EnrichingOptions } from '../../../src/transform/enriching/enriching-options';
import { EnrichingTransformation } from '../../../src/transform/enriching/enriching-transformation';
import { ItemCache } from '../../../src/transform/enriching/item-cache';
import { itemKey } from '../../../src/transform/enriching/item-key';
import { Join } from '../../../src/transform/enriching/join';
import { AttributeValue, Item, ItemKey, Table } from '../../../src/transform/enriching/table';
import { fc } from '../../fast-check';

interface Case {
  readonly name: string;
  readonly in: string;
  readonly out?: string;
  readonly refused?: string;
  readonly line?: number;
  readonly onMissing?: EnrichingOptions['onMissing'];
  readonly delimiter?: string;
}

const VALUES: Record<string, AttributeValue> = {
  '1': { S: 'One' },
  '2': { S: 'Two' },
  'q"1': { S: 'Quoted' },
  'comma': { S: 'a,b' },
  'semicolon': { S: 'a;b' },
  'quote': { S: 'a"b' },
  'lines': { S: 'a\r\nb' },
  'space': { S: ' a' },
  'ü😀': { S: 'Umlaut 😀' },
  'number': { N: '1234567890123456789012345678901234567.5' },
  'truth': { BOOL: true },
  'list': { L: [{ N: '1' }, { S: 'a' }, { NULL: true }] },
  'map': { M: { b: { L: [] }, a: { N: '1' } } },
  'set': { SS: ['b', 'a'] },
  'null': { NULL: true },
  'binary': { B: 'AQI=' },
  'numbers': { NS: ['10', '2'] },
};

/** Items by their id. */
class FakeTable implements Table {
  readonly asked: ItemKey[][] = [];

  constructor(private readonly itemOf: (key: ItemKey) => Item | undefined, private readonly delay?: () => number) {}

  async items(keys: readonly ItemKey[], signal: AbortSignal): Promise<Map<string, Item>> {
    signal.throwIfAborted();
    this.asked.push([...keys]);
    if (this.delay !== undefined) {
      await new Promise(resolve => setTimeout(resolve, this.delay!()));
    }
    const items = new Map<string, Item>();
    for (const key of keys) {
      const item = this.itemOf(key);
      if (item !== undefined) {
        items.set(key.id, item);
      }
    }
    return items;
  }
}

const BY_ID: EnrichingOptions = { key: [{ column: 'id', attribute: 'pk', type: 'S' }], columns: [{ attribute: 'label', column: 'name' }] };

const named = (delay?: () => number) => new FakeTable(({ attributes: { pk } }) => {
  const value = Object.hasOwn(VALUES, pk.S!) ? VALUES[pk.S!] : undefined;
  return value === undefined ? undefined : { pk, label: value };
}, delay);

interface Run {
  readonly step?: number;
  readonly table?: Table;
  readonly cache?: ItemCache;
}

async function enriched(bytes: Uint8Array, options: EnrichingOptions, run: Run = {}): Promise<string> {
  const { step = 1_000_000, table = named(), cache = new ItemCache(0) } = run;
  const { stream } = new EnrichingTransformation(options, table, cache).open({ key: 'rows', contentType: 'text/csv' });
  const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) => Buffer.from(bytes.subarray(index * step, (index + 1) * step)));
  return (await buffer(Readable.from(chunks).pipe(stream))).toString();
}

describe.each([['csv', csvCases, 'id\n'], ['ndjson', ndjsonCases, '{}\n']] as const)('%s', (format, cases, first) => {
  test.each((cases as Case[]).map(row => [row.name, row] as const))('%s', async (_, { in: text, out, refused, line, onMissing, delimiter }) => {
    for (const step of [1, 3, 1_000_000]) {
      const going = enriched(Buffer.from(text), { ...BY_ID, format, onMissing, delimiter }, { step });
      if (refused === undefined) {
        expect(await going).toBe(out);
      } else {
        await expect(going).rejects.toMatchObject({ status: 422, code: refused, message: expect.stringMatching(new RegExp(`^(?!.*secret).*\\(line ${line}\\)\\.$`)) });
      }
    }
  });

  test('a row just above the limit is refused, wherever it is cut', async () => {
    const [before, after] = format === 'csv' ? ['', ''] : ['{"id":"1","x":"', '"}'];
    const row = (length: number) => Buffer.from(`${first}${before}${'x'.repeat(length - before.length - after.length)}${after}\n`);
    for (const step of [65_536, 1_048_570, 2_000_000]) {
      expect((await enriched(row(1024 * 1024 - 1), { ...BY_ID, format }, { step })).length).toBeGreaterThan(1024 * 1024);
      await expect(enriched(row(1024 * 1024), { ...BY_ID, format }, { step })).rejects.toMatchObject({ code: 'RowTooLarge' });
    }
  });

  test('a row above the limit is refused', async () => {
    const rows = Buffer.from(`${first}${'x'.repeat(3 * 1024 * 1024)}`);
    await expect(enriched(rows, { ...BY_ID, format }, { step: 65_536 })).rejects.toMatchObject({ code: 'RowTooLarge' });
  });

  test('what is not UTF-8 is refused', async () => {
    await expect(enriched(Buffer.from(`${first}\xff`, 'latin1'), { ...BY_ID, format })).rejects.toMatchObject({ code: 'UnsupportedEncoding' });
    await expect(enriched(Buffer.from(`${first}\xc3`, 'latin1'), { ...BY_ID, format })).rejects.toMatchObject({ code: 'UnsupportedEncoding' });
  });
});

describe('which format', () => {
  test.each([
    ['text/csv', 'a', 'csv'], ['TEXT/CSV; charset=utf-8', 'a', 'csv'], ['application/x-ndjson', 'a.csv', 'ndjson'], ['application/jsonl', 'a', 'ndjson'],
    ['binary/octet-stream', 'a.csv', 'csv'], [undefined, 'a.CSV.gz', 'csv'], [undefined, 'a.jsonl', 'ndjson'], ['text/csvx', 'a', undefined], [undefined, 'a.csv.zip', undefined],
  ])('%s and %s: %s', async (contentType, key, format) => {
    const open = () => new EnrichingTransformation(BY_ID, named(), new ItemCache(0)).open({ key, contentType });
    if (format === undefined) {
      expect(open).toThrow(expect.objectContaining({ status: 422, code: 'UnknownFormat' }));
      return;
    }
    const text = format === 'csv' ? 'id\n1\n' : '{"id":"1"}\n';
    expect((await buffer(Readable.from([Buffer.from(text)]).pipe(open().stream))).toString()).toContain('One');
  });
});

test.each([
  ['text/tab-separated-values', 'a.csv', '\t'], [undefined, 'a.tsv', '\t'], ['binary/octet-stream', 'a.TSV.gz', '\t'], ['text/csv', 'a.tsv', ','], [undefined, 'a.csv', ','],
])('%s and %s: what stands between columns', async (contentType, key, delimiter) => {
  const { stream } = new EnrichingTransformation(BY_ID, named(), new ItemCache(0)).open({ key, contentType });
  const rows = await buffer(Readable.from([Buffer.from(['id', 'x\n1', 'a\n'].join(delimiter))]).pipe(stream));
  expect(rows.toString()).toBe(['id', 'x', 'name\n1', 'a', 'One\n'].join(delimiter));
});

test('gzip in, plain out; type and metadata stay; no digest', async () => {
  const transformation = new EnrichingTransformation(BY_ID, named(), new ItemCache(0));
  const { stream, ...about } = transformation.open({ key: 'a.csv.gz', contentEncoding: 'gzip' });
  expect(about).toEqual({});
  expect((await buffer(Readable.from([gzipSync('id\n1\n')]).pipe(stream))).toString()).toBe('id,name\n1,One\n');
  expect(transformation.digest()).toBeUndefined();
  expect([transformation.key('k'), transformation.metadata('m', 'v')]).toEqual(['k', 'v']);
});

describe('batches', () => {
  const rows = (count: number) => Buffer.from(`id\n${Array.from({ length: count }, (_, index) => `${index}\n`).join('')}`);
  const numbered = (delay?: () => number) => new FakeTable(({ attributes: { pk } }) => ({ pk, label: { S: `n${pk.S}` } }), delay);
  const expected = (count: number) => `id,name\n${Array.from({ length: count }, (_, index) => `${index},n${index}\n`).join('')}`;

  test('hold at most 100 different keys, and rows stay in order whichever comes first', async () => {
    let delay = 40;
    const table = numbered(() => delay -= 5);
    expect(await enriched(rows(750), BY_ID, { table })).toBe(expected(750));
    expect(table.asked.map(({ length }) => length)).toEqual([100, 100, 100, 100, 100, 100, 100, 50]);
  });

  test('at most four are under way', async () => {
    let underWay = 0;
    let most = 0;
    const table: Table = {
      items: async () => {
        most = Math.max(most, ++underWay);
        await new Promise(resolve => setTimeout(resolve, 2));
        underWay -= 1;
        return new Map();
      },
    };
    await enriched(rows(1000), BY_ID, { table });
    expect(most).toBe(4);
  });

  test('ask for a key once, and for one that is known not at all', async () => {
    const table = numbered();
    const cache = new ItemCache(60_000);
    const text = Buffer.from(`id\n${'1\n2\n'.repeat(200)}`);
    await enriched(text, BY_ID, { table, cache });
    await enriched(text, BY_ID, { table, cache });
    expect(table.asked.map(keys => keys.map(({ attributes }) => attributes.pk.S))).toEqual([['1', '2']]);
  });

  test('go out in pieces, however much an item adds to each row', async () => {
    const value = 'x'.repeat(10_000);
    const table = new FakeTable(({ attributes: { pk } }) => ({ pk, label: { S: value } }));
    const join = new Join(BY_ID, table, new ItemCache(0), new AbortController().signal);
    const pieces: string[] = [];
    for await (const piece of join.add(new CsvReader(BY_ID).push(`id\n${'1\n'.repeat(200)}`))) {
      pieces.push(piece);
    }
    for await (const piece of join.end()) {
      pieces.push(piece);
    }
    expect(pieces.join('')).toBe(`id,name\n${`1,${value}\n`.repeat(200)}`);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(80_000);
  });

  test('a failure of one ends the whole', async () => {
    const table: Table = { items: async keys => keys.some(({ attributes }) => attributes.pk.S === '250') ? Promise.reject(new Error('down')) : new Map() };
    await expect(enriched(rows(500), BY_ID, { table })).rejects.toThrow('down');
  });

  test('the search ends with the request', async () => {
    let ended: (reason: unknown) => void;
    const aborted = new Promise(resolve => ended = resolve);
    const table: Table = { items: async (_, signal) => new Promise((__, reject) => signal.addEventListener('abort', () => reject(ended(signal.reason)))) };
    const { stream } = new EnrichingTransformation(BY_ID, table, new ItemCache(0)).open({ key: 'a.csv' });
    stream.on('error', () => {});
    stream.end('id\n1\n');
    stream.resume();
    await new Promise(setImmediate);
    stream.destroy(new Error('too late'));
    expect(await aborted).toMatchObject({ message: 'too late' });
  });
});

describe('keys', () => {
  const number = (column: string) => ({ column, attribute: column, type: 'N' }) as const;
  const text = (column: string) => ({ column, attribute: column, type: 'S' }) as const;

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
  test.each([
    ['1', '1e0'], ['1.0', '1e0'], ['+001', '1e0'], ['1e0', '1e0'], ['10E-1', '1e0'], ['-0', '0'], ['0.00', '0'], ['.5', '5e-1'], ['5.', '5e0'], ['-120', '-12e1'], ['1e125', '1e125'],
    ['9'.repeat(38), `${'9'.repeat(38)}e0`], ['1e-130', '1e-130'],
    ['9'.repeat(39), undefined], ['1e126', undefined], ['1e-131', undefined], ['', undefined], ['.', undefined], ['1,0', undefined], ['0x1', undefined], ['NaN', undefined], ['1 1', undefined], ['--1', undefined],
  ])('the number %s is %s', (written, canonical) => {
    expect(canonicalDecimal(written)).toBe(canonical);
  });

  test('numbers that are equal are one key', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(6), fc.nat(4), (value, zeros, shift) => {
      expect(canonicalDecimal(`${value}.${'0'.repeat(zeros)}`)).toBe(canonicalDecimal(`${value}${'0'.repeat(shift)}e-${shift}`));
    }), { numRuns: 50 });
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  test.each([
    ['a text', [text('a')], ['x'], { a: { S: 'x' } }],
    ['an empty text', [text('a')], [''], undefined],
    ['nothing', [text('a')], [undefined], undefined],
    ['the longest partition key', [text('a')], ['é'.repeat(1024)], { a: { S: 'é'.repeat(1024) } }],
    ['a longer partition key', [text('a')], [`${'é'.repeat(1024)}x`], undefined],
    ['a partition and a sort key', [text('a'), number('b')], ['x', ' 7.0'], { a: { S: 'x' }, b: { N: '7.0' } }],
    ['the longest sort key', [text('a'), text('b')], ['x', 'y'.repeat(1024)], { a: { S: 'x' }, b: { S: 'y'.repeat(1024) } }],
    ['a longer sort key', [text('a'), text('b')], ['x', 'y'.repeat(1025)], undefined],
    ['a partition key alone', [text('a'), text('b')], ['x', undefined], undefined],
    ['a number that is none', [number('a')], ['x'], undefined],
  ])('%s', (_, key, values, attributes) => {
    expect(itemKey(key, values)?.attributes).toEqual(attributes);
  });

  test('of two parts are joined by both', async () => {
    const table = new FakeTable(({ attributes: { a, b } }) => a.S === 'x' && Number(b.N) === 7 ? { a, b, label: { S: 'found' } } : undefined);
    const options = { ...BY_ID, key: [text('a'), number('b')] };
    expect(await enriched(Buffer.from('b,a\n7.0,x\n07,x\n7,y\n'), options, { table })).toBe('b,a,name\n7.0,x,found\n07,x,found\n7,y,\n');
    expect(table.asked[0]).toHaveLength(2);
  });

  test.each(['1.00000000000000000001', '0.12345678901234567891', '12345678901234567890', '1e-400'])('of the number %s, which JSON reads as another, are refused', async written => {
    const options = { ...BY_ID, key: [{ column: 'a (b)', attribute: 'pk', type: 'N' as const }], format: 'ndjson' as const };
    await expect(enriched(Buffer.from(`{"a (b)" : ${written}}\n`), options)).rejects.toMatchObject({ code: 'InexactKey' });
  });

  test.each(['1.0', '-0', '0.1', '25e-2', '1E3', '-12.50'])('of the number %s are asked for', async written => {
    const table = named();
    const options = { ...BY_ID, key: [{ column: 'a (b)', attribute: 'pk', type: 'N' as const }], format: 'ndjson' as const };
    await enriched(Buffer.from(`{"n":{"a (b)":1.00000000000000000001},"a (b)":${written}}\n`), options, { table });
    expect(table.asked[0].map(({ attributes: { pk } }) => Number(pk.N))).toEqual([Number(written) + 0]);
  });

  // Texts of DynamoDB are UTF-8, which has no halves of characters.
  test('of half a character, which JSON can say, are asked for nowhere', async () => {
    const table = named();
    expect(await enriched(Buffer.from('{"id":"\\ud800"}\n'), { ...BY_ID, format: 'ndjson' }, { table })).toBe('{"id":"\\ud800","name":null}\n');
    expect(table.asked).toEqual([]);
  });
});

describe('the cache', () => {
  const item = (text: string): Item => ({ a: { S: text } });

  test('forgets after its time, and what was not used for longest when it is full', () => {
    let now = 0;
    const cache = new ItemCache(100, 700, () => now);
    cache.set('1', item('one'));
    cache.set('2', undefined);
    now = 50;
    cache.set('3', item('three'));
    expect(cache.get('1')).toMatchObject({ item: item('one') });
    cache.set('4', item('four'));
    expect(['1', '2', '3', '4'].map(id => cache.get(id)?.item)).toEqual([item('one'), undefined, item('three'), item('four')]);
    expect(cache.get('2')).toBeUndefined();
    now = 100;
    expect([cache.get('1'), cache.get('3')?.item]).toEqual([undefined, item('three')]);
    now = 150;
    expect(cache.get('3')).toBeUndefined();
  });

  test('keeps that there is none, holds no more than it may, and nothing without time', () => {
    const cache = new ItemCache(100, 1000);
    cache.set('1', undefined);
    expect(cache.get('1')).toMatchObject({ item: undefined });
    cache.set('2', item('x'.repeat(2000)));
    expect([cache.get('1'), cache.get('2')]).toEqual([undefined, undefined]);
    const none = new ItemCache(0);
    none.set('1', item('x'));
    expect(none.get('1')).toBeUndefined();
  });
});
