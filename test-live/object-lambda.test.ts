import { randomUUID } from 'crypto';
import { GetObjectCommand, HeadObjectCommand, ListObjectsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { apply } from './applier/applier';
import { assume, owner } from './server';
import { role, synthesize } from './synthesize';
import { SecureBucket } from '../src';
import { Redaction } from '../src/redaction/redaction';
import { FunctionProcess } from '../test/object-lambda/run-time/function-process';
import { ResponseEndpoint } from '../test/object-lambda/run-time/response-endpoint';

const BUCKET = 'view-source';
const KEY = 'orders/of jane@example.com/ä+1.csv';
const STORED = 'id,email\n1,jane@example.com\n2,joe@example.com\n';
const SHOWN = 'id,email\n1,[EMAIL]\n2,[EMAIL]\n';
const object = { Bucket: BUCKET, Key: KEY };

let endpoint: ResponseEndpoint;
let view: FunctionProcess;
let etag: string;

beforeAll(async () => {
  await apply(synthesize(stack => {
    const bucket = new SecureBucket(stack, 'Source', { bucketName: BUCKET });
    bucket.grants.read(role(stack, 'view-reader'));
    role(stack, 'view-nobody');
  }));
  const { ETag } = await owner.send(new PutObjectCommand({ ...object, Body: STORED, ContentType: 'text/csv', Metadata: { email: 'jane@example.com' } }));
  etag = ETag!;
  endpoint = await ResponseEndpoint.start();
  view = await FunctionProcess.start('redacting-object-lambda', {
    files: { 'rules.json': Redaction.of().toJsonString() }, environment: { AWS_ENDPOINT_URL_S3: endpoint.origin, REDACT_KEYS: 'true' },
  });
});

afterAll(async () => {
  await Promise.all([view?.stop(), endpoint?.stop()]);
});

type Context = 'getObjectContext' | 'headObjectContext' | 'listObjectsContext' | 'listObjectsV2Context';

interface Result {
  readonly [name: string]: unknown;
  readonly headers: Record<string, unknown>;
}

async function invoke(context: Context, inputS3Url: string, headers: Record<string, string> = {}): Promise<Result> {
  const { result, failure } = await view.invoke({
    xAmzRequestId: randomUUID(),
    [context]: { inputS3Url, outputRoute: 'route', outputToken: randomUUID() },
    configuration: { accessPointArn: '', supportingAccessPointArn: '', payload: '' },
    userRequest: { url: 'https://view-111122223333.s3-object-lambda.eu-west-1.amazonaws.com/', headers },
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/view-reader/live' },
    protocolVersion: '1.00',
  });
  expect(failure).toBeUndefined();
  return result as Result;
}

async function get(inputS3Url: string, headers?: Record<string, string>) {
  await invoke('getObjectContext', inputS3Url, headers);
  const [call] = await endpoint.take();
  const { 'x-amz-fwd-status': status, 'x-amz-fwd-error-code': code, 'x-amz-fwd-header-etag': viewEtag, ...rest } = call.headers;
  return { status: Number(status), code, etag: String(viewEtag), body: call.body.toString(), isWhole: call.isWhole, headers: rest };
}

const presigned = async (of = object, as = owner) => getSignedUrl(as, new GetObjectCommand(of), { expiresIn: 61 });

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html
describe('the redacting function on presigned URLs of a real server', () => {
  test('GET', async () => {
    const answer = await get(await presigned());

    expect(answer).toMatchObject({ status: 200, body: SHOWN, isWhole: true });
    expect(answer.headers).toMatchObject({ 'x-amz-meta-email': '[EMAIL]', 'x-amz-fwd-header-content-type': 'text/csv' });
    expect(JSON.stringify(answer)).not.toContain(etag.replace(/"/g, ''));
  });

  test('GET of a range, and on conditions', async () => {
    const { etag: viewEtag } = await get(await presigned());

    expect(await get(await presigned(), { Range: 'bytes=9-17' })).toMatchObject({
      status: 206, body: SHOWN.slice(9, 18), headers: { 'x-amz-fwd-header-content-range': `bytes 9-17/${SHOWN.length}` },
    });
    expect(await get(await presigned(), { 'If-None-Match': viewEtag })).toMatchObject({ status: 304, body: '' });
    expect(await get(await presigned(), { 'If-Match': etag })).toMatchObject({ status: 412, body: '' });
  });

  test('GET of an object that is too large to be held', async () => {
    const large = { Bucket: BUCKET, Key: 'large.csv' };
    const rows = 150_000;
    await owner.send(new PutObjectCommand({ ...large, Body: `id,email\n${'1,jane@example.com\n'.repeat(rows)}`, ContentType: 'text/csv' }));
    const whole = `id,email\n${'1,[EMAIL]\n'.repeat(rows)}`;

    expect((await get(await presigned(large))).body === whole).toBe(true);
    // Twice, with the ETag that the server gave.
    expect((await get(await presigned(large), { range: 'bytes=5-' })).body === whole.slice(5)).toBe(true);
  });

  test('GET of what is not there, or not for the caller', async () => {
    expect(await get(await presigned({ ...object, Key: 'missing' }))).toMatchObject({ status: 404, code: 'NoSuchKey', body: '' });
    expect(await get(await presigned(object, await assume('view-nobody')))).toMatchObject({ status: 403, code: 'AccessDenied', body: '' });
    expect(await get(await presigned(object, await assume('view-reader')))).toMatchObject({ status: 200, body: SHOWN });
    expect(await get(`${await presigned()}0`)).toMatchObject({ status: 403, body: '' });
  });

  test('HEAD', async () => {
    const { statusCode, headers } = await invoke('headObjectContext', await getSignedUrl(owner, new HeadObjectCommand(object), { expiresIn: 61 }));

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'Content-Type': 'text/csv', 'x-amz-meta-email': '[EMAIL]', 'ETag': (await get(await presigned())).etag });
    expect(headers).not.toHaveProperty('Content-Length');
    const missing = await getSignedUrl(owner, new HeadObjectCommand({ ...object, Key: 'missing' }), { expiresIn: 61 });
    expect(await invoke('headObjectContext', missing)).toMatchObject({ statusCode: 404 });
  });

  test.each([
    ['listObjectsContext', new ListObjectsCommand({ Bucket: BUCKET, Prefix: 'orders/' })],
    ['listObjectsV2Context', new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'orders/', EncodingType: 'url' })],
  ] as const)('LIST: %s', async (context, command) => {
    const { statusCode, listResultXml } = await invoke(context, await getSignedUrl(owner, command, { expiresIn: 61 }));

    expect(statusCode).toBe(200);
    expect(String(listResultXml)).toMatch(/<Key>orders\/of(\+|%20| )(\[|%5B)EMAIL(\]|%5D)\//);
    expect(String(listResultXml)).not.toMatch(/<ETag>|<Size>|jane/);
  });
});
