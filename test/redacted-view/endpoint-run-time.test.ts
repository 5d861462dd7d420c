import { generateKeyPairSync, sign } from 'crypto';
import { Answer, EndpointProcess } from './endpoint-process';
import { LoopbackServer } from '../object-lambda/run-time/loopback-server';
import { S3Server, TELLTALE } from '../object-lambda/run-time/s3-server';

const RULES = { types: ['EMAIL'], fields: [], keywords: [], patterns: [], mask: { kind: 'typeName' }, masks: {} };
const SMALL = 'mail jane@example.com now';
const SMALL_OUT = 'mail [EMAIL] now';
const LINE = 'order 4711 of jane@example.com, to be sent on Monday, with all that belongs to it and nothing else\n';
const LINE_OUT = LINE.replace('jane@example.com', '[EMAIL]');
/** More than is held back before an answer begins. */
const LARGE_OUT = LINE_OUT.repeat(15_000);
const LARGEST = 2_000_000;
const ANALYST = { 'test-user-arn': 'arn:aws:sts::111122223333:assumed-role/Analyst/jane' };
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let endpoint: EndpointProcess;
let s3: S3Server;
let issuer: LoopbackServer;
let keysAsked = 0;
const seen: string[] = [];

beforeAll(async () => {
  s3 = await S3Server.start();
  issuer = await LoopbackServer.start(async (_request, response) => {
    keysAsked++;
    response.end(JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'ES256' }] }));
  });
  endpoint = await EndpointProcess.start({ 'rules.json': JSON.stringify(RULES) }, {
    ENDPOINT_SETTINGS: JSON.stringify({
      source: `${s3.origin}/`,
      grants: [
        { arn: 'arn:aws:iam::111122223333:role/data/Analyst', prefix: 'orders/' },
        { claim: 'groups', value: 'readers', prefix: 'orders/' },
      ],
      issuer: { issuer: 'https://login.example.com', audience: ['view'] },
      largestResponse: LARGEST,
    }),
  }, issuer.origin);
  s3.put('orders/small.txt', SMALL, { 'cache-control': 'public, max-age=3600', 'x-amz-meta-customer': 'jane@example.com' }, 'v1');
  s3.put('orders/empty.txt', '', {}, 'v1');
  s3.put('orders/large.txt', LINE.repeat(15_000), {}, 'v1');
  s3.put('orders/huge.txt', LINE.repeat(30_000), {}, 'v1');
  s3.put('orders/broken.txt', `${LINE.repeat(15_000)}\0`, {}, 'v1');
  s3.put('orders/a b%2F(ä)+!/../x.txt', SMALL, {}, 'v1');
  s3.put('orders/a b/x.txt', 'wrong', {}, 'v1');
  s3.put('secret/small.txt', SMALL, {}, 'v1');
});

afterAll(async () => {
  await Promise.all([endpoint.stop(), s3.stop(), issuer.stop()]);
});

async function ask(path: string, headers: Record<string, string> = ANALYST, method?: string): Promise<Answer> {
  s3.asked.splice(0);
  const answer = await endpoint.ask(path, headers, method);
  seen.push(JSON.stringify(answer.headers), ...answer.body.length < 10_000 ? [answer.body.toString()] : []);
  return answer;
}

function token(claims: object): Record<string, string> {
  const payload = { iss: 'https://login.example.com', aud: 'view', sub: 'jane', exp: Math.floor(Date.now() / 1000) + 60, ...claims };
  const text = [{ alg: 'ES256', kid: 'k' }, payload].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return { 'x-viewer-authorization': `Bearer ${text}.${sign('sha256', Buffer.from(text), { key: keys.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}` };
}

const codeOf = ({ body }: Answer) => /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1];

describe('an object', () => {
  test('goes out redacted, with what describes it, for the caller alone', async () => {
    const { status, headers, body, isWhole } = await ask('/orders/small.txt');

    expect({ status, body: body.toString(), isWhole }).toEqual({ status: 200, body: SMALL_OUT, isWhole: true });
    expect(headers).toMatchObject({
      'content-type': 'text/plain',
      'cache-control': 'private, no-cache',
      'x-amz-decoded-content-length': String(SMALL_OUT.length),
      'x-amz-version-id': 'v1',
      'x-amz-meta-customer': '[EMAIL]',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-range']).toBeUndefined();
  });

  test.each([
    ['/orders/large.txt', {}, 200, LARGE_OUT, undefined],
    ['/orders/large.txt', { range: 'bytes=100-1099999' }, 206, LARGE_OUT.slice(100, 1_100_000), `bytes 100-1099999/${LARGE_OUT.length}`],
    ['/orders/large.txt', { range: 'bytes=-7' }, 206, LARGE_OUT.slice(-7), `bytes ${LARGE_OUT.length - 7}-${LARGE_OUT.length - 1}/${LARGE_OUT.length}`],
    ['/orders/huge.txt', { range: 'bytes=2500000-' }, 206, LINE_OUT.repeat(30_000).slice(2_500_000), `bytes 2500000-${LINE_OUT.length * 30_000 - 1}/${LINE_OUT.length * 30_000}`],
    ['/orders/empty.txt', {}, 200, '', undefined],
    ['/orders/large.txt?partNumber=2', {}, 416, undefined, undefined],
    ['/orders/small.txt', { 'range': 'bytes=0-3', 'if-range': '"another"' }, 200, SMALL_OUT, undefined],
    ['/orders/small.txt', { 'if-range': '"another"' }, 200, SMALL_OUT, undefined],
    ['/orders/large.txt', { 'range': 'bytes=0-3', 'if-range': '"another"' }, 200, LARGE_OUT, undefined],
    ['/orders/large.txt', { range: 'bytes=0-3,5-7' }, 200, LARGE_OUT, undefined],
    ['/orders/a%20b%252F(%C3%A4)+!/../x.txt', {}, 200, SMALL_OUT, undefined],
  ])('%s %j', async (path, headers, status, body, contentRange) => {
    const answer = await ask(path, { ...ANALYST, ...headers } as Record<string, string>);

    expect([answer.status, answer.isWhole]).toEqual([status, true]);
    expect(body === undefined || answer.body.toString() === body).toBe(true);
    expect(body === undefined ? undefined : answer.headers['x-amz-decoded-content-length']).toBe(body === undefined ? undefined : String(body.length));
    expect(status === 416 ? undefined : answer.headers['content-range']).toBe(contentRange);
  });

  test('HEAD says what GET says', async () => {
    const [get, head] = [await ask('/orders/small.txt'), await ask('/orders/small.txt', ANALYST, 'HEAD')];
    const { date: _date, 'transfer-encoding': _encoding, ...described } = get.headers;

    expect(head).toMatchObject({ status: 200, headers: described });
    expect(head.body.length).toBe(0);
  });

  test('that the caller has already is not sent', async () => {
    const { headers: { etag } } = await ask('/orders/small.txt');
    const again = await ask('/orders/small.txt', { ...ANALYST, 'if-none-match': etag! });

    expect(again).toMatchObject({ status: 304, headers: { etag, 'cache-control': 'private, no-cache' } });
    expect(await ask('/orders/small.txt', { ...ANALYST, 'if-match': '"other"' })).toMatchObject({ status: 412, headers: { 'cache-control': 'no-store' } });
  });

  test('that is larger than a response may be is refused before its first byte, and can be had in ranges', async () => {
    const answer = await ask('/orders/huge.txt');

    expect([answer.status, codeOf(answer), answer.headers['cache-control']]).toEqual([413, 'EntityTooLarge', 'no-store']);
    expect(answer.body.toString()).toContain('in ranges');
    expect(codeOf(await ask('/orders/huge.txt', { ...ANALYST, range: 'bytes=5-' }))).toBe('EntityTooLarge');
  });

  test('that cannot be judged to its end is refused before its first byte', async () => {
    expect(await ask('/orders/broken.txt')).toMatchObject({ status: 422, headers: { 'content-type': 'application/xml', 'cache-control': 'no-store' } });
  });

  test('whose source fails in the middle is cut off', async () => {
    s3.faults.push({}, { cutAt: 1_300_000 });
    const answer = await ask('/orders/large.txt');

    expect(answer).toMatchObject({ status: 200, isWhole: false });
    expect(LARGE_OUT.startsWith(answer.body.toString())).toBe(true);
    expect(endpoint.failures.length).toBeGreaterThan(0);
    expect(JSON.parse(endpoint.lines[endpoint.lines.length - 1])).toMatchObject({ outcome: 'cutOff', problem: expect.any(String) });
  });

  test('that S3 does not have, or does not give, is missing', async () => {
    expect(codeOf(await ask('/orders/missing.txt'))).toBe('NoSuchKey');
    s3.faults.push({ error: [503, 'SlowDown'] }, { isReset: true });
    expect((await ask('/orders/small.txt')).body.toString()).toBe(SMALL_OUT);
  });

  test('that the function may not read is refused without a word of the function', async () => {
    const denied = 'User: arn:aws:sts::111122223333:assumed-role/Function/f is not authorized to perform: kms:Decrypt';
    s3.faults.push({ error: [403, 'AccessDenied', denied] }, { error: [400, 'KMS.DisabledException', 'arn:aws:kms:eu-west-1:111122223333:key/k is disabled.'] });
    const answers = [await ask('/orders/small.txt'), await ask('/orders/small.txt')];

    expect(answers.map(({ status }) => status)).toEqual([403, 400]);
    expect(answers.map(({ body }) => /<Code>.*<.Message>/.exec(body.toString())?.[0])).toEqual([
      '<Code>AccessDenied</Code><Message>Access Denied</Message>', '<Code>KMS.DisabledException</Code><Message>S3 refused the request.</Message>',
    ]);
  });

  test('that takes too long is refused', async () => {
    s3.faults.push({ wait: 3_000 });
    const answer = await ask('/orders/small.txt', { ...ANALYST, 'test-remaining': '2100' });

    expect(answer.status).toBe(503);
  });
});

describe('who asks', () => {
  const expired = { exp: Math.floor(Date.now() / 1000) - 10 };

  test.each<[string, () => Record<string, string>, string, number]>([
    ['a role with the grant', () => ANALYST, '/orders/small.txt', 200],
    ['a role without', () => ({ 'test-user-arn': 'arn:aws:sts::111122223333:assumed-role/Other/jane' }), '/orders/small.txt', 403],
    ['a role outside its prefix', () => ANALYST, '/secret/small.txt', 403],
    ['a role outside its prefix, of nothing', () => ANALYST, '/secret/missing.txt', 403],
    ['a role that climbs', () => ANALYST, '/orders/../secret/small.txt', 404],
    ['a token with the claim', () => token({ groups: ['readers'] }), '/orders/small.txt', 200],
    ['a token without', () => token({ groups: ['others'] }), '/orders/small.txt', 403],
    ['a token with the claim outside its prefix', () => token({ groups: ['readers'] }), '/secret/small.txt', 403],
    ['an expired token', () => token({ groups: ['readers'], ...expired }), '/orders/small.txt', 401],
    ['a token of another audience', () => token({ groups: ['readers'], aud: 'other' }), '/orders/small.txt', 401],
    ['a token in another header', () => ({ authorization: token({ groups: ['readers'] })['x-viewer-authorization'] }), '/orders/small.txt', 403],
    ['CloudFront without a token', () => ({}), '/orders/small.txt', 403],
    ['CloudFront without a token, with what nobody may ask', () => ({}), '/?policy', 403],
    ['a listing of the prefix', () => ANALYST, '/?list-type=2&prefix=orders/', 200],
    ['a listing of all', () => ANALYST, '/?list-type=2', 403],
    ['a listing of another prefix', () => ANALYST, '/?list-type=2&prefix=secret/', 403],
  ])('%s', async (_name, headers, path, status) => {
    s3.listing = '<ListBucketResult><Name>b</Name><Prefix>orders/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>'
      + '<Contents><Key>orders/small.txt</Key><LastModified>2022-10-12T17:50:00.000Z</LastModified><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag>'
      + '<Size>25</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>';
    const answer = await ask(path, headers());

    expect(answer.status).toBe(status);
    expect(status < 400 || answer.headers['cache-control'] === 'no-store').toBe(true);
    // Nothing of the bucket is asked for those who may not read, so that nothing can be told from the time it takes.
    expect([401, 403].includes(status) ? s3.asked : []).toEqual([]);
  });

  test('the keys of the issuer are read once', () => expect(keysAsked).toBe(1));
});

test('keys that listings do not show are not told by what is asked for', async () => {
  const hiding = await EndpointProcess.start({ 'rules.json': JSON.stringify(RULES) }, {
    ENDPOINT_SETTINGS: JSON.stringify({
      source: `${s3.origin}/`, grants: [{ arn: 'arn:aws:iam::111122223333:role/Analyst', prefix: 'orders/' }], largestResponse: LARGEST,
    }),
    REDACT_KEYS: 'true',
  }, issuer.origin);
  try {
    s3.listing = '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>orders/jane@example.com.txt</Key></Contents></ListBucketResult>';

    expect((await hiding.ask('/?list-type=2&prefix=orders/', ANALYST)).body.toString()).toContain('<Key>orders/[EMAIL]');
    expect((await hiding.ask('/?list-type=2&prefix=orders/&delimiter=@', ANALYST)).status).toBe(501);
  } finally {
    await hiding.stop();
  }
});

test('S3 is asked for the object, and for nothing that the caller wrote', async () => {
  const etag = '"caller"';
  await ask('/orders/small.txt?versionId=v1&response-content-type=text%2Fcsv', {
    ...ANALYST, 'if-modified-since': 'Wed, 12 Oct 2000 17:50:00 GMT', 'x-amz-checksum-mode': 'ENABLED', 'cookie': 'a=b', 'if-range': etag,
  });

  expect(s3.asked.map(({ method, url }) => [method, url])).toEqual([['GET', '/orders/small.txt?versionId=v1']]);
  expect(Object.keys(s3.asked[0].headers).sort()).toEqual(
    ['authorization', 'connection', 'host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token']);
});

test('nothing tells the content of the originals, neither answers nor the log', () => {
  const told = [...seen, ...endpoint.lines, ...endpoint.failures].join('\n');

  expect([...Object.values(TELLTALE), 'jane@example.com', 'd41d8cd98f00b204e9800998ecf8427e'].filter(each => told.includes(each))).toEqual([]);
  expect(endpoint.lines.join().includes('small.txt')).toBe(false);
  expect(endpoint.lines.length).toBeGreaterThan(20);
});
