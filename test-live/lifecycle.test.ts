import {
  CreateMultipartUploadCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand, PutObjectCommand,
} from '@aws-sdk/client-s3';
import { Duration } from 'aws-cdk-lib';
import { apply } from './applier/applier';
import { eventually, fromNow, until } from './requests';
import { owner, server } from './server';
import { synthesize } from './synthesize';
import { SecureBucket } from '../src';

const BUCKET = 'lifecycle-scratch';
const put = (Key: string) => owner.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));

beforeAll(async () => {
  await apply(synthesize(stack => new SecureBucket(stack, 'Scratch', {
    bucketName: BUCKET,
    lifecycleRules: [
      { id: 'scratch', prefix: 'tmp/', expiration: Duration.days(1) },
      { id: 'old-versions', prefix: 'reports/', noncurrentVersionExpiration: Duration.days(1) },
    ],
  })));
});

/** The versions and the delete markers under a prefix. */
async function stored(Prefix: string): Promise<{ versions: (string | undefined)[]; markers: (string | undefined)[] }> {
  const { Versions = [], DeleteMarkers = [] } = await owner.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix }));
  return { versions: Versions.map(({ VersionId }) => VersionId), markers: DeleteMarkers.map(({ Key }) => Key) };
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-actions: in a versioned
// bucket, expiration puts a delete marker on the current version, which stays.
test('an expired object gets a delete marker, one under another prefix does not', async () => {
  const { VersionId: kept } = await put('tmp2/draft');
  const { VersionId: expired } = await put('tmp/draft');
  const after = await eventually(() => stored('tmp/'), ({ markers }) => markers.length > 0);
  expect(after).toEqual({ versions: [expired], markers: ['tmp/draft'] });
  expect(await stored('tmp2/')).toEqual({ versions: [kept], markers: [] });
});

// The same page: NoncurrentVersionExpiration deletes versions that long after they were replaced.
test('a version is deleted after it was replaced, the current one stays', async () => {
  await put('reports/2025');
  const { VersionId: current } = await put('reports/2025');
  expect((await stored('reports/')).versions).toHaveLength(2);
  const after = await eventually(() => stored('reports/'), ({ versions }) => versions.length === 1);
  expect(after).toEqual({ versions: [current], markers: [] });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html; SecureBucket aborts after
// seven days.
test('an upload that nobody completes is aborted', async () => {
  const started = Date.now();
  await owner.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: 'video' }));
  const uploads = async () => (await owner.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads?.map(({ Key }) => Key) ?? [];
  await until(fromNow(4 * server.secondsPerDay * 1000));
  expect(await uploads()).toEqual(['video']);
  expect(await eventually(uploads, keys => keys.length === 0)).toEqual([]);
  expect(Date.now() - started).toBeGreaterThan(6 * server.secondsPerDay * 1000);
});
