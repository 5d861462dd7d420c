import { Readable } from 'stream';
import { S3Client, WriteGetObjectResponseCommand, WriteGetObjectResponseCommandInput } from '@aws-sdk/client-s3';
import { ResponseEndpoint, Written } from './response-endpoint';
import { CREDENTIALS, REGION } from './signatures';
import { writeGetObjectResponse } from '../../../src/transform/aws/get-object-response';
import { ViewResponse } from '../../../src/transform/view';
import { ViewError } from '../../../src/transform/view-error';

const DATE = 'Wed, 12 Oct 2022 17:50:00 GMT';
const ROUTE = 'io-euw1-001';
const TOKENS = ['token/+=1', 'token/+=2'];
/** Headers that say who sends, and when. */
const OF_THE_SENDER = ['host', 'connection', 'user-agent', 'x-amz-user-agent', 'amz-sdk-invocation-id', 'amz-sdk-request', 'x-amz-date', 'authorization', 'expect'];

let endpoint: ResponseEndpoint;
const environment = { ...process.env };

beforeAll(async () => {
  endpoint = await ResponseEndpoint.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: endpoint.origin,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  });
});

afterAll(async () => {
  await endpoint.stop();
  process.env = environment;
});

const rows: [what: string, view: () => ViewResponse, sdk: () => Partial<WriteGetObjectResponseCommandInput>][] = [
  ['all headers of an object', () => ({
    status: 200,
    headers: {
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-disposition': 'attachment',
      'content-encoding': 'gzip',
      'content-language': 'de',
      'content-length': '5',
      'content-type': 'text/csv',
      'etag': '"e"',
      'expires': DATE,
      'last-modified': DATE,
      'x-amz-delete-marker': 'false',
      'x-amz-expiration': 'expiry-date="Fri, 21 Dec 2012 00:00:00 GMT", rule-id="r"',
      'x-amz-meta-a': 'b',
      'x-amz-missing-meta': '1',
      'x-amz-mp-parts-count': '2',
      'x-amz-object-lock-legal-hold': 'ON',
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': '2030-01-01T00:00:00Z',
      'x-amz-replication-status': 'COMPLETED',
      'x-amz-request-charged': 'requester',
      'x-amz-restore': 'ongoing-request="false"',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:111122223333:key/k',
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-server-side-encryption-customer-key-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-tagging-count': '3',
      'x-amz-version-id': 'v1',
    },
    body: Buffer.from('hello'),
  }), () => ({
    StatusCode: 200,
    AcceptRanges: 'bytes',
    CacheControl: 'no-store',
    ContentDisposition: 'attachment',
    ContentEncoding: 'gzip',
    ContentLanguage: 'de',
    ContentLength: 5,
    ContentType: 'text/csv',
    ETag: '"e"',
    Expires: new Date(DATE),
    LastModified: new Date(DATE),
    DeleteMarker: false,
    Expiration: 'expiry-date="Fri, 21 Dec 2012 00:00:00 GMT", rule-id="r"',
    Metadata: { a: 'b' },
    MissingMeta: 1,
    PartsCount: 2,
    ObjectLockLegalHoldStatus: 'ON',
    ObjectLockMode: 'COMPLIANCE',
    ObjectLockRetainUntilDate: new Date('2030-01-01T00:00:00Z'),
    ReplicationStatus: 'COMPLETED' as 'COMPLETE',
    RequestCharged: 'requester',
    Restore: 'ongoing-request="false"',
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
    BucketKeyEnabled: true,
    SSECustomerAlgorithm: 'AES256',
    SSECustomerKeyMD5: 'XUFAKrxLKna5cZ2REBfFkg==',
    StorageClass: 'STANDARD_IA',
    TagCount: 3,
    VersionId: 'v1',
    Body: Buffer.from('hello'),
  })],
  ['a stream of unknown length', () => ({ status: 200, headers: {}, body: Readable.from(['one', 'two']) }), () => ({ StatusCode: 200, Body: Readable.from(['one', 'two']) })],
  ['a slice', () => ({ status: 206, headers: { 'content-range': 'bytes 0-4/9', 'content-length': '5' }, body: Readable.from(['hello']) }),
    () => ({ StatusCode: 206, ContentRange: 'bytes 0-4/9', ContentLength: 5, Body: Readable.from(['hello']) })],
  ['an error', () => {
    const error = new ViewError(404, 'NoSuchKey', 'The specified key does not exist.');
    return { status: 404, headers: { 'content-type': 'application/xml', 'content-length': '99' }, body: Buffer.from('<Error/>'), error };
  }, () => ({ StatusCode: 404, ErrorCode: 'NoSuchKey', ErrorMessage: 'The specified key does not exist.' })],
];

test.each(rows)('%s goes out as the SDK sends it', async (what, view, sdk) => {
  const [token, another] = TOKENS.map(text => text + what);
  await writeGetObjectResponse({ outputRoute: ROUTE, outputToken: token }, view(), new AbortController().signal);
  const [ours] = await endpoint.take();
  const client = new S3Client({ region: REGION, endpoint: endpoint.origin, credentials: CREDENTIALS, disableHostPrefix: true });
  await client.send(new WriteGetObjectResponseCommand({ RequestRoute: ROUTE, RequestToken: another, ...sdk() }));
  const [theirs] = await endpoint.take();
  client.destroy();

  expect(comparable(ours)).toEqual(comparable(theirs));
  expect(scopeOf(ours)).toBe(scopeOf(theirs));
  expect(scopeOf(ours)).toBe(`${REGION}/s3-object-lambda/aws4_request`);
});

test('headers that are not ASCII are signed as they are sent', async () => {
  const headers = { 'content-disposition': 'attachment; filename="ä 語.csv"', 'x-amz-meta-a': 'b\r\nx-amz-meta-c: d' };
  await writeGetObjectResponse({ outputRoute: ROUTE, outputToken: 'unicode' }, { status: 200, headers, body: Buffer.from('a') }, new AbortController().signal);
  const [{ headers: { 'x-amz-fwd-header-content-disposition': sent = '', 'x-amz-meta-a': broken, 'x-amz-meta-c': injected } }] = await endpoint.take();

  expect(Buffer.from(String(sent), 'latin1').toString()).toBe(headers['content-disposition']);
  expect([broken, injected]).toEqual([undefined, undefined]);
});

function comparable({ method, url, headers, body, isWhole }: Written) {
  const compared = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_SENDER.includes(name)));
  return { method, path: url.split('?')[0], headers: { ...compared, 'x-amz-request-token': 'any' }, body: body.toString(), isWhole };
}

function scopeOf({ headers }: Written): string | undefined {
  return /Credential=[^/]+\/\d+\/(.*?),/.exec(headers.authorization!)?.[1];
}
