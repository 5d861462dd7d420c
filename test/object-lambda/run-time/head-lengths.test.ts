import { gzipSync } from 'zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Answer, Ask } from './object-lambda';
import { OwnView, Trouble, errorOf } from './own-view';
import { CREDENTIALS, REGION } from './signatures';
import { endpointOf } from '../../../src/transform/aws/own-view';

const RULES = { types: ['EMAIL'], fields: [], keywords: [], patterns: [], mask: { kind: 'typeName' }, masks: {} };
const SMALL = 'mail jane@example.com now';
const LINE = 'order 4711 of jane@example.com, to be sent on Monday, with all that belongs to it and nothing else\n';
/** More than is held back before an answer begins. */
const LARGE = LINE.repeat(17_000);
const LARGE_OUT = LINE.replace('jane@example.com', '[EMAIL]').repeat(17_000);

let own: OwnView;

beforeAll(async () => {
  own = await OwnView.start('redacting-object-lambda', { 'rules.json': JSON.stringify(RULES) });
  const { s3 } = own.view;
  s3.put('small.txt', SMALL, {}, 'v1');
  s3.put('small.txt', `${SMALL} and then`, {}, 'v2');
  s3.put('plain.txt', SMALL);
  s3.put('empty.txt', '', {}, 'v1');
  s3.put('large.txt', LARGE, {}, 'v1');
  s3.put('encoded.txt', gzipSync(SMALL), { 'content-encoding': 'gzip' }, 'v1');
  s3.put('archive.txt.gz', gzipSync(SMALL), { 'content-type': 'application/gzip' }, 'v1');
  s3.put('becomes-empty.txt', gzipSync(''), { 'content-encoding': 'gzip' }, 'v1');
  s3.put('of/../keys (1)+ü.txt', SMALL, {}, 'v1');
  s3.put('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), { 'content-type': 'image/png' }, 'v1');
  s3.put('broken.txt', `${LARGE}\0`, {}, 'v1');
});

beforeEach(() => {
  own.asked.splice(0);
  own.troubles.splice(0);
  own.view.s3.faults.splice(0);
});

afterAll(async () => {
  await own.stop();
});

async function head(key: string, ask?: Ask, ...troubles: Trouble[]): Promise<Answer> {
  own.troubles.push(...troubles);
  return own.view.head(key, ask);
}

function refused(status: number, code: string): Trouble {
  return { answer: [status, {}, errorOf(code)] };
}

test.each<[string, Ask]>([
  ['small.txt', {}],
  ['small.txt', { query: { versionId: 'v1' } }],
  ['plain.txt', {}],
  ['empty.txt', {}],
  ['large.txt', {}],
  ['encoded.txt', {}],
  ['archive.txt.gz', {}],
  ['becomes-empty.txt', {}],
  ['of/../keys (1)+ü.txt', {}],
  ['large.txt', { headers: { Range: 'bytes=5-14' } }],
  ['large.txt', { headers: { Range: 'bytes=-1' } }],
  ['large.txt', { headers: { Range: 'bytes=99999999-' } }],
  ['large.txt', { query: { partNumber: '1' } }],
  ['large.txt', { query: { partNumber: '2' } }],
])('HEAD tells what GET sends: %s %j', async (key, ask) => {
  const { status, headers, length, code } = await own.view.get(key, ask);
  const described = await head(key, ask);

  expect(described).toMatchObject({ status, code });
  const { 'content-length': _sent, ...others } = headers;
  expect(described.headers).toEqual(status < 400 ? { ...others, 'content-length': String(length) } : others);
  // An object without bytes has none to transform.
  expect(own.asked).toHaveLength(key === 'empty.txt' ? 0 : 1);
});

test('the length of a large object is that of the redacted one', async () => {
  expect((await head('large.txt')).headers['content-length']).toBe(String(LARGE_OUT.length));
});

test.each([
  ['broken.txt', 400, 'NotText'],
  ['picture.png', 400, undefined],
])('HEAD refuses what GET refuses: %s', async (key, status, code) => {
  const { code: ofGet } = await own.view.get(key, { headers: { Range: 'bytes=0-0' } });

  expect(await head(key)).toMatchObject({ status, code: ofGet });
  expect(ofGet).toEqual(code ?? expect.any(String));
  expect(own.view.log).toMatchObject({ outcome: 'refused' });
});

describe('the view is asked for the object that HEAD described', () => {
  test('by its version', async () => {
    const { headers: { 'content-length': length } } = await head('small.txt', {}, { before: () => own.view.s3.put('small.txt', LARGE, {}, 'v3') });

    expect(length).toBe(String('mail [EMAIL] now and then'.length));
    expect(own.asked).toMatchObject([{ method: 'GET', url: '/small.txt?versionId=v2', headers: { range: 'bytes=0-0' } }]);
    own.view.s3.put('small.txt', `${SMALL} and then`, {}, 'v2');
  });

  test('without a condition, which S3 might sign', async () => {
    expect((await head('plain.txt')).headers['content-length']).toBe(String('mail [EMAIL] now'.length));
    expect(own.asked).toMatchObject([{ url: '/plain.txt' }]);
  });

  test('and if it is another one meanwhile, the caller is to ask again', async () => {
    const before = () => own.view.s3.put('plain.txt', LARGE, { 'last-modified': 'Wed, 12 Oct 2022 17:50:01 GMT' });

    expect(await head('plain.txt', {}, { before })).toMatchObject({ status: 503, code: 'ServiceUnavailable' });
    own.view.s3.put('plain.txt', SMALL);
    const other = { answer: [206, { 'etag': '"of other rules"', 'content-range': 'bytes 0-0/9' }, 'm'] } as const;
    expect(await head('small.txt', {}, other)).toMatchObject({ status: 503, code: 'ServiceUnavailable' });
  });

  test('with the word of the caller that he pays, and nothing else of his request', async () => {
    await head('small.txt', { headers: { 'x-amz-request-payer': 'requester', 'If-None-Match': '"a"', 'x-amz-checksum-mode': 'ENABLED', 'Cookie': 'a' } });

    expect(Object.keys(own.asked[0].headers).sort()).toEqual([
      'authorization', 'connection', 'host', 'range', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-request-payer', 'x-amz-security-token',
    ]);
  });
});

describe('the view is not asked', () => {
  test('for those whom S3 refuses', async () => {
    own.view.s3.faults.push({ error: [403, 'AccessDenied'] });

    expect(await head('small.txt')).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await head('small.txt', { expiresIn: -1 })).toMatchObject({ status: 403 });
    expect(await head('nothing.txt')).toMatchObject({ status: 404 });
    expect(own.asked).toEqual([]);
  });

  test('where a condition decides', async () => {
    expect(await head('small.txt', { headers: { 'If-Match': '"a"' } })).toMatchObject({ status: 412 });
    expect(await head('small.txt', { headers: { 'If-Modified-Since': 'Wed, 12 Oct 2022 17:50:00 GMT' } })).toMatchObject({ status: 304 });
    expect(own.asked).toEqual([]);
  });

  test('for another view, whose URLs show rights to another bucket', async () => {
    const event = await own.view.event('HEAD', 'headObjectContext', 'small.txt', {}) as { configuration: object };
    const configuration = { ...event.configuration, accessPointArn: `${OwnView.ARN}-of-others` };
    const { result } = await own.view.process.invoke({ ...event, configuration });

    expect(result).toMatchObject({ statusCode: 200, headers: { 'Content-Type': 'text/plain' } });
    expect(result).not.toHaveProperty('headers.Content-Length');
    expect(own.asked).toEqual([]);
  });
});

test.each<[what: string, Trouble[], tries: number, status: number, said: object]>([
  ['rights of the function', [refused(403, 'AccessDenied')], 1, 500, { code: 'InternalError' }],
  ['credentials of the function', [refused(400, 'ExpiredToken')], 1, 500, { code: 'InternalError' }],
  ['rights to invoke it', [refused(400, 'LambdaPermissionError')], 1, 500, { code: 'InternalError' }],
  ['an invocation that did not come about', [refused(400, 'LambdaInvocationFailed')], 1, 503, { code: 'ServiceUnavailable' }],
  ['an object that is gone', [refused(404, 'NoSuchVersion')], 1, 404, { code: 'NoSuchVersion' }],
  ['an archived object, which HEAD describes', [refused(403, 'InvalidObjectState')], 1, 200, { headers: expect.not.objectContaining({ 'content-length': expect.anything() }) }],
  ['a throttled request', Array(3).fill(refused(503, 'SlowDown')), 3, 503, { code: 'SlowDown' }],
  ['one that passes', [refused(503, 'SlowDown'), { isReset: true }], 3, 200, { headers: expect.objectContaining({ 'content-length': '25' }) }],
  ['no answer', Array(3).fill({ isReset: true }), 3, 503, { code: 'ServiceUnavailable' }],
  ['a part without the whole', [{ answer: [206, {}, 'm'] }], 1, 500, { code: 'InternalError' }],
  ['the whole, with its length', [{ answer: [200, { 'content-length': '12' }, 'mail [EMAIL]'] }], 1, 200, { headers: expect.objectContaining({ 'content-length': '12' }) }],
  ['the whole, without', [{ answer: [200, { 'transfer-encoding': 'chunked' }, 'mail [EMAIL]'] }], 1, 200, { headers: expect.objectContaining({ 'content-length': '12' }) }],
])('an answer of the view: %s', async (_what, troubles, tries, status, said) => {
  expect(await head('small.txt', { query: { versionId: 'v2' } }, ...troubles)).toMatchObject({ status, ...said });
  expect(own.asked).toHaveLength(tries);
});

test('what the function may not do is in the log, and nothing of the object', async () => {
  const { message } = await head('small.txt', {}, refused(403, 'AccessDenied'));

  expect(own.view.log).toMatchObject({ code: 'InternalError', problem: 'OwnViewError: S3 Object Lambda answered 403 AccessDenied' });
  expect(message).not.toMatch(/AccessDenied|Object Lambda/);
  expect(own.view.lines.filter(line => /small|jane|example|127\.0\.0\.1|X-Amz/i.test(line))).toEqual([]);
});

test('a view that does not answer in time is an error in time', async () => {
  expect(await head('small.txt', { remaining: 2_300 }, { isSilent: true })).toMatchObject({ status: 503, code: 'TransformationTimeout' });
  expect(own.view.log.Duration).toBeLessThan(1_000);
});

test('the request is that of the SDK', async () => {
  const sent: { hostname: string; path: string; query: Record<string, string>; headers: Record<string, string> }[] = [];
  const client = new S3Client({
    region: REGION,
    credentials: CREDENTIALS,
    requestHandler: {
      handle: async (request: typeof sent[0]) => {
        sent.push(request);
        throw new Error('sent');
      },
    } as never,
    maxAttempts: 1,
  });
  const key = 'of/../keys (1)+ü.txt';
  await expect(client.send(new GetObjectCommand({ Bucket: OwnView.ARN, Key: key, VersionId: 'v1', Range: 'bytes=0-0' }))).rejects.toThrow('sent');
  await head(key);

  const [{ hostname, path, query, headers }] = sent;
  const [{ url, headers: own_ }] = own.asked;
  const scopeOf = (authorization: unknown) => /Credential=[^/]+\/\d+\/([^,]+),/.exec(String(authorization))?.[1];
  expect(endpointOf(OwnView.ARN)).toBe(`https://${hostname}/`);
  expect(url).toBe(`${path}?versionId=${query.versionId}`);
  expect(scopeOf(own_.authorization)).toBe(scopeOf(headers.authorization));
  expect(own_['x-amz-content-sha256']).toBe(headers['x-amz-content-sha256']);
  expect(own_.range).toBe(headers.range);
});
