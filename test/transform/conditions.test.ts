import cases from './conditions.cases.json';
import { DIGEST, HALVING, doubled, view } from './drive';
import rangeCases from './if-range.cases.json';
import { allowsRange, judgeConditions } from '../../src/transform/conditions';
import { entityTag } from '../../src/transform/entity-tag';

type Headers = Record<string, string>;

test.each(cases)('$status for $headers ($etag, $lastModified)', ({ headers, etag, lastModified, status }) => {
  expect(judgeConditions(headers as Headers, { etag: etag ?? undefined, lastModified: lastModified ?? undefined })).toBe(status);
});

test.each(rangeCases)('If-Range: $ifRange for $etag', ({ ifRange, etag, slice }) => {
  expect(allowsRange({ 'if-range': ifRange }, { etag: etag ?? undefined })).toBe(slice);
});

describe('the ETag', () => {
  const stored = { 'etag': '"original"', 'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT', 'content-length': '5', 'x-amz-checksum-crc32': 'AAAAAA==' };
  const tag = (headers: Headers, digest: string | undefined = DIGEST) => entityTag({ ...stored, ...headers }, digest);

  test('is strong with a version id, and depends on nothing but that and the transformation', () => {
    const strong = tag({ 'x-amz-version-id': 'v1' });
    expect(strong).toMatch(/^"[0-9a-f]{64}-view"$/);
    expect(tag({ 'x-amz-version-id': 'v1', 'etag': '"other"', 'last-modified': 'x', 'content-length': '6', 'x-amz-checksum-crc32': 'x' })).toBe(strong);
    expect(tag({ 'x-amz-version-id': 'v2' })).not.toBe(strong);
    expect(tag({ 'x-amz-version-id': 'v1' }, 'other')).not.toBe(strong);
  });

  test.each<Headers>([{}, { 'x-amz-version-id': 'null' }])('is weak without one: %j', headers => {
    const weak = tag(headers);
    expect(weak).toMatch(/^W\/"[0-9a-f]{64}-view"$/);
    expect(tag({ ...headers, etag: '"other"' })).toBe(weak);
    expect(tag({ ...headers, 'last-modified': 'Sun, 06 Nov 1994 08:49:38 GMT' })).not.toBe(weak);
    expect(tag(headers, 'other')).not.toBe(weak);
  });

  test('is none without a digest, or anything that tells one object from the next', () => {
    expect(entityTag({ ...stored, 'x-amz-version-id': 'v1' }, undefined)).toBeUndefined();
    expect(entityTag({ etag: '"original"' }, DIGEST)).toBeUndefined();
  });
});

describe('requests', () => {
  const stored = { content: doubled(Buffer.from('0123456789')), headers: { 'cache-control': 'egaots-on', 'x-amz-meta-a': 'b' } };

  test.each(['GetObject', 'HeadObject'] as const)('%s is judged by the tag that it gives', async operation => {
    const { headers: { etag } } = await view(stored, { operation });
    const ask = async (headers: Headers) => view(stored, { operation, headers });
    expect(await ask({ 'if-match': etag })).toMatchObject({ status: 200 });
    expect(await ask({ 'if-none-match': '"0123456789abcdef0123456789abcdef"' })).toMatchObject({ status: 200 });
    const failed = await ask({ 'if-match': '"0123456789abcdef0123456789abcdef"' });
    expect(failed.status).toBe(412);
    expect(failed.body.toString()).toMatch(operation === 'HeadObject' ? /^$/ : /<Code>PreconditionFailed<\/Code>/);
    expect(await ask({ 'if-none-match': etag })).toEqual({
      status: 304,
      headers: { etag, 'cache-control': 'no-stoage', 'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT', 'x-amz-version-id': 'version-1' },
      body: Buffer.alloc(0),
    });
  });

  test('If-Range', async () => {
    const { headers: { etag } } = await view(stored);
    const ask = async (ifRange: string) => view(stored, { headers: { 'range': 'bytes=0-1', 'if-range': ifRange } });
    const [same, other] = [await ask(etag), await ask('"other"')];
    expect([same, other].map(({ status, body }) => `${status} ${body}`)).toEqual(['206 01', '200 0123456789']);
  });

  test('another transformation has another tag', async () => {
    const { headers: { etag } } = await view(stored);
    const transformation = { ...HALVING, digest: () => 'digest-2' };
    expect(await view(stored, { headers: { 'if-none-match': etag }, transformation })).toMatchObject({ status: 200 });
  });
});
