import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { apply } from './applier/applier';
import { fromNow, until } from './requests';
import { assume, owner, server } from './server';
import { role, synthesize } from './synthesize';
import { SecureBucket } from '../src';

const BUCKET = 'presigned-reports';
const KEY = 'report 1/ä.txt';
const object = { Bucket: BUCKET, Key: KEY };

beforeAll(async () => {
  await apply(synthesize(stack => {
    const bucket = new SecureBucket(stack, 'Reports', { bucketName: BUCKET });
    bucket.grants.read(role(stack, 'report-reader'));
    role(stack, 'report-nobody');
  }));
  await owner.send(new PutObjectCommand({ ...object, Body: 'the report' }));
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
test('a presigned URL gives the object to whoever has it, until it expires', async () => {
  const dies = fromNow(3_000);
  const url = await getSignedUrl(owner, new GetObjectCommand(object), { expiresIn: 2 });
  const alive = await fetch(url);
  expect(alive.status).toBe(200);
  expect(await alive.text()).toBe('the report');

  await until(dies);
  const dead = await fetch(url);
  expect(dead.status).toBe(403);
  expect(await dead.text()).not.toContain('the report');
});

test('an upload with a presigned URL, until it expires', async () => {
  const dies = fromNow(3_000);
  const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'inbox/1' });
  const url = await getSignedUrl(owner, put, { expiresIn: 2 });
  expect((await fetch(url, { method: 'PUT', body: 'sent' })).status).toBe(200);

  await until(dies);
  expect((await fetch(url, { method: 'PUT', body: 'too late' })).status).toBe(403);
  const kept = await owner.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'inbox/1' }));
  expect(await kept.Body?.transformToString()).toBe('sent');
});

describe('a presigned URL is good for nothing else', () => {
  test.each([
    ['another key', (url: URL) => { url.pathname = `/${BUCKET}/inbox/2`; }],
    ['a longer life', (url: URL) => url.searchParams.set('X-Amz-Expires', '600')],
    ['another time of signing', (url: URL) => url.searchParams.set('X-Amz-Date', '20200101T000000Z')],
    ['another query', (url: URL) => url.searchParams.set('versionId', 'null')],
    ['no signature', (url: URL) => url.searchParams.delete('X-Amz-Signature')],
  ])('%s', async (_what, change) => {
    const url = new URL(await getSignedUrl(owner, new GetObjectCommand(object), { expiresIn: 60 }));
    change(url);
    expect((await fetch(url)).ok).toBe(false);
  });

  test('another method', async () => {
    const url = await getSignedUrl(owner, new GetObjectCommand(object), { expiresIn: 60 });
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
  });
});

// A presigned URL has the rights of whoever signed it.
test('of a role that may read, and of one that may not', async () => {
  const signed = async (roleName: string) => fetch(await getSignedUrl(await assume(roleName), new GetObjectCommand(object), { expiresIn: 60 }));
  expect((await signed('report-reader')).status).toBe(200);
  expect((await signed('report-nobody')).status).toBe(403);
});

test('without a signature, nobody reads', async () => {
  expect((await fetch(`${server.endpoint}/${BUCKET}/${encodeURIComponent(KEY)}`)).ok).toBe(false);
});
