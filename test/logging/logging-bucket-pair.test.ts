import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Encryption } from '../../src/bucket/encryption';
import { MfaDelete } from '../../src/bucket/mfa-delete';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { TlsVersion } from '../../src/bucket/tls-version';
import { AccessLogAnalytics } from '../../src/logging/access-log-analytics';
import { AccessLogBucket } from '../../src/logging/access-log-bucket';
import { LoggingBucketPair, LoggingBucketPairProps } from '../../src/logging/logging-bucket-pair';
import { newStack, statement, synthOf, templateOf } from '../checks/synth';

function build(props?: LoggingBucketPairProps) {
  const pair = new LoggingBucketPair(newStack(), 'Pair', props);
  const template = templateOf(pair.bucket.stack);
  const resource = (bucket: s3.Bucket) => template.toJSON().Resources[logicalIdOf(bucket)];
  return { pair, template, data: resource(pair.bucket), logs: resource(pair.logs), dataId: logicalIdOf(pair.bucket), logsId: logicalIdOf(pair.logs) };
}

function logicalIdOf(bucket: s3.Bucket): string {
  return bucket.stack.resolve((bucket.node.defaultChild as s3.CfnBucket).logicalId);
}

test('a pair is a SecureBucket whose access logs go to an AccessLogBucket, and nothing else', () => {
  const { pair, template, data, logs, dataId, logsId } = build();
  expect(pair.bucket).toBeInstanceOf(SecureBucket);
  expect(pair.logs).toBeInstanceOf(AccessLogBucket);
  expect(pair.analytics).toBeUndefined();
  expect(Object.values(template.toJSON().Resources as Record<string, any>).map(({ Type }) => Type).sort())
    .toEqual(['AWS::S3::Bucket', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::S3::BucketPolicy']);
  expect(data.Properties.LoggingConfiguration).toEqual({
    DestinationBucketName: { Ref: logsId }, TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
  });
  expect(logs.Properties.LoggingConfiguration).toBeUndefined();
  expect(statement(template, 'LogDelivery1', logsId).Condition.ArnLike).toEqual({ 'aws:SourceArn': [{ 'Fn::GetAtt': [dataId, 'Arn'] }] });
});

test('removal policy, autoDeleteObjects and minimum TLS version go for both buckets', () => {
  const { template, dataId, logsId } = build({
    removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true, minimumTlsVersion: TlsVersion.TLS_1_3,
  });
  template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  template.allResources('AWS::S3::BucketPolicy', { DeletionPolicy: 'Delete' });
  template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
  for (const id of [dataId, logsId]) {
    expect(statement(template, 'MinimumTlsVersion', id).Condition).toEqual({ NumericLessThan: { 's3:TlsVersion': '1.3' } });
  }
});

test('all other options are those of the SecureBucket', () => {
  const { template, data, logs, dataId, logsId } = build({
    bucketName: 'example-data',
    encryption: Encryption.kms(),
    organizationId: 'o-exampleorg1',
    accessLogsPrefix: 'data/',
    lifecycleRules: [{ id: 'Old', noncurrentVersionExpiration: Duration.days(30) }],
  });
  expect(data.Properties).toMatchObject({ BucketName: 'example-data', LoggingConfiguration: { LogFilePrefix: 'data/' } });
  expect(data.Properties.LifecycleConfiguration.Rules.map(({ Id }: any) => Id)).toEqual(['Old', 'AbortStaleUploads']);
  expect(logs.Properties.BucketName).toBeUndefined();
  expect(logs.Properties.LifecycleConfiguration.Rules.map(({ Id }: any) => Id)).toEqual(['ExpireLogs', 'AbortStaleUploads']);
  expect(logs.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
  expect(statement(template, 'OrganizationOnly', dataId)).toBeDefined();
  expect(statement(template, 'OrganizationOnly', logsId)).toBeUndefined();
});

test.each<[Duration | undefined, number]>([[undefined, 365], [Duration.days(30), 30]])('logs are kept for %s', (logRetention, days) => {
  const { pair, logs } = build({ logRetention });
  expect(logs.Properties.LifecycleConfiguration.Rules[0].ExpirationInDays).toBe(days);
  expect(pair.logs.logRetention.toDays()).toBe(days);
});

test('MFA for deletes excludes lifecycle rules of the data, not those of the logs', () => {
  const { data, logs } = build({ mfaDelete: MfaDelete.required({ maxAge: Duration.hours(1) }) });
  expect(data.Properties.LifecycleConfiguration).toBeUndefined();
  expect(logs.Properties.LifecycleConfiguration.Rules).toHaveLength(2);
});

test('analytics reads the logs under the prefix of the pair', () => {
  const { pair } = build({ analytics: true, accessLogsPrefix: 'data/' });
  expect(pair.analytics).toBeInstanceOf(AccessLogAnalytics);
  templateOf(pair.bucket.stack).resourceCountIs('AWS::Athena::WorkGroup', 1);
});

test.each([undefined, false])('analytics: %p makes none', analytics => {
  const { pair, template } = build({ analytics });
  expect(pair.analytics).toBeUndefined();
  template.resourceCountIs('AWS::Athena::WorkGroup', 0);
});

test('a log bucket of its own is refused, since the pair makes one', () => {
  const stack = newStack();
  expect(() => new LoggingBucketPair(stack, 'Pair', { accessLogs: new AccessLogBucket(stack, 'Logs') })).toThrow(
    '[Stack/Pair] accessLogs is [Stack/Logs], but the pair makes a log bucket of its own: '
    + 'leave accessLogs out, or use a SecureBucket with accessLogs instead of the pair');
});

test('errors name the bucket of the pair that they are about', () => {
  expect(() => build({ logRetention: Duration.hours(1) })).toThrow('[Stack/Pair/Logs] logRetention is 1 hour');
  expect(() => build({ organizationId: 'x' })).toThrow("[Stack/Pair/Bucket] organizationId is 'x'");
});

test.each([false, true])('both buckets are checked at synth (analytics: %p)', analytics => {
  const stack = newStack();
  const pair = new LoggingBucketPair(stack, 'Pair', { analytics });
  expect(synthOf(stack).violations).toEqual([]);
  for (const bucket of [pair.bucket, pair.logs]) {
    (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicAcls', false);
  }
  expect(synthOf(stack).violations.map(({ ruleName, description }) => `${description.split(']')[0]}] ${ruleName}`).sort())
    .toEqual(['[Stack/Pair/Bucket] public-access-blocked', '[Stack/Pair/Logs] public-access-blocked']);
});
