import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { apply } from './applier/applier';
import { DENIED, outcome } from './requests';
import { assume, fromOutside, owner, partner, server } from './server';
import { role, synthesize } from './synthesize';
import { Encryption, SecureBucket } from '../src';

const BUCKET = 'policy-data';
/** The template has one key, which becomes the first of the server. */
const [KEY, OTHER_KEY] = server.keyArns;

beforeAll(async () => {
  await apply(synthesize(stack => {
    const bucket = new SecureBucket(stack, 'Data', { bucketName: BUCKET, encryption: Encryption.kms() });
    bucket.grantCrossAccountRead(server.partner.account, 'shared/');
    bucket.grants.read(role(stack, 'data-reader'));
    bucket.grants.write(role(stack, 'data-writer'));
    role(stack, 'data-nobody');
  }));
});

/** Reads an object to its end. */
const get = async (client = owner, Bucket = BUCKET, Key = 'shared/object') =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

const put = (client = owner, input: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'shared/object', Body: 'data', ...input }));

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html: by s3:x-amz-server-side-encryption and
// s3:x-amz-server-side-encryption-aws-kms-key-id a policy refuses other encryption than the bucket's, also to its owner.
describe('the owner writes', () => {
  test('without headers', async () => {
    expect(await outcome(put())).toBe('done');
  });

  test('with the key of the bucket, and the object says so', async () => {
    await put(owner, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY });
    expect(await owner.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'shared/object' })))
      .toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY });
  });

  test.each<[string, Partial<PutObjectCommandInput>]>([
    ['another algorithm', { ServerSideEncryption: 'AES256' }],
    ['another key', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: OTHER_KEY }],
    ['the key of AWS', { ServerSideEncryption: 'aws:kms' }],
  ])('with %s: refused', async (_what, headers) => {
    expect(await outcome(put(owner, headers))).toBe(DENIED);
  });

  test('but the server takes that other key, where no policy refuses it', async () => {
    await owner.send(new CreateBucketCommand({ Bucket: 'policy-free' }));
    expect(await outcome(put(owner, { Bucket: 'policy-free', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: OTHER_KEY }))).toBe('done');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
describe('a role', () => {
  test.each([
    ['data-reader', 'done', DENIED],
    ['data-writer', DENIED, 'done'],
    ['data-nobody', DENIED, DENIED],
  ])('%s: reads: %s, writes: %s', async (roleName, reads, writes) => {
    await put();
    const client = await assume(roleName);
    expect(await outcome(get(client))).toBe(reads);
    expect(await outcome(put(client))).toBe(writes);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
describe('another account', () => {
  test('reads what is shared with it, and nothing else', async () => {
    await put(owner, { Key: 'shared/object' });
    await put(owner, { Key: 'private/object' });
    expect(await outcome(get(partner, fromOutside(BUCKET), 'shared/object'))).toBe('done');
    expect(await outcome(get(partner, fromOutside(BUCKET), 'private/object'))).toBe(DENIED);
  });

  test('lists what is shared with it, and nothing else', async () => {
    const list = (Prefix?: string) => partner.send(new ListObjectsV2Command({ Bucket: fromOutside(BUCKET), Prefix }));
    expect((await list('shared/')).Contents).toMatchObject([{ Key: 'shared/object' }]);
    expect(await outcome(list('private/'))).toBe(DENIED);
    expect(await outcome(list())).toBe(DENIED);
  });

  test('does not write', async () => {
    expect(await outcome(put(partner, { Bucket: fromOutside(BUCKET) }))).toBe(DENIED);
  });
});
