import { brotliCompressSync, gunzipSync, gzipSync } from 'zlib';
import headerCases from './headers.cases.json';
import keyCases from './keys.cases.json';
import metadataCases from './metadata.cases.json';
import { PiiType } from '../../../src/redaction/pii-type';
import { DEFAULT_RULES, RuleSet } from '../../../src/redaction/rule-set';
import { RedactionOptions, RedactionReport, RedactionStream } from '../../../src/redaction/stream';
import { RedactingOptions, RedactingTransformation } from '../../../src/transform/redacting/redacting-transformation';
import { ShortTexts } from '../../../src/transform/redacting/short-texts';
import { fc } from '../../fast-check';
import { view } from '../drive';
import { Stored } from '../memory-source';

const RULES: RuleSet = { ...DEFAULT_RULES, fields: ['owner id'] };
const HASHED: RuleSet = { ...RULES, mask: { kind: 'hash', length: 16 } };
const REMOVED: RuleSet = { ...RULES, mask: { kind: 'remove' } };
const ASKING: RuleSet = { ...RULES, comprehend: { languageCode: 'en', types: [PiiType.NAME], confidence: 0.5 } };
const [KEY, OTHER_KEY] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

const redacting = (options: Partial<RedactingOptions> = {}) => new RedactingTransformation({ rules: RULES, engine: '1', ...options });
const shown = async (stored: Stored, key: string, options?: Partial<RedactingOptions>) => view(stored, { key, transformation: redacting(options) });

test.each(metadataCases)('metadata: $name: $value ($reason)', ({ name, value, shown: expected }) => {
  expect(redacting().metadata(name, value)).toBe(expected ?? undefined);
});

test.each(headerCases)('$name: $value', ({ name, value, shown: expected }) => {
  expect(redacting().header(name, value)).toBe(expected);
});

test.each(keyCases)('the key $key', ({ key, shown: expected }) => {
  expect(redacting({ redactsKeys: true }).key(key)).toBe(expected);
  expect(redacting().key(key)).toBe(key);
});

test('metadata is kept or left out if told so; system metadata is judged all the same', () => {
  const [kept, dropped] = [redacting({ metadata: 'keep' }), redacting({ metadata: 'drop' })];
  expect([kept, dropped].map(one => one.metadata('email', 'jo@example.com'))).toEqual(['jo@example.com', undefined]);
  expect([kept, dropped].map(one => one.header('content-disposition', 'jo@example.com'))).toEqual(['[EMAIL]', '[EMAIL]']);
});

test('masks', () => {
  const hashed = redacting({ rules: HASHED, hashKey: KEY, redactsKeys: true });
  expect(hashed.metadata('note', 'to jo@example.com')).toMatch(/^to \[EMAIL:[0-9a-f]{16}\]$/);
  expect(hashed.key('a/jo@example.com')).toBe(`a/${hashed.metadata('note', 'jo@example.com')}`);
  const removed = redacting({ rules: REMOVED, redactsKeys: true });
  expect(removed.metadata('note', 'to jo@example.com')).toBe('to ');
  expect(removed.metadata('note', 'jo@example.com')).toBeUndefined();
  expect(removed.key('a/jo@example.com/email=b')).toBe('a//email=');
});

test('rules that are wrong are an error, not metadata that is left out', () => {
  const wrong = redacting({ rules: { ...RULES, patterns: [{ name: 'A', pattern: '(', ignoreCase: false }] } });
  expect(() => wrong.metadata('note', 'a')).toThrow(expect.objectContaining({ code: 'INVALID_RULES' }));
});

test('a text is redacted the same after any others', () => {
  const texts = new ShortTexts(RULES, undefined);
  const known = ['jo@example.com', 'ssn', '078-05-1120', 'email', '203.0.113.7', '=', '/', '"', '\\', '4111 1111 1111 1111', '\n'];
  const word = fc.oneof(fc.string(), fc.constantFrom(...known));
  const text = fc.array(word, { maxLength: 6 }).map(words => words.join(''));
  fc.assert(fc.property(text, text, (name, value) => {
    expect(texts.key(value)).toBe(new ShortTexts(RULES, undefined).key(value));
    expect(texts.header(value, name)).toBe(new ShortTexts(RULES, undefined).header(value, name));
  }), { numRuns: 100 });
});

describe('the digest', () => {
  test('is the same for the same', () => {
    expect(redacting().digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(redacting({ rules: { ...RULES, fields: [...RULES.fields] }, metadata: 'drop', redactsKeys: true }).digest()).toBe(redacting().digest());
  });

  test.each<[string, Partial<RedactingOptions>]>([
    ['rules', { rules: HASHED }],
    ['a key', { hashKey: KEY }],
    ['another key', { hashKey: OTHER_KEY }],
    ['another engine', { engine: '2' }],
  ])('is another one for another: %s', (_what, options) => {
    expect(redacting(options).digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(redacting(options).digest()).not.toBe(redacting().digest());
  });

  test('is another one for another key', () => {
    expect(redacting({ hashKey: KEY }).digest()).not.toBe(redacting({ hashKey: OTHER_KEY }).digest());
  });

  test('is none where the outcome may change', () => {
    expect(redacting({ rules: ASKING }).digest()).toBeUndefined();
    expect(redacting({ isDeterministic: false }).digest()).toBeUndefined();
  });
});

describe('with Amazon Comprehend', () => {
  const streamOf = ({ rules: _rules, ...options }: RedactionOptions) => new RedactionStream({ ...options, rules: RULES });
  const asking = redacting({ rules: ASKING, redactsKeys: true, streamOf });

  test('the streams are made by who can ask it', async () => {
    const answer = await view({ content: Buffer.from('jo@example.com') }, { transformation: asking });
    expect(answer.body.toString()).toBe('[EMAIL]');
    expect(await shown({ content: Buffer.from('jo@example.com') }, 'a.txt', { rules: ASKING })).toMatchObject({ status: 500 });
  });

  test('free text in metadata, of which it is not asked, is left out', () => {
    expect(asking.metadata('note', 'Jane Doe')).toBeUndefined();
    expect(asking.header('content-disposition', 'attachment; filename="Jane Doe"')).toBeUndefined();
    expect(asking.header('cache-control', 'no-store')).toBe('no-store');
    expect(asking.key('jo@example.com')).toBe('[EMAIL]');
  });
});

describe('objects', () => {
  const csv = Buffer.from('id,email\n1,jo at example\n');
  const redacted = Buffer.from('id,email\n1,[EMAIL]\n');

  test.each<[string, string, Record<string, string>]>([
    ['the content type', 'export', { 'content-type': 'text/csv; charset=utf-8' }],
    ['the key', 'export.csv', { 'content-type': 'binary/octet-stream' }],
  ])('%s tells the format', async (_what, key, headers) => {
    expect((await shown({ content: csv, headers }, key)).body).toEqual(redacted);
  });

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(csv)],
    ['GZIP, aws-chunked', gzipSync(csv)],
    ['aws-chunked,', csv],
    ['br', brotliCompressSync(csv)],
    ['identity', csv],
  ])('the encoding %s is opened', async (encoding, content) => {
    const { body, headers } = await shown({ content, headers: { 'content-type': 'text/csv', 'content-encoding': encoding } }, 'export.csv');
    expect(body).toEqual(redacted);
    expect(headers).not.toHaveProperty('content-encoding');
  });

  test.each(['application/gzip', 'binary/octet-stream', 'text/csv'])('a file of gzip, a %s, stays one', async type => {
    const { body, headers } = await shown({ content: gzipSync(csv), headers: { 'content-type': type } }, 'export.csv.gz');
    expect(gunzipSync(body)).toEqual(redacted);
    expect(headers['content-type']).toBe(type);
  });

  test('one that is stored with the encoding of its suffix is opened', async () => {
    const { body } = await shown({ content: gzipSync(csv), headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' } }, 'export.csv.gz');
    expect(body).toEqual(redacted);
  });

  test.each<[string, Stored, string]>([
    ['binary', { content: Buffer.from([1, 0, 2, 0]) }, 'NotText'],
    ['an image', { content: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), headers: { 'content-type': 'image/png' } }, 'NotText'],
    ['a type that cannot be redacted', { content: csv, headers: { 'content-type': 'text/html' } }, 'UnknownFormat'],
    ['an encoding that cannot be opened', { content: csv, headers: { 'content-encoding': 'zstd' } }, 'BadEncoding'],
    ['two encodings', { content: csv, headers: { 'content-encoding': 'gzip, br' } }, 'BadEncoding'],
    ['gzip that is none', { content: csv, headers: { 'content-encoding': 'gzip' } }, 'BadEncoding'],
    ['XML that refers to files', { content: Buffer.from('<a>&b;</a>'), headers: { 'content-type': 'text/xml' } }, 'Malformed'],
  ])('%s is refused, for GET and HEAD', async (_what, stored, code) => {
    const transformation = redacting();
    const answer = await view(stored, { key: 'export', transformation });
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain(`<Code>${code}</Code>`);
    expect(await view(stored, { operation: 'HeadObject', key: 'export', transformation })).toMatchObject({ status: 422 });
  });

  test('the content type is text of who stored the object, too', async () => {
    const { headers } = await shown({ content: csv, headers: { 'content-type': 'text/csv; name="jo@example.com"' } }, 'export');
    expect(headers['content-type']).toBe('text/csv; name="[EMAIL]"');
    expect((await shown({ content: Buffer.alloc(0), headers: { 'content-type': 'jo@example.com' } }, 'export')).headers['content-type']).toBe('[EMAIL]');
    expect((await shown({ content: csv, headers: { 'content-type': 'text/csv; a="=?"' } }, 'export')).headers['content-type']).toBe('binary/octet-stream');
  });

  test('what was found is reported', async () => {
    const reports: RedactionReport[] = [];
    await shown({ content: csv }, 'export.csv', { onReport: report => reports.push(report) });
    expect(reports.map(({ counts }) => counts)).toEqual([{ EMAIL: 1 }]);
  });
});
