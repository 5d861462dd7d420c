import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { apply } from './applier/applier';
import { Archive } from './archive';
import { DifferenceId, table } from './differences';
import { synthesize } from './synthesize';
import { Retention, SecureBucket } from '../src';

/** By difference, what the applier left out or wrote in another way. */
function byDifference(deviations: string[]): Partial<Record<DifferenceId, string[]>> {
  const result: Partial<Record<string, string[]>> = {};
  for (const deviation of deviations) {
    const [path, difference] = deviation.split(': ');
    (result[difference] ??= []).push(path.replace(/^AWS::\w+::/, '').replace(/\(.*?\)/g, ''));
  }
  return result;
}

/** What holds for every bucket of the library. */
const BUCKET = {
  'bucket-encryption': ['Bucket.BucketEncryption'],
  'ownership-controls': ['Bucket.OwnershipControls'],
  'block-public-acls': ['Bucket.PublicAccessBlockConfiguration.BlockPublicAcls'],
  'block-public-policy': ['Bucket.PublicAccessBlockConfiguration.BlockPublicPolicy'],
};

describe('what the applier leaves out or rewrites', () => {
  test('of a SecureBucket', async () => {
    const { deviations } = await apply(synthesize(stack => new SecureBucket(stack, 'Data', { bucketName: 'applier-data' })));
    expect(byDifference(deviations)).toEqual({
      ...BUCKET,
      'absent-keys': ['TlsOnly', 'MinimumTlsVersion', 'PresignedUrls', 'NoSignatureVersion2', 'NoCustomerProvidedKeys'].map(sid => `BucketPolicy.${sid}`),
      'unknown-actions': ['BucketPolicy.EncryptionAlgorithm.Action'],
      'null-operator': ['BucketPolicy.EncryptionAlgorithm.Null'],
      'negated-operators': ['BucketPolicy.EncryptionAlgorithm.StringNotEquals'],
    });
  });

  test('of a ComplianceArchive', async () => {
    const { deviations } = await Archive.deploy('applier-ledger', { retention: Retention.governance(Duration.days(2)) });
    expect(byDifference(deviations)).toEqual({
      ...BUCKET,
      'key-service': ['Key.KeyPolicy', 'Key.EnableKeyRotation', 'Key.Description'],
      'absent-keys': [
        'TlsOnly', 'MinimumTlsVersion', 'PresignedUrls', 'NoSignatureVersion2', 'NoCustomerProvidedKeys',
        'RetentionMode', 'NoEventHold', 'NoEventHoldDuration', 'RetentionMinimum', 'RetentionMaximum', 'RetentionOnWrite', 'LegalHoldOnWrite',
      ].map(sid => `BucketPolicy.${sid}`),
      'principal-arn': ['RetentionConfined', 'GovernanceBypass', 'LegalHold', 'Deletion', 'Settings'].map(sid => `BucketPolicy.${sid}.ArnNotLike`),
      'unknown-actions': [
        'BucketPolicy.EncryptionAlgorithm.Action', 'BucketPolicy.EncryptionKey.Action', 'BucketPolicy.Deletion.Action', 'BucketPolicy.Settings.Action',
        // The rights for the key, of custodian, writer and reader.
        'Policy.1', 'Policy.1', 'Policy.1',
      ],
      'null-operator': ['BucketPolicy.EncryptionAlgorithm.Null', 'BucketPolicy.EncryptionKey.Null'],
      'negated-operators': ['BucketPolicy.EncryptionAlgorithm.StringNotEquals', 'BucketPolicy.EncryptionKey.StringNotEquals'],
    });
  });
});

describe('the applier fails', () => {
  const bucketWith = (name: string, props: Omit<s3.CfnBucketProps, 'bucketName'>) =>
    apply(synthesize(stack => new s3.CfnBucket(stack, 'Data', { bucketName: `applier-${name}`, ...props })));
  const policyWith = (name: string, statement: iam.PolicyStatementProps) => apply(synthesize(stack => {
    const bucket = new s3.Bucket(stack, 'Data', { bucketName: `applier-${name}` });
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')], ...statement,
    }));
  }));

  test('on a resource that it does not know', async () => {
    await expect(apply(synthesize(stack => new sns.Topic(stack, 'Topic')))).rejects.toThrow(/does not know AWS::SNS::Topic/);
  });

  test('on a property that it neither applies nor lists', async () => {
    await expect(bucketWith('acceleration', { accelerateConfiguration: { accelerationStatus: 'Enabled' } }))
      .rejects.toThrow(/neither applied nor listed as a difference of the server: AccelerateConfiguration/);
  });

  test('on such a property within another', async () => {
    await expect(bucketWith('tags', { lifecycleConfiguration: { rules: [{ status: 'Enabled', expirationInDays: 1, tagFilters: [{ key: 'a', value: 'b' }] }] } }))
      .rejects.toThrow(/LifecycleConfiguration\.Rules\.0: neither applied .*: TagFilters/);
  });

  test('on a condition key that it neither knows as filled nor lists', async () => {
    await expect(policyWith('key', { conditions: { StringEquals: { 's3:x-amz-storage-class': 'GLACIER' } } })).rejects.toThrow(/condition key s3:x-amz-storage-class/);
  });

  test('on an action that the server does not know and nobody listed', async () => {
    await expect(policyWith('action', { actions: ['s3:TeleportObject'] })).rejects.toThrow(expect.objectContaining({ name: 'InvalidArgument' }));
  });

  test('on a setting that the server refuses', async () => {
    await expect(bucketWith('years', {
      objectLockEnabled: true,
      objectLockConfiguration: { objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode: 'COMPLIANCE', days: 1, years: 1 } } },
    })).rejects.toThrow(expect.objectContaining({ name: 'MalformedXML' }));
  });

  test('on more keys than the server has', async () => {
    await expect(apply(synthesize(stack => ['one', 'two', 'three'].forEach(name => Archive.build(stack, `applier-${name}`, { retention: Retention.compliance(Duration.days(1)) })))))
      .rejects.toThrow(/the server has 2 keys, and the template 3/);
  });
});

test('docs/LIVE.md has the table of differences', () => {
  expect(readFileSync(join(__dirname, '../docs/LIVE.md'), 'utf8')).toContain(table());
});
