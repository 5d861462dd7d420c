import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Duration } from 'aws-cdk-lib';
import { Archive, hold } from './archive';
import { eventually, fromNow } from './requests';
import { Retention } from '../src';

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.deploy('lifecycle-ledger', {
    retention: Retention.compliance(Duration.days(2)), maximumRetention: Duration.days(2), expiration: Duration.days(3),
  });
});

/** How many versions and delete markers there are of a key. */
async function stored(Prefix: string): Promise<{ versions: number; markers: number }> {
  const { Versions = [], DeleteMarkers = [] } = await archive.as.reader.send(new ListObjectVersionsCommand({ Bucket: archive.bucket, Prefix }));
  return { versions: Versions.length, markers: DeleteMarkers.length };
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle: rules go on
// working, and put delete markers, but delete no locked version. The days of the rules are seconds here, those of the locks are days.
test('lifecycle rules delete what is no longer locked, with its delete marker, and nothing else', async () => {
  const putForSeconds = (key: string) =>
    archive.put(key, { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: fromNow(4_000) }, archive.as.custodian);
  await archive.put('locked');
  const held = await putForSeconds('held');
  await hold(archive.as.holder, held, 'ON');
  await putForSeconds('free');

  expect(await stored('free')).toEqual({ versions: 1, markers: 0 });
  expect(await eventually(() => stored('free'), ({ versions, markers }) => versions + markers === 0)).toEqual({ versions: 0, markers: 0 });
  expect(await stored('locked')).toEqual({ versions: 1, markers: 1 });
  expect(await stored('held')).toEqual({ versions: 1, markers: 1 });

  await hold(archive.as.holder, held, 'OFF');
  expect(await eventually(() => stored('held'), ({ versions, markers }) => versions + markers === 0)).toEqual({ versions: 0, markers: 0 });
  expect(await stored('locked')).toEqual({ versions: 1, markers: 1 });
});
