import { createHash } from 'crypto';
import { gunzipSync, gzipSync } from 'zlib';
import { Answer, Ask, ObjectLambda } from './object-lambda';
import { TELLTALE } from './s3-server';

const RULES = { types: ['EMAIL', 'NAME'], fields: [], keywords: [], patterns: [], mask: { kind: 'typeName' }, masks: {} };
const SMALL = 'mail jane@example.com now';
const SMALL_OUT = 'mail [EMAIL] now';
const LINE = 'order 4711 of jane@example.com, to be sent on Monday, with all that belongs to it and nothing else\n';
const LINE_OUT = LINE.replace('jane@example.com', '[EMAIL]');
/** More than is held back before an answer begins. */
const LARGE = LINE.repeat(17_000);
const LARGE_OUT = LINE_OUT.repeat(17_000);
const PART = 8 * 1024 * 1024;
const HUGE_LINES = Math.ceil((PART + 100_000) / LINE_OUT.length);

let view: ObjectLambda;
const seen: string[] = [];

beforeAll(async () => {
  view = await ObjectLambda.start('redacting-object-lambda', { files: { 'rules.json': JSON.stringify(RULES) }, environment: { REDACT_KEYS: 'true' } });
  const { s3 } = view;
  s3.put('small.txt', SMALL, {}, 'v1');
  s3.put('small.txt', `${SMALL} and then`, { 'x-amz-meta-customer-name': 'Jane', 'cache-control': 'no-store', 'x-amz-server-side-encryption': 'aws:kms' }, 'v2');
  s3.put('plain.txt', SMALL);
  s3.put('empty.txt', '', {}, 'v1');
  s3.put('large.txt', LARGE, {}, 'v1');
  s3.put('huge.txt', LINE.repeat(HUGE_LINES), {}, 'v1');
  s3.put('encoded.txt', gzipSync(SMALL), { 'content-encoding': 'gzip' }, 'v1');
  s3.put('archive.txt.gz', gzipSync(SMALL), { 'content-type': 'application/gzip' }, 'v1');
  s3.put('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), { 'content-type': 'image/png' }, 'v1');
  s3.put('broken.txt', `${LARGE}${LARGE}\0`, {}, 'v1');
});

afterEach(() => {
  view.s3.faults.splice(0);
  view.endpoint.behaviours.splice(0);
});

afterAll(async () => {
  await view.stop();
});

async function get(key: string, ask?: Ask): Promise<Answer> {
  const answer = await view.get(key, ask);
  seen.push(...view.calls.map(({ headers }) => JSON.stringify(headers)), JSON.stringify(view.outcome.failure ?? ''));
  return answer;
}

async function head(key: string, ask?: Ask): Promise<Answer> {
  const answer = await view.head(key, ask);
  seen.push(JSON.stringify(view.outcome.result));
  return answer;
}

describe('a slice of the redacted object', () => {
  const WHOLE = 'whole';
  type Expected = typeof WHOLE | 416 | readonly [number, number];
  const ranges: [header: string, of: (length: number) => Expected][] = [
    ['bytes=0-0', () => [0, 1]],
    ['bytes=0-', length => [0, length]],
    ['bytes=3-12', () => [3, 13]],
    ['BYTES=3-12', () => [3, 13]],
    ['bytes= 3-12 ', () => [3, 13]],
    ['bytes=-5', length => [length - 5, length]],
    ['bytes=-99999999999', length => [0, length]],
    ['bytes=5-99999999999', length => [5, length]],
    ['bytes=99999999999-', () => 416],
    ['bytes=-0', () => 416],
    // S3 serves one range a request, and ignores what is not of the form.
    ['bytes=0-1,4-5', () => WHOLE],
    ['bytes=7-3', () => WHOLE],
    ['bytes=a-b', () => WHOLE],
    ['bytes=-', () => WHOLE],
    ['items=0-1', () => WHOLE],
  ];
  const check = (answer: Answer, expected: Expected, all: string) => {
    if (expected === 416) {
      expect(answer).toMatchObject({ status: 416, code: 'InvalidRange', headers: { 'content-range': `bytes */${all.length}` }, length: 0 });
    } else if (expected === WHOLE) {
      expect(answer).toMatchObject({ status: 200, isWhole: true });
      expect(answer.body.toString() === all).toBe(true);
    } else {
      const [from, to] = expected;
      expect(answer).toMatchObject({
        status: 206, isWhole: true, headers: { 'content-range': `bytes ${from}-${to - 1}/${all.length}`, 'content-length': String(to - from) },
      });
      expect(answer.body.toString() === all.slice(from, to)).toBe(true);
    }
  };

  test.each(ranges)('%s', async (range, of) => {
    check(await get('small.txt', { query: { versionId: 'v1' }, headers: { Range: range } }), of(SMALL_OUT.length), SMALL_OUT);
    check(await get('large.txt', { headers: { range } }), of(LARGE_OUT.length), LARGE_OUT);
  });

  test('that is larger than what is kept takes a second reading, of the same object', async () => {
    check(await get('large.txt', { headers: { Range: 'bytes=10-1400000' } }), [10, 1_400_001], LARGE_OUT);

    expect(view.s3.asked.map(({ headers }) => headers['if-match'] !== undefined)).toEqual([false, true]);
  });

  test('as a parameter', async () => {
    check(await get('small.txt', { query: { versionId: 'v1', Range: 'bytes=1-2' } }), [1, 3], SMALL_OUT);
  });

  test('by part number', async () => {
    const total = HUGE_LINES * LINE_OUT.length;
    const second = await get('huge.txt', { query: { partNumber: '2' } });

    expect(second).toMatchObject({ status: 206, headers: { 'content-range': `bytes ${PART}-${total - 1}/${total}`, 'x-amz-mp-parts-count': '2' } });
    expect(second.body.toString() === LINE_OUT.repeat(HUGE_LINES).slice(PART)).toBe(true);
    expect(await get('small.txt', { query: { partNumber: '1' } })).toMatchObject({ status: 206, headers: { 'x-amz-mp-parts-count': '1' } });
    expect(await get('small.txt', { query: { partNumber: '3' } })).toMatchObject({ status: 416 });
    expect(await get('small.txt', { query: { partNumber: '0' } })).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });
});

describe('objects', () => {
  test.each([
    ['small.txt', { query: { versionId: 'v1' } }, SMALL_OUT],
    ['small.txt', {}, `${SMALL_OUT} and then`],
    ['plain.txt', {}, SMALL_OUT],
    ['empty.txt', {}, ''],
    ['large.txt', {}, LARGE_OUT],
    ['encoded.txt', {}, SMALL_OUT],
  ])('%s %j', async (key, ask, expected) => {
    const [whole, described] = [await get(key, ask), await head(key, ask)];

    expect(whole).toMatchObject({ status: 200, isWhole: true });
    expect(whole.body.toString() === expected).toBe(true);
    expect(whole.headers['content-encoding']).toBeUndefined();
    // The presigned URL of HEAD reads no content: the length is known of empty objects only.
    const { 'content-length': length, ...others } = whole.headers;
    expect(length).toBe(expected.length > 1024 * 1024 ? undefined : String(expected.length));
    expect(described).toMatchObject({ status: 200, headers: expected === '' ? { ...others, 'content-length': '0' } : others });
    expect(described.headers['content-length']).toBe(expected === '' ? '0' : undefined);
  });

  test('that are compressed archives stay so', async () => {
    const answer = await get('archive.txt.gz');

    expect(answer.headers).toMatchObject({ 'content-type': 'application/gzip' });
    expect(gunzipSync(answer.body).toString()).toBe(SMALL_OUT);
  });

  test('keep what describes them and leave what tells their content', async () => {
    const { headers } = await get('small.txt', { query: { versionId: 'v2' } });

    expect(headers).toEqual({
      'content-type': 'text/plain',
      'content-length': String(SMALL_OUT.length + 9),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'etag': expect.stringMatching(/^"[0-9a-f]{64}-view"$/),
      'last-modified': 'Wed, 12 Oct 2022 17:50:00 GMT',
      'x-amz-meta-customer-name': '[NAME]',
      'x-amz-meta-owner': '[EMAIL]',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-version-id': 'v2',
    });
  });

  test.each(['a/../b.txt', './x.txt', 'what?.txt', 'what?partNumber=7.txt', '100%.txt', 'a#b&c=d+e.txt', "it's (ü) 語.txt", '//a//'])('are found by their keys: %s', async key => {
    view.s3.put(key, SMALL);

    expect((await get(key, { query: { 'x-id': 'GetObject' } })).body.toString()).toBe(SMALL_OUT);
    expect(await get(key, { query: { 'x-id': 'GetObject', 'partNumber': '0' } })).toMatchObject({ status: 400 });
  });

  test.each([
    ['picture.png', 400],
    ['broken.txt', 200],
  ])('that cannot be judged are refused, or cut off: %s', async (key, status) => {
    const answer = await get(key);

    expect(answer.status).toBe(status);
    expect(answer.isWhole).toBe(status !== 200);
    expect(answer.body.toString() === (LARGE_OUT + LARGE_OUT).slice(0, answer.length)).toBe(true);
    expect(view.log.outcome).toBe(status === 200 ? 'cutOff' : 'refused');
  });
});

describe('conditions', () => {
  test.each([
    ['If-None-Match', (etag: string) => etag, 304],
    ['If-None-Match', () => '"another"', 200],
    ['If-Match', (etag: string) => etag, 200],
    ['If-Match', () => `"${createHash('md5').update(SMALL).digest('hex')}"`, 412],
    ['If-Modified-Since', () => 'Wed, 12 Oct 2022 17:50:00 GMT', 304],
    ['If-Unmodified-Since', () => 'Wed, 12 Oct 2021 17:50:00 GMT', 412],
  ])('%s is about the redacted object', async (name, valueOf, status) => {
    const ask = { query: { versionId: 'v1' } };
    const { headers: { etag } } = await head('small.txt', ask);
    const conditional = { ...ask, headers: { [name]: valueOf(etag) } };

    expect(await get('small.txt', conditional)).toMatchObject({ status, length: status === 200 ? SMALL_OUT.length : 0 });
    expect(view.s3.asked.every(({ headers }) => headers[name.toLowerCase()] === undefined)).toBe(true);
    expect(await head('small.txt', conditional)).toMatchObject({ status });
  });
});

describe('the presigned URL', () => {
  test('is asked with the headers that are signed, and no others', async () => {
    const headers = { 'X-Amz-Request-Payer': 'requester', 'x-amz-expected-bucket-owner': '111122223333', 'x-amz-checksum-mode': 'ENABLED', 'X-Other': 'jane' };

    expect(await get('small.txt', { headers, signedHeaders: ['X-Amz-Request-Payer', 'x-amz-expected-bucket-owner'] })).toMatchObject({ status: 200 });
    expect(view.s3.asked[0].headers).toMatchObject({ 'x-amz-request-payer': 'requester', 'x-amz-expected-bucket-owner': '111122223333' });
    expect(Object.keys(view.s3.asked[0].headers).sort()).toEqual(['connection', 'host', 'x-amz-expected-bucket-owner', 'x-amz-request-payer']);
  });

  test('never carries a condition of the caller, even if it is signed: S3 would confirm guesses of the original', async () => {
    const etag = `"${createHash('md5').update(SMALL).digest('hex')}"`;

    expect(await get('plain.txt', { headers: { 'If-Match': etag }, signedHeaders: ['If-Match'] })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(view.s3.asked[0].headers['if-match']).toBeUndefined();
  });

  test('never carries the length of a body that does not come: the next request would be taken for it', async () => {
    expect(await get('plain.txt', { headers: { 'Content-Length': '7' }, signedHeaders: ['Content-Length'] })).toMatchObject({ status: 403 });
    expect(view.s3.asked[0].headers['content-length']).toBeUndefined();
    expect((await get('plain.txt')).body.toString()).toBe(SMALL_OUT);
  });

  test('that is too old is refused by S3', async () => {
    expect(await get('small.txt', { expiresIn: -1 })).toMatchObject({ status: 403, code: 'AccessDenied', message: 'Request has expired' });
    expect(await head('small.txt', { expiresIn: -1 })).toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});

describe('what S3 refuses is passed on', () => {
  test.each([
    [403, 'AccessDenied', 403],
    [404, 'NoSuchKey', 404],
    [405, 'MethodNotAllowed', 405],
    [412, 'PreconditionFailed', 412],
    [400, 'InvalidRequest', 400],
    [501, 'NotImplemented', 400],
    [307, 'TemporaryRedirect', 503],
  ])('%i %s', async (status, code, expected) => {
    view.s3.faults.push({ error: [status, code] });
    const answer = await get('small.txt');

    expect(answer).toMatchObject({ status: expected === 503 ? expect.any(Number) : expected, length: 0 });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer)).not.toMatch(/secret-key|4442587FB7D0A2F9/);
    expect(view.s3.asked).toHaveLength(1);
  });

  test('after three tries, if it may pass', async () => {
    view.s3.faults.push({ error: [503, 'SlowDown'] }, { error: [503, 'SlowDown'] }, { error: [503, 'SlowDown'] });

    expect(await get('small.txt')).toMatchObject({ status: 503, code: 'SlowDown' });
    expect(view.s3.asked).toHaveLength(3);
  });

  test('unless it passes', async () => {
    view.s3.faults.push({ error: [503, 'SlowDown'] }, { isReset: true });

    expect((await get('plain.txt')).body.toString()).toBe(SMALL_OUT);
    expect(view.s3.asked).toHaveLength(3);
  });

  test('as 503 if there is no answer at all', async () => {
    view.s3.faults.push({ isReset: true }, { isReset: true }, { isReset: true });

    expect(await get('small.txt')).toMatchObject({ status: 503, code: 'ServiceUnavailable' });
  });
});

describe('a source that fails', () => {
  // A connection that ends with the headers may also be seen as one without an answer, which is tried again.
  const fail = (cutAt: number) => view.s3.faults.push(...Array(3).fill({ cutAt }));

  test.each([0, 1, 12, 24])('after byte %i of a small object is an error with a status', async cutAt => {
    fail(cutAt);
    const answer = await get('plain.txt');

    expect(answer).toMatchObject({ length: 0, code: expect.stringMatching(/^(InternalError|ServiceUnavailable)$/) });
    expect(answer.status).toBeGreaterThanOrEqual(500);
  });

  test.each([0, 65_536, 1_500_000, LARGE.length - 1])('after byte %i of a large object never leaves an answer that looks whole', async cutAt => {
    fail(cutAt);
    const answer = await get('large.txt');

    expect(answer.status === 200 && answer.isWhole).toBe(false);
    expect(answer.body.toString() === LARGE_OUT.slice(0, answer.length)).toBe(true);
  });
});

describe('readers', () => {
  test('may be slow', async () => {
    view.endpoint.behaviours.push({ slow: 3 });
    const answer = await get('large.txt');

    expect(answer.isWhole && answer.body.toString() === LARGE_OUT).toBe(true);
  });

  test('may go', async () => {
    view.endpoint.behaviours.push({ abortAfter: 100_000 });
    await get('huge.txt');

    expect(view.log).toMatchObject({ outcome: 'callerGone' });
    expect(view.outcome.failure).toBeUndefined();
  });

  test('are gone if the token is refused', async () => {
    view.endpoint.behaviours.push({ error: [400, 'ValidationError'] });
    await get('small.txt');
    expect(view.log).toMatchObject({ outcome: 'callerGone', problem: 'ValidationError' });

    view.endpoint.behaviours.push({ error: [400, 'ValidationError'] });
    await get('large.txt');
    expect(view.log).toMatchObject({ outcome: 'callerGone' });
  });

  test('get an answer that was refused for a moment', async () => {
    view.endpoint.behaviours.push({ error: [503, 'ServiceUnavailable'] });

    expect((await get('plain.txt')).body.toString()).toBe(SMALL_OUT);
  });

  test('whose answer cannot be given are an error of the function', async () => {
    view.endpoint.behaviours.push(...[1, 2, 3].map(() => ({ error: [503, 'ServiceUnavailable'] as const })));
    await get('small.txt');

    expect(view.log).toMatchObject({ outcome: 'failed' });
    expect(view.outcome.failure).toBe('WriteGetObjectResponse answered 503 ServiceUnavailable');
  });
});

describe('the time of a request', () => {
  // Two seconds before the end of its time a function gives up; one second before it lets go.
  test.each([
    ['before the first byte goes out', 'large.txt', { slow: 40 }, 2_400, 503],
    ['after first bytes', 'huge.txt', { slow: 10 }, 3_000, 200],
  ])('ends it %s', async (_when, key, fault, remaining, status) => {
    view.s3.faults.push(fault);
    const answer = await get(key, { remaining });

    expect(answer).toMatchObject({ status, isWhole: status !== 200 });
    expect(view.log).toMatchObject(status === 200 ? { outcome: 'cutOff' } : { outcome: 'refused', code: 'TransformationTimeout' });
  });

  test('ends it also if the reader does not read', async () => {
    view.endpoint.behaviours.push({ stall: 3_000 });
    await get('huge.txt', { remaining: 2_800 });

    expect(view.log).toMatchObject({ outcome: 'cutOff' });
    expect(view.log.Duration).toBeLessThan(2_900);
  });
});

describe('listings', () => {
  const contents = `<Contents><Key>of/jane@example.com/1.csv</Key><LastModified>2022-10-12T17:50:00.000Z</LastModified>
    <ETag>&quot;70ee1738b6b21e2c8a43f3a5ab0eee71&quot;</ETag><ChecksumAlgorithm>SHA256</ChecksumAlgorithm><Size>4711</Size><StorageClass>STANDARD</StorageClass></Contents>`;

  test.each([1, 2] as const)('of version %i show redacted keys, and neither ETags nor sizes', async version => {
    view.s3.listing = `<?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix><MaxKeys>2</MaxKeys><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
    const { status, body } = await view.list(version, { prefix: 'of/' });
    seen.push(body.toString());

    expect(status).toBe(200);
    expect(body.toString()).toMatch(/<Key>of\/\[EMAIL\]\/1\.csv<\/Key>/);
    expect(body.toString()).not.toMatch(/ETag|Checksum|Size|4711|70ee1738/);
    expect(new URLSearchParams(view.s3.asked[0].url.split('?')[1]).get('prefix')).toBe('of/');
  });

  test.each([
    // Each of these would tell keys, piece by piece.
    [{ prefix: 'of/', delimiter: '@' }],
    [{ prefix: 'of/j' }],
    [{ 'prefix': 'of/', 'start-after': 'of/i' }],
  ])('go by folders, where keys are redacted: %j', async query => {
    expect(await view.list(2, query)).toMatchObject({ status: 400, code: 'NotImplemented', length: 0 });
    expect(view.s3.asked).toEqual([]);
  });

  test('that S3 refuses are errors', async () => {
    view.s3.faults.push({ error: [404, 'NoSuchBucket'] });

    expect(await view.list(2)).toMatchObject({ status: 404, code: 'NoSuchBucket' });
  });
});

test('an event of another kind is an error', async () => {
  expect((await view.process.invoke({ Records: [] })).failure).toMatch(/none of S3 Object Lambda/);
});

test('an event whose answer would go elsewhere is an error', async () => {
  const event = await view.event('GET', 'getObjectContext', 'small.txt', {}) as { getObjectContext: object };
  const getObjectContext = { ...event.getObjectContext, outputRoute: 'example.com/' };

  expect((await view.process.invoke({ ...event, getObjectContext })).failure).toMatch(/no start of a host name/);
});

describe('of all answers and log lines', () => {
  test('none holds what tells the content of an original', () => {
    const originals = [SMALL, LARGE].map(body => createHash('md5').update(body).digest('hex'));

    expect(seen.length).toBeGreaterThan(100);
    for (const telltale of [...Object.values(TELLTALE), ...originals]) {
      expect(seen.filter(text => text.includes(telltale))).toEqual([]);
    }
  });

  test('no line names an object, a URL or a token', () => {
    expect(view.lines.length).toBeGreaterThan(100);
    expect(view.lines.filter(line => /jane|example\.com|\.txt|\.png|127\.0\.0\.1|X-Amz|io-euw1/i.test(line))).toEqual([]);
    expect(view.lines.some(line => JSON.parse(line).counts.EMAIL === 17_000)).toBe(true);
  });
});
