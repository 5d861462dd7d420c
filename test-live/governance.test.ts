import { Duration } from 'aws-cdk-lib';
import { Archive, deletion, hold, retention } from './archive';
import { DAY, DENIED, fromNow, LOCKED, outcome } from './requests';
import { owner } from './server';
import { Retention } from '../src';

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.deploy('governance-ledger', { retention: Retention.governance(Duration.days(2)) });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass: to bypass needs the
// right s3:BypassGovernanceRetention and the header x-amz-bypass-governance-retention.
describe('a version in governance mode', () => {
  test('says so', async () => {
    expect((await archive.lockOf(await archive.put('entry'))).mode).toBe('GOVERNANCE');
  });

  test('is deleted by who may bypass, with the header', async () => {
    const version = await archive.put('entry');
    expect(await outcome(deletion(archive.as.bypasser, version))).toBe(LOCKED);
    expect(await outcome(deletion(archive.as.bypasser, version, 'bypass'))).toBe('done');
    expect(await outcome(archive.lockOf(version))).toMatch(/^404/);
  });

  test('is not deleted by the administrator, who may delete what is not locked', async () => {
    const version = await archive.put('entry');
    expect(await outcome(deletion(archive.as.administrator, version))).toBe(LOCKED);
    expect(await outcome(deletion(archive.as.administrator, version, 'bypass'))).toBe(LOCKED);
  });

  test.each(['writer', 'reader', 'holder', 'extender', 'nobody'] as const)('is not deleted by the %s', async name => {
    expect(await outcome(deletion(archive.as[name], await archive.put('entry'), 'bypass'))).toBe(DENIED);
  });

  test('is not deleted by the owner of the bucket', async () => {
    expect(await outcome(deletion(owner, await archive.put('entry'), 'bypass'))).toBe(DENIED);
  });

  test('is not deleted under a legal hold, which nobody bypasses', async () => {
    const version = await archive.put('entry');
    await hold(archive.as.holder, version, 'ON');
    expect(await outcome(deletion(archive.as.bypasser, version, 'bypass'))).toBe(LOCKED);
    await hold(archive.as.holder, version, 'OFF');
    expect(await outcome(deletion(archive.as.bypasser, version, 'bypass'))).toBe('done');
  });
});

describe('a retention in governance mode', () => {
  test('is shortened by who may bypass, with the header', async () => {
    const version = await archive.put('entry');
    const until = fromNow(DAY);
    expect(await outcome(retention(archive.as.bypasser, version, 'GOVERNANCE', until))).toMatch(/^403 AccessDenied/);
    expect(await outcome(retention(archive.as.bypasser, version, 'GOVERNANCE', until, 'bypass'))).toBe('done');
    expect((await archive.lockOf(version)).until!.getTime()).toBeLessThan(fromNow(1.5 * DAY).getTime());
  });

  test('is extended, but not shortened, by who may extend it', async () => {
    const version = await archive.put('entry');
    expect(await outcome(retention(archive.as.extender, version, 'GOVERNANCE', fromNow(DAY), 'bypass'))).toMatch(/^403 AccessDenied/);
    expect(await outcome(retention(archive.as.extender, version, 'GOVERNANCE', fromNow(3 * DAY)))).toBe('done');
    expect((await archive.lockOf(version)).until!.getTime()).toBeGreaterThan(fromNow(2.5 * DAY).getTime());
  });

  test.each(['administrator', 'writer', 'reader', 'holder', 'nobody'] as const)('is changed by the %s in no way', async name => {
    const version = await archive.put('entry');
    expect(await outcome(retention(archive.as[name], version, 'GOVERNANCE', fromNow(3 * DAY)))).toBe(DENIED);
    expect(await outcome(retention(archive.as[name], version, 'GOVERNANCE', fromNow(DAY), 'bypass'))).toBe(DENIED);
  });
});
