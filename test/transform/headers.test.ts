import { HALVING, doubled, view } from './drive';
import { MemorySource } from './memory-source';

const CONTENT = doubled(Buffer.from('0123456789'));

/** All that GetObject may answer, and what it may come to answer. */
const STORED = {
  'accept-ranges': 'bytes',
  'cache-control': 'egaots-on',
  'connection': 'keep-alive',
  'content-disposition': 'enilni',
  'content-encoding': 'gzip',
  'content-language': 'ed',
  'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'content-range': 'bytes 0-19/20',
  'content-type': 'vsc/txet',
  'date': 'Mon, 01 Jan 2024 00:00:00 GMT',
  'expires': 'Thu, 01 Dec 2044 16:00:00 GMT',
  'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
  'location': 'https://bucket.s3.amazonaws.com/folder/object.txt',
  'server': 'AmazonS3',
  'transfer-encoding': 'chunked',
  'x-amz-archive-status': 'ARCHIVE_ACCESS',
  'x-amz-checksum-crc32': 'AAAAAA==',
  'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=',
  'x-amz-checksum-sha256': 'AAAA',
  'x-amz-checksum-type': 'FULL_OBJECT',
  'x-amz-delete-marker': 'false',
  'x-amz-expiration': 'expiry-date="Fri, 21 Dec 2044 00:00:00 GMT", rule-id="all"',
  'x-amz-id-2': 'host',
  'x-amz-meta-a': 'cba',
  'x-amz-meta-content-type': 'cba',
  'x-amz-meta-x-amz-meta-b': 'cba',
  'x-amz-missing-meta': '1',
  'x-amz-mp-parts-count': '3',
  'x-amz-new-of-s3': 'content',
  'x-amz-object-lock-legal-hold': 'ON',
  'x-amz-object-lock-mode': 'GOVERNANCE',
  'x-amz-object-lock-retain-until-date': '2044-01-01T00:00:00Z',
  'x-amz-replication-status': 'COMPLETED',
  'x-amz-request-charged': 'requester',
  'x-amz-request-id': 'id',
  'x-amz-restore': 'ongoing-request="false", expiry-date="Fri, 21 Dec 2044 00:00:00 GMT"',
  'x-amz-server-side-encryption': 'aws:kms',
  'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:111122223333:key/1',
  'x-amz-server-side-encryption-bucket-key-enabled': 'true',
  'x-amz-server-side-encryption-customer-algorithm': 'AES256',
  'x-amz-server-side-encryption-customer-key-md5': 'AAAA',
  'x-amz-storage-class': 'STANDARD_IA',
  'x-amz-tagging-count': '2',
  'x-amz-version-id': 'version-1',
  'x-amz-website-redirect-location': '/jo@example.com',
};

const SHOWN = {
  'accept-ranges': 'bytes',
  'cache-control': 'no-stoage',
  'content-disposition': 'inline',
  'content-language': 'de',
  'content-type': 'text/csv',
  'expires': 'Thu, 01 Dec 2044 16:00:00 GMT',
  'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
  'x-amz-archive-status': 'ARCHIVE_ACCESS',
  'x-amz-delete-marker': 'false',
  'x-amz-expiration': 'expiry-date="Fri, 21 Dec 2044 00:00:00 GMT", rule-id="all"',
  'x-amz-meta-a': 'abc',
  'x-amz-meta-content-type': 'abc',
  'x-amz-meta-x-amz-meta-b': 'abc',
  'x-amz-missing-meta': '1',
  'x-amz-object-lock-legal-hold': 'ON',
  'x-amz-object-lock-mode': 'GOVERNANCE',
  'x-amz-object-lock-retain-until-date': '2044-01-01T00:00:00Z',
  'x-amz-replication-status': 'COMPLETED',
  'x-amz-request-charged': 'requester',
  'x-amz-restore': 'ongoing-request="false", expiry-date="Fri, 21 Dec 2044 00:00:00 GMT"',
  'x-amz-server-side-encryption': 'aws:kms',
  'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:111122223333:key/1',
  'x-amz-server-side-encryption-bucket-key-enabled': 'true',
  'x-amz-server-side-encryption-customer-algorithm': 'AES256',
  'x-amz-server-side-encryption-customer-key-md5': 'AAAA',
  'x-amz-storage-class': 'STANDARD_IA',
  'x-amz-tagging-count': '2',
  'x-amz-version-id': 'version-1',
};

describe.each(['GetObject', 'HeadObject'] as const)('%s', operation => {
  test('shows headers that stay true, and no others', async () => {
    const { headers: { etag, ...headers } } = await view({ content: CONTENT, headers: STORED }, { operation });
    expect(headers).toEqual({ ...SHOWN, 'content-length': '10' });
    expect(etag).toMatch(/-view"$/);
  });

  test('type and encoding are those of what goes out', async () => {
    const transformation = { ...HALVING, open: (...all: Parameters<typeof HALVING.open>) => ({ ...HALVING.open(...all), contentType: 'image/png', contentEncoding: 'br' }) };
    const { headers } = await view({ content: CONTENT, headers: STORED }, { operation, transformation });
    expect(headers).toMatchObject({ 'content-type': 'image/png', 'content-encoding': 'br' });
  });

  test('the transformation knows type, encoding, length and key of what is stored', async () => {
    const open = jest.fn(HALVING.open);
    await view({ content: CONTENT, headers: STORED }, { operation, transformation: { ...HALVING, open } });
    expect(open.mock.calls[0][0]).toEqual({ key: 'folder/object.txt', contentType: 'vsc/txet', contentEncoding: 'gzip', contentLength: 20 });
  });

  test('metadata that is left out', async () => {
    const { headers } = await view({ content: CONTENT, headers: STORED }, { operation, transformation: { ...HALVING, metadata: () => undefined } });
    expect(Object.keys(headers).filter(name => name.includes('meta-'))).toEqual([]);
    expect(headers).not.toHaveProperty('cache-control');
  });

  test('system metadata may go another way than user metadata', async () => {
    const header = (name: string, value: string) => name === 'content-language' ? undefined : `${name} ${value}`;
    const { headers } = await view({ content: CONTENT, headers: STORED }, { operation, transformation: { ...HALVING, header } });
    expect(headers).toMatchObject({ 'cache-control': 'cache-control egaots-on', 'content-type': 'content-type vsc/txet', 'x-amz-meta-content-type': 'abc' });
    expect(headers).not.toHaveProperty('content-language');
  });

  test('a date of expiry that is none is left out', async () => {
    expect((await view({ content: CONTENT, headers: { expires: 'jo@example.com' } }, { operation })).headers).not.toHaveProperty('expires');
  });

  test('the caller sets headers', async () => {
    const query = {
      'response-cache-control': 'no-store',
      'response-content-disposition': 'attachment; filename="a.csv"',
      'response-content-encoding': 'identity',
      'response-content-language': 'fr',
      'response-content-type': 'application/x',
      'response-expires': 'never',
      'response-x-amz-meta-a': 'no',
    };
    const open = jest.fn(HALVING.open);
    const { headers } = await view({ content: CONTENT, headers: STORED }, { operation, query, transformation: { ...HALVING, open } });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="a.csv"',
      'content-encoding': 'identity',
      'content-language': 'fr',
      'content-type': 'application/x',
      'expires': 'never',
      'x-amz-meta-a': 'abc',
    });
    // The object is judged by its own.
    expect(open.mock.calls[0][0]).toMatchObject({ contentType: 'vsc/txet', contentEncoding: 'gzip' });
  });

  test.each(['a\r\nset-cookie: b', 'a\0', 'ключ'])('the caller cannot set %j', async value => {
    expect(await view({ content: CONTENT }, { operation, query: { 'response-content-disposition': value } })).toMatchObject({ status: 400 });
  });

  test.each(['content-type', 'content-encoding', 'Content-Type'])('a source that lets S3 answer response-%s hides that of the object', async name => {
    const source = Object.assign(new MemorySource({ content: CONTENT }), { leavesOverridesOut: false });
    expect(await view(source, { operation, query: { [`response-${name}`]: 'text/plain' } })).toMatchObject({ status: 501 });
    expect(await view(source, { operation, query: { 'response-expires': 'never' } })).toMatchObject({ status: 200 });
  });

  test('an object without bytes is not transformed', async () => {
    const open = () => {
      throw new Error('nothing to open');
    };
    const answer = await view({ content: Buffer.alloc(0), headers: STORED }, { operation, key: 'folder/', transformation: { ...HALVING, open } });
    expect(answer).toMatchObject({ status: 200, body: { length: 0 }, headers: { ...SHOWN, 'content-length': '0' } });
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });
});

test('an object without a type has the one that S3 gives', async () => {
  const { headers } = await view(Object.assign(new MemorySource({ content: CONTENT }), {
    get: async () => ({ ...await new MemorySource({ content: CONTENT }).get(), headers: { 'content-length': '20' } }),
  }));
  expect(headers).toEqual({ 'content-type': 'binary/octet-stream', 'content-length': '10', 'accept-ranges': 'bytes' });
});
