import { Readable, Writable } from 'stream';
import { buffer } from 'stream/consumers';
import { pipeline } from 'stream/promises';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'zlib';
import { found, wordList } from './word-list';
import { AssistedRedactionOptions, AssistedRedactionStream } from '../../../src/redaction/assisted/assisted-stream';
import { Detector } from '../../../src/redaction/assisted/detector';
import { PiiType } from '../../../src/redaction/pii-type';
import { DEFAULT_RULES, RuleSet } from '../../../src/redaction/rule-set';
import { RedactionStream } from '../../../src/redaction/stream';

const RULES: RuleSet = { ...DEFAULT_RULES, comprehend: { languageCode: 'en', types: [PiiType.NAME], confidence: 0.5 } };
const LINE = 'Dear Zoë, write to ana@example.com.\n';
const TEXT = LINE.repeat(10_000);
const REDACTED = 'Dear [NAME], write to [EMAIL].\n'.repeat(10_000);
const { detector } = wordList();

function streamOf(options: Partial<AssistedRedactionOptions> = {}): AssistedRedactionStream {
  return new AssistedRedactionStream({ format: 'text', rules: RULES, detector, ...options });
}

async function through(stream: AssistedRedactionStream, input: Uint8Array): Promise<Buffer> {
  stream.end(input);
  return buffer(stream);
}

const never: Detector = (_text, _language, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

async function waited(milliseconds: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
}

test('larger than a segment, with a report', async () => {
  const stream = streamOf();
  expect((await through(stream, Buffer.from(TEXT))).toString()).toBe(REDACTED);
  expect(stream.report).toEqual({ bytesIn: Buffer.byteLength(TEXT), bytesOut: REDACTED.length, counts: { NAME: 10_000, EMAIL: 10_000 } });
});

test.each([
  ['gzip', gzipSync, gunzipSync],
  [' BR ', brotliCompressSync, brotliDecompressSync],
])('content in %p goes out plain, or compressed again', async (contentEncoding, compress, decompress) => {
  const input = compress(Buffer.from(TEXT));
  expect((await through(streamOf({ contentEncoding }), input)).toString()).toBe(REDACTED);
  expect(decompress(await through(streamOf({ contentEncoding, recompress: true }), input)).toString()).toBe(REDACTED);
});

test.each<[string, Partial<AssistedRedactionOptions>, Buffer, string]>([
  ['damaged', { contentEncoding: 'gzip' }, gzipSync(Buffer.from(TEXT)).subarray(0, 200), 'BAD_ENCODING'],
  ['not compressed', { contentEncoding: 'br' }, Buffer.from(TEXT), 'BAD_ENCODING'],
  ['that grows too much', { contentEncoding: 'gzip' }, gzipSync(Buffer.alloc(20 * 1024 * 1024, '1\n')), 'EXPANSION'],
  ['that is no text', {}, Buffer.from([0xff, 0x41]), 'NOT_TEXT'],
])('content %s is an error', async (_what, options, input, code) => {
  await expect(through(streamOf(options), input)).rejects.toMatchObject({ name: 'RedactionError', code });
});

test('an encoding that nobody knows, and a stream that cannot ask', () => {
  expect(() => streamOf({ contentEncoding: 'zstd' })).toThrow(expect.objectContaining({ code: 'BAD_ENCODING' }));
  expect(() => new RedactionStream({ rules: RULES })).toThrow(expect.objectContaining({ code: 'INVALID_RULES' }));
});

test('an answer that does not come in time', async () => {
  const asked: AbortSignal[] = [];
  const stream = streamOf({
    timeLimit: 100,
    detector: async (text, language, signal) => {
      asked.push(signal);
      return never(text, language, signal);
    },
  });
  const output: Buffer[] = [];
  stream.on('data', chunk => output.push(chunk));
  await expect(pipeline(Readable.from([Buffer.from(TEXT)]), stream, new Writable({ write: (_chunk, _encoding, callback) => callback() })))
    .rejects.toMatchObject({ code: 'TIME_LIMIT' });
  expect([asked.every(({ aborted }) => aborted), Buffer.concat(output).length]).toEqual([true, 0]);
});

test('an error of the detector is the error of the stream, and what was answered before may be out', async () => {
  let asked = 0;
  const stream = streamOf({
    concurrency: 1,
    detector: async text => {
      if (++asked === 3) {
        throw new Error(text);
      }
      return found(text);
    },
  });
  const output: Buffer[] = [];
  stream.on('data', chunk => output.push(chunk));
  stream.end(TEXT);
  const error = await new Promise<Error>(resolve => stream.once('error', resolve));
  expect(error).toMatchObject({ code: 'DETECTION_FAILED', message: expect.not.stringContaining('Zoë') });
  const size = Buffer.concat(output).length;
  expect(size).toBeGreaterThan(0);
  expect(REDACTED.startsWith(Buffer.concat(output).toString())).toBe(true);
  await waited(20);
  expect(Buffer.concat(output).length).toBe(size);
});

describe('memory is bounded', () => {
  function endless(): Readable & { given: number } {
    const chunk = Buffer.from(LINE.repeat(1000));
    const source = Object.assign(new Readable({
      read() {
        source.given += chunk.length;
        this.push(chunk);
      },
    }), { given: 0 });
    return source;
  }

  test.each<[string, Detector, boolean]>([['nobody answers', never, true], ['nobody reads', detector, false]])('where %s', async (_what, asked, isRead) => {
    const stream = streamOf({ detector: asked });
    const source = endless();
    const done = pipeline(source, stream).catch(() => {});
    if (isRead) {
      stream.resume();
    }
    for (let given = -1; given !== source.given;) {
      given = source.given;
      await waited(150);
    }
    // Four segments, the one that comes, and buffers of streams.
    expect(source.given).toBeLessThan(1024 * 1024);
    stream.destroy();
    await done;
  });
});

test('a source that fails ends it, and takes the questions back', async () => {
  let aborted = 0;
  const stream = streamOf({
    detector: (text, language, signal) => {
      signal.addEventListener('abort', () => aborted++);
      return never(text, language, signal);
    },
  });
  async function* source() {
    yield Buffer.from(TEXT);
    await waited(10);
    throw new Error('the source failed');
  }
  await expect(pipeline(Readable.from(source()), stream, async chunks => {
    for await (const chunk of chunks) {
      expect(chunk.length).toBe(0);
    }
  })).rejects.toThrow('the source failed');
  expect(aborted).toBeGreaterThan(0);
});
