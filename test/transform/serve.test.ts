import { PassThrough, Readable, Transform } from 'stream';
import { HALVING, doubled, read, requestOf, respond, view } from './drive';
import cases from './errors.cases.json';
import { MemorySource } from './memory-source';
import { RedactionError, RedactionErrorCode } from '../../src/redaction/errors';
import { Deadline } from '../../src/transform/deadline';
import { serve } from '../../src/transform/serve';
import { Transformation } from '../../src/transform/transformation';
import { SourceResponse } from '../../src/transform/view';
import { ViewError } from '../../src/transform/view-error';

const CONTENT = Buffer.from('0123456789'.repeat(1000));
const STORED = { content: doubled(CONTENT), chunk: 100 };
/** More than the buffers between source and caller hold. */
const LARGE = { content: Buffer.alloc(400_000, 'large'), chunk: 1000 };
const SECRET = 'jo@example.com';

/** What fails after so many bytes of the stored object. */
function failing(error: Error, after = 0): Transformation {
  let seen = 0;
  return {
    ...HALVING,
    open: () => ({
      stream: new Transform({
        transform(chunk: Buffer, _encoding, callback) {
          seen += chunk.length;
          callback(seen > after ? error : null, chunk.subarray(chunk.length / 2));
        },
      }),
    }),
  };
}

describe('GET', () => {
  test('an object that fits is answered as a whole', async () => {
    const { status, headers, body } = await respond(new MemorySource(STORED));
    expect({ status, length: headers['content-length'], body }).toEqual({ status: 200, length: '10000', body: CONTENT });
  });

  test.each([9_999, 1000, 100, 0])('a larger one streams, without its length: %d bytes are held back', async holdBack => {
    const response = await respond(new MemorySource(STORED), { options: { holdBack } });
    expect(response.body).toBeInstanceOf(Readable);
    expect(response.headers).not.toHaveProperty('content-length');
    expect((await read(response.body)).body).toEqual(CONTENT);
  });

  test('one that nobody reads is not read from S3', async () => {
    const source = new MemorySource(LARGE);
    const { body } = await respond(source, { options: { holdBack: 10_000 } });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(source.taken).toBeLessThan(200_000);
    (body as Readable).destroy();
  });

  test('whoever goes away ends the reading', async () => {
    const source = new MemorySource(LARGE);
    const { body } = await respond(source, { options: { holdBack: 10_000 } });
    (body as Readable).destroy();
    await new Promise(setImmediate);
    expect(source.bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});

describe('HEAD', () => {
  test('says what GET says, and the length of what would stream', async () => {
    const { 'content-length': length, ...headers } = (await view(STORED, { operation: 'HeadObject', options: { holdBack: 10 } })).headers;
    expect(length).toBe('10000');
    expect(headers).toEqual((await view(STORED, { options: { holdBack: 10 } })).headers);
  });

  test('says no length of large objects, and reads nothing of them', async () => {
    const source = new MemorySource(STORED);
    const { status, headers } = await view(source, { operation: 'HeadObject', options: { measureUpTo: 19_999 } });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('content-length');
    expect(source.asked.map(({ method }) => method)).toEqual(['HEAD']);
    expect((await view(STORED, { operation: 'HeadObject', options: { measureUpTo: 20_000 } })).headers).toHaveProperty('content-length');
  });

  test('ignores ranges of what it does not measure', async () => {
    const { status, headers } = await view(STORED, { operation: 'HeadObject', headers: { range: 'bytes=0-1' }, options: { measureUpTo: 0 } });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('content-range');
  });

  test('says no length where S3 can be asked for nothing but HEAD', async () => {
    const source = Object.assign(new MemorySource(STORED), { isHeadOnly: true });
    expect((await view(source, { operation: 'HeadObject' })).headers).not.toHaveProperty('content-length');
    expect(source.asked.map(({ method }) => method)).toEqual(['HEAD']);
  });

  test('says the length that its source measures there, of objects of any size', async () => {
    const described: unknown[] = [];
    const source = Object.assign(new MemorySource(STORED), {
      isHeadOnly: true,
      measure: async (headers: object) => {
        described.push(headers);
        return 10_000;
      },
    });
    const head = async (range?: string) => view(source, { operation: 'HeadObject', headers: range === undefined ? {} : { range }, options: { measureUpTo: 0 } });
    expect((await head()).headers).toEqual((await view(STORED)).headers);
    expect(await head('bytes=-3')).toMatchObject({ status: 206, headers: { 'content-length': '3', 'content-range': 'bytes 9997-9999/10000' } });
    expect(await head('bytes=10000-')).toMatchObject({ status: 416 });
    expect(described).toEqual(Array(3).fill(expect.objectContaining({ 'x-amz-version-id': 'version-1', 'etag': expect.stringMatching(/-view"$/) })));
    expect(source.asked.map(({ method }) => method)).toEqual(Array(3).fill('HEAD'));
  });

  test('waits for it no longer than a request may take', async () => {
    const source = Object.assign(new MemorySource(STORED), { isHeadOnly: true, measure: async () => new Promise<number>(() => {}) });
    expect(await view(source, { operation: 'HeadObject', options: { timeLimit: 20 } })).toMatchObject({ status: 503, body: { length: 0 } });
  });

  test('says no length of archived objects, which GET does not get', async () => {
    const archived = new MemorySource({ ...STORED, headers: { 'x-amz-storage-class': 'GLACIER' } });
    const refused = new MemorySource({ status: 403, content: Buffer.from('<Error><Code>InvalidObjectState</Code><Message>archived</Message></Error>') });
    const source = Object.assign(archived, { get: async () => refused.get() });
    const { status, headers } = await view(source, { operation: 'HeadObject' });
    expect(status).toBe(200);
    expect(headers).toHaveProperty('x-amz-storage-class', 'GLACIER');
    expect(headers).not.toHaveProperty('content-length');
    expect(await view(source)).toMatchObject({ status: 403 });
  });

  test('refuses what GET refuses', async () => {
    const transformation = failing(new RedactionError('NOT_TEXT', 'the input holds NUL bytes'), 10_000);
    expect((await view(STORED, { transformation })).status).toBe(422);
    expect(await view(STORED, { operation: 'HeadObject', transformation: failing(new RedactionError('NOT_TEXT', 'x'), 10_000) })).toMatchObject({ status: 422, body: { length: 0 } });
  });
});

describe('errors of S3', () => {
  test.each(cases)('$status $code', async ({ status, xml, code, message }) => {
    const stored = {
      status,
      content: Buffer.from(xml && `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`),
      headers: { 'x-amz-request-id': 'r', 'x-amz-delete-marker': 'true', 'location': 'https://bucket.s3.amazonaws.com/', 'retry-after': '3' },
    };
    const { headers, ...answer } = await view(stored);
    expect(answer).toEqual({ status, body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`) });
    expect(headers).toEqual({
      'content-type': 'application/xml',
      'content-length': String(answer.body.length),
      'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
      'retry-after': '3',
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': 'version-1',
    });
    const head = await view(stored, { operation: 'HeadObject' });
    expect({ status: head.status, bytes: head.body.length }).toEqual({ status, bytes: 0 });
  });

  test('an error that is too long to be one has a code of its status', async () => {
    const answer = await view({ status: 404, content: Buffer.from(`<Error><Code>NoSuchKey2</Code><Message>${'a'.repeat(100_000)}</Message></Error>`) });
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).toContain('<Code>NoSuchKey</Code>');
  });

  test.each([100, 201, 204, 206])('an answer that S3 does not give, %d, is an error of ours', async status => {
    expect(await view({ ...STORED, status })).toMatchObject({ status: 500 });
  });
});

describe('refusals', () => {
  test.each<[RedactionErrorCode, number, string]>([
    ['UNKNOWN_FORMAT', 422, 'UnknownFormat'],
    ['NOT_TEXT', 422, 'NotText'],
    ['MALFORMED', 422, 'Malformed'],
    ['OVERSIZED', 422, 'Oversized'],
    ['BAD_ENCODING', 422, 'BadEncoding'],
    ['EXPANSION', 422, 'Expansion'],
    ['DETECTION_FAILED', 503, 'DetectionFailed'],
    ['TIME_LIMIT', 503, 'TransformationTimeout'],
    ['INVALID_RULES', 500, 'InternalError'],
    ['SOURCE', 500, 'InternalError'],
  ])('%s is %d %s', async (redactionCode, status, code) => {
    const answer = await view(STORED, { transformation: failing(new RedactionError(redactionCode, 'why'), 10_000) });
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toContain(`<Code>${code}</Code>`);
    expect(answer.body.includes('0123')).toBe(false);
  });

  test('a view says what it refuses itself', async () => {
    const open = () => {
      throw new ViewError(415, 'NotAnImage', 'a < b');
    };
    const answer = await view(STORED, { transformation: { ...HALVING, open } });
    expect(answer.status).toBe(415);
    expect(answer.body.toString()).toContain('<Code>NotAnImage</Code><Message>a &lt; b</Message>');
  });

  test.each<[string, Partial<Transformation>]>([
    ['opening', { open: () => { throw new Error(SECRET); } }],
    ['metadata', { metadata: () => { throw new Error(SECRET); } }],
    ['the digest', { digest: () => { throw new Error(SECRET); } }],
    ['the stream', { open: () => failing(new Error(SECRET)).open({ key: '' }, requestOf({})) }],
  ])('what is wrong with %s is not told', async (_where, parts) => {
    const source = new MemorySource({ ...STORED, headers: { 'x-amz-meta-a': 'b' } });
    const response = await respond(source, { transformation: { ...HALVING, ...parts } });
    expect(response.status).toBe(500);
    expect(response.error).toMatchObject({ code: 'InternalError', cause: expect.objectContaining({ message: SECRET }) });
    expect((await read(response.body)).body.includes(SECRET)).toBe(false);
    expect(source.bodies.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('a source that fails is an error of ours', async () => {
    const source = Object.assign(new MemorySource(STORED), { get: async () => Promise.reject(new Error(SECRET)) });
    expect(await view(source)).toMatchObject({ status: 500 });
    expect(await view(Object.assign(source, { get: async () => Promise.reject(new ViewError(503, 'SlowDown', 'later')) }))).toMatchObject({ status: 503 });
  });
});

describe('a source or a transformation that fails', () => {
  test('before what is held back is full, has a status', async () => {
    expect(await view({ ...STORED, lostAfter: 5000 }, { options: { holdBack: 10_000 } })).toMatchObject({ status: 500 });
    expect(await view({ ...STORED, lostAfter: 5000 }, { operation: 'HeadObject' })).toMatchObject({ status: 500 });
    expect(await view({ ...STORED, lostAfter: 5000 }, { headers: { range: 'bytes=0-1' } })).toMatchObject({ status: 500 });
  });

  test('later, cuts the answer off', async () => {
    const lost = await view({ ...LARGE, lostAfter: 300_000 }, { options: { holdBack: 1000 } });
    expect(lost).toMatchObject({ status: 200, failure: { code: 'ECONNRESET' } });
    expect((await view(LARGE)).body.subarray(0, lost.body.length)).toEqual(lost.body);
    const failed = await view(LARGE, { options: { holdBack: 1000 }, transformation: failing(new RedactionError('MALFORMED', 'why'), 300_000) });
    expect(failed).toMatchObject({ status: 200, failure: { code: 'MALFORMED' } });
  });

  test('in the second reading, before the slice has begun, has a status', async () => {
    let reading = 0;
    const transformation = { ...HALVING, open: () => (reading++ === 0 ? HALVING : failing(new Error('gone'), 5000)).open({ key: '' }, requestOf({})) };
    expect(await view(STORED, { headers: { range: 'bytes=8000-' }, options: { holdBack: 10 }, transformation })).toMatchObject({ status: 500 });
  });

  test('at any byte, lets nothing out but a beginning of what would have gone out', async () => {
    const content = doubled(Buffer.from('the quick brown fox jumps over the lazy dog'));
    for (let lostAfter = 0; lostAfter < content.length; lostAfter++) {
      const { status, body, failure } = await view({ content, chunk: 3, lostAfter }, { options: { holdBack: 10 } });
      if (status === 200) {
        expect(failure).toBeDefined();
        expect('the quick brown fox jumps over the lazy dog'.startsWith(body.toString())).toBe(true);
      } else {
        expect(status).toBe(500);
      }
    }
  });
});

describe('the time limit', () => {
  const options = { timeLimit: 30 };
  /** Enough for what comes first, also on a machine that is busy. */
  const longer = { timeLimit: 200 };
  const timeout = { status: 503, headers: { 'content-type': 'application/xml' } };

  test.each(['GetObject', 'HeadObject', 'ListObjectsV2'] as const)('%s of a source that does not answer', async operation => {
    const source = Object.assign(new MemorySource(STORED), { get: never, head: never, list: never });
    expect(await view(source, { operation, options })).toMatchObject({ status: 503 });
  });

  test('an answer that comes too late is not read', async () => {
    const late = new MemorySource(STORED);
    const get = async () => new Promise<SourceResponse>(resolve => setTimeout(() => resolve(late.get()), 60));
    const source = Object.assign(new MemorySource(STORED), { get });
    expect(await view(source, { options })).toMatchObject(timeout);
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(late.bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  test.each<Record<string, string>>([{}, { range: 'bytes=0-1' }])('nothing comes: %j', async headers => {
    const source = new MemorySource({ ...STORED, hangs: true });
    expect((await view(source, { headers, options })).body.toString()).toContain('<Code>TransformationTimeout</Code>');
    expect(source.bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  test('an error of S3 that does not end', async () => {
    expect(await view({ status: 404, content: Buffer.from('<Error>'), hangs: true }, { options: longer })).toMatchObject({ status: 404 });
  });

  test('a listing that does not end', async () => {
    expect(await view({ content: Buffer.from('<ListBucketResult>'), hangs: true }, { operation: 'ListObjectsV2', options })).toMatchObject({ status: 503 });
  });

  test('cuts off what is under way', async () => {
    const { status, failure, body } = await view({ ...STORED, hangs: true }, { options: { ...longer, holdBack: 1000 } });
    expect({ status, failure }).toMatchObject({ status: 200, failure: { code: 'TransformationTimeout' } });
    expect(CONTENT.subarray(0, body.length)).toEqual(body);
  });

  test('cuts off what nobody reads', async () => {
    const { body } = await respond(new MemorySource(STORED), { options: { ...longer, holdBack: 1000 } });
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(await read(body)).toMatchObject({ failure: { code: 'TransformationTimeout' }, body: { length: 0 } });
  });

  test('counts while a transformation keeps the process busy', async () => {
    const busy = {
      ...HALVING,
      open: () => ({
        stream: new Transform({
          transform(chunk: Buffer, _encoding, callback) {
            for (const end = performance.now() + 5; performance.now() < end;);
            callback(null, chunk);
          },
        }),
      }),
    };
    const start = performance.now();
    expect(await view(LARGE, { transformation: busy, options })).toMatchObject(timeout);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('is over both readings', async () => {
    let reading = 0;
    const silent = () => ({ stream: new Transform({ transform: () => {} }) });
    const transformation = { ...HALVING, open: () => reading++ === 0 ? HALVING.open({ key: '' }, requestOf({})) : silent() };
    const start = performance.now();
    expect(await view(STORED, { headers: { range: 'bytes=0-9000' }, transformation, options: { ...options, holdBack: 10 } })).toMatchObject(timeout);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('that is over before it begins', async () => {
    expect(await view(STORED, { options: { timeLimit: 0 } })).toMatchObject({ status: 503 });
  });

  test('that is over waits for nothing more', async () => {
    const deadline = new Deadline(1);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(() => deadline.check()).toThrow(ViewError);
    await expect(deadline.within(never(), () => {})).rejects.toMatchObject({ code: 'TransformationTimeout' });
    await expect(deadline.within(Promise.reject(new Error('late')), () => {})).rejects.toMatchObject({ code: 'TransformationTimeout' });
    const late = jest.fn();
    await expect(deadline.within(Promise.resolve(1), late)).rejects.toMatchObject({ code: 'TransformationTimeout' });
    expect(late).toHaveBeenCalledWith(1);
    const stream = new PassThrough();
    deadline.guard(stream);
    const error = await new Promise(resolve => stream.once('error', resolve));
    expect(error).toMatchObject({ code: 'TransformationTimeout' });
  });

  test('leaves no timer behind', async () => {
    const [set, cleared] = [jest.spyOn(globalThis, 'setTimeout'), jest.spyOn(globalThis, 'clearTimeout')];
    for (const ask of [{}, { operation: 'HeadObject' as const }, { headers: { range: 'bytes=0-1' } }, { options: { holdBack: 10 } }, { headers: { range: 'bytes=99999-' } }]) {
      await view(STORED, { ...ask, options: { ...ask.options, timeLimit: 60_000 } });
    }
    const { body } = await serve(requestOf({}), new MemorySource(STORED), HALVING, { timeLimit: 60_000, holdBack: 10 });
    (body as Readable).destroy();
    await new Promise(setImmediate);
    const timers = set.mock.results.filter((_result, index) => set.mock.calls[index][1] === 60_000).map(({ value }) => value as NodeJS.Timeout);
    expect(timers).toHaveLength(6);
    expect(timers.filter(timer => !cleared.mock.calls.some(([one]) => one === timer))).toEqual([]);
    set.mockRestore();
    cleared.mockRestore();
  });
});

async function never(): Promise<never> {
  return new Promise(() => {});
}
