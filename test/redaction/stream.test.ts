import { PassThrough, Readable, Writable } from 'stream';
import { pipeline } from 'stream/promises';
import { brotliCompressSync, brotliDecompressSync, gzipSync, gunzipSync } from 'zlib';
import { RedactionError } from '../../src/redaction/errors';
import { RedactionOptions, RedactionStream } from '../../src/redaction/stream';

const TEXT = 'from a@example.com to b@example.org\n';
const REDACTED = 'from [EMAIL] to [EMAIL]\n';

/** All that comes out, and the stream. */
async function redact(input: Uint8Array | Uint8Array[], options: RedactionOptions): Promise<{ output: Buffer; stream: RedactionStream }> {
  const parts: Buffer[] = [];
  const stream = new RedactionStream(options);
  await pipeline(Readable.from(Array.isArray(input) ? input : [input]), stream, new Writable({
    write(chunk, _encoding, callback) {
      parts.push(chunk);
      callback();
    },
  }));
  return { output: Buffer.concat(parts), stream };
}

async function failure(input: Uint8Array | Uint8Array[], options: RedactionOptions): Promise<RedactionError> {
  return redact(input, options).then(() => {
    throw new Error('the input was redacted');
  }, (error: RedactionError) => error);
}

test('redacts, and counts', async () => {
  const { output, stream } = await redact(Buffer.from(TEXT), { format: 'text' });
  expect(output.toString()).toBe(REDACTED);
  expect(stream.report).toEqual({ bytesIn: TEXT.length, bytesOut: REDACTED.length, counts: { EMAIL: 2 } });
});

test('an empty input is an empty output', async () => {
  const { output, stream } = await redact([], { key: 'empty.log' });
  expect(output).toHaveLength(0);
  expect(stream.report).toEqual({ bytesIn: 0, bytesOut: 0, counts: {} });
});

test.each([
  ['gzip', gzipSync, gunzipSync],
  ['GZIP', gzipSync, gunzipSync],
  ['x-gzip', gzipSync, gunzipSync],
  ['br', brotliCompressSync, brotliDecompressSync],
] as const)('%s is opened, and sent on plain or compressed again', async (contentEncoding, compress, decompress) => {
  const compressed = compress(Buffer.from(TEXT.repeat(3000)));
  const plain = await redact(compressed, { format: 'text', contentEncoding });
  expect(plain.output.toString()).toBe(REDACTED.repeat(3000));
  expect(plain.stream.report).toEqual({ bytesIn: compressed.length, bytesOut: plain.output.length, counts: { EMAIL: 6000 } });
  const again = await redact(compressed, { format: 'text', contentEncoding, recompress: true });
  expect(decompress(again.output).toString()).toBe(REDACTED.repeat(3000));
  expect(again.stream.report.bytesOut).toBe(again.output.length);
});

test('several members of gzip in a row are one content', async () => {
  const { output } = await redact([gzipSync(Buffer.from(TEXT)), gzipSync(Buffer.from(TEXT))], { format: 'text', contentEncoding: 'gzip' });
  expect(output.toString()).toBe(REDACTED.repeat(2));
});

test.each(['identity', '', ' Identity ', 'aws-chunked'])('the encoding %p is none', async contentEncoding => {
  expect((await redact(Buffer.from(TEXT), { format: 'text', contentEncoding })).output.toString()).toBe(REDACTED);
});

test.each(['deflate', 'zstd', 'gzip, br', 'a@example.com'])('the encoding %p is refused', contentEncoding => {
  expect(() => new RedactionStream({ contentEncoding })).toThrow(expect.objectContaining({ code: 'BAD_ENCODING', message: expect.not.stringContaining('@') }));
});

describe('compressed content that is damaged', () => {
  const compressed = gzipSync(Buffer.from(TEXT.repeat(100)));

  test.each([
    ['cut off', compressed.subarray(0, compressed.length - 9)],
    ['without its end', compressed.subarray(0, compressed.length - 1)],
    ['of another kind', Buffer.from(TEXT)],
    ['with a wrong checksum', Buffer.from(compressed).fill(0, compressed.length - 8, compressed.length - 4)],
  ])('%s', async (_case, input) => {
    expect(await failure(input, { format: 'text', contentEncoding: 'gzip' })).toMatchObject({ code: 'BAD_ENCODING' });
  });
});

test('content that grows too much is refused, unless told otherwise', async () => {
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 'x\n'));
  expect(await failure(bomb, { format: 'text', contentEncoding: 'gzip' })).toMatchObject({ code: 'EXPANSION' });
  const { stream } = await redact(bomb, { format: 'text', contentEncoding: 'gzip', maximumExpansion: 2000 });
  expect(stream.report.bytesOut).toBe(40 * 1024 * 1024);
});

test('a compressed input that grows a lot is not read faster than the output is', async () => {
  const compressed = gzipSync(Buffer.alloc(8 * 1024 * 1024, 'x\n'));
  const stream = new RedactionStream({ format: 'text', contentEncoding: 'gzip' });
  stream.write(compressed);
  stream.end();
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(stream.report.bytesOut).toBeLessThan(1024 * 1024);
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
  }
  expect(size).toBe(8 * 1024 * 1024);
});

test.each<[string, Buffer]>([
  ['UTF-16 with its mark', Buffer.from('\ufeffa@example.com', 'utf16le')],
  ['UTF-16 without', Buffer.from('a@example.com', 'utf16le')],
  ['UTF-16, the other way round', Buffer.from('\ufeffa@example.com', 'utf16le').swap16()],
  ['Latin-1', Buffer.from('müller@example.com', 'latin1')],
  ['a NUL byte', Buffer.from('a@example.com\0')],
  ['half a character at the end', Buffer.from('a@example.com é').subarray(0, -1)],
  ['a surrogate', Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x61])],
  ['an overlong form', Buffer.from([0x61, 0xc1, 0x80])],
])('%s is refused', async (_case, input) => {
  expect(await failure(input, { format: 'text' })).toMatchObject({ name: 'RedactionError', code: 'NOT_TEXT' });
  expect(await failure([...input].map(byte => Buffer.of(byte)), { format: 'text' })).toMatchObject({ code: 'NOT_TEXT' });
});

test('a byte order mark stays', async () => {
  const input = Buffer.from('\ufeffemail\na@example.com\n');
  expect((await redact(input, { format: 'csv' })).output.toString()).toBe('\ufeffemail\n[EMAIL]\n');
  expect((await redact([...input].map(byte => Buffer.of(byte)), { format: 'csv' })).output.toString()).toBe('\ufeffemail\n[EMAIL]\n');
});

test('the format is told by the first bytes, however they come', async () => {
  const json = Buffer.from('{"email":"a\\u0040example.com"}');
  expect((await redact(json, {})).output.toString()).toBe('{"email":"[EMAIL]"}');
  expect((await redact([...json].map(byte => Buffer.of(byte)), {})).output.toString()).toBe('{"email":"[EMAIL]"}');
});

test('ends when the time is over, also if nothing comes', async () => {
  const source = new PassThrough();
  source.write(TEXT);
  const stream = new RedactionStream({ format: 'text', timeLimit: 30 });
  await expect(pipeline(source, stream, new Writable({ write: (_chunk, _encoding, callback) => callback() }))).rejects.toMatchObject({ code: 'TIME_LIMIT' });
});

test('an error of the source ends it without what was not judged', async () => {
  const parts: Buffer[] = [];
  const source = Readable.from((async function* () {
    yield Buffer.from('first a@example.com\nsecond b@exam');
    throw new Error('gone');
  })());
  await expect(pipeline(source, new RedactionStream({ format: 'text' }), new Writable({
    write(chunk, _encoding, callback) {
      parts.push(chunk);
      callback();
    },
  }))).rejects.toThrow('gone');
  expect('first [EMAIL]\nsecond '.startsWith(Buffer.concat(parts).toString())).toBe(true);
});
