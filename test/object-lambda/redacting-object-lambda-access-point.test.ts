import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { RedactingObjectLambdaAccessPoint } from '../../src/object-lambda/redacting-object-lambda-access-point';
import { RedactingObjectLambdaAccessPointProps } from '../../src/object-lambda/redacting-object-lambda-access-point-props';
import { UserMetadata } from '../../src/object-lambda/user-metadata';
import { Mask } from '../../src/redaction/mask';
import { PiiType } from '../../src/redaction/pii-type';
import { Redaction } from '../../src/redaction/redaction';
import { arn, propertiesOf, resourcesOf } from '../access-point/templates';
import { newStack, synthOf, templateOf } from '../checks/synth';

function viewIn(
  stack: Stack, props: Partial<RedactingObjectLambdaAccessPointProps> = {}, bucketProps?: SecureBucketProps,
): RedactingObjectLambdaAccessPoint {
  const bucket = new SecureBucket(stack, 'Bucket', bucketProps);
  return new RedactingObjectLambdaAccessPoint(stack, 'View', { bucket, redaction: Redaction.of(), name: 'view', ...props });
}

function rights(stack: Stack): any[] {
  return resourcesOf(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const WRITES = [
  { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('Logs'), 'Arn'] } },
  { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
];
const ANSWERS = { Effect: 'Allow', Action: 's3-object-lambda:WriteGetObjectResponse', Resource: arn('s3-object-lambda:eu-west-1:111122223333:accesspoint/view') };

test('the function writes its answer, its log and its traces, and may do nothing else', () => {
  const stack = newStack();
  viewIn(stack);
  expect(rights(stack)).toEqual([...WRITES, ANSWERS]);
  expect(propertiesOf(stack, 'AWS::IAM::Role').ManagedPolicyArns).toBeUndefined();
});

test('it is as the options say, on the newest runtime and arm64', () => {
  const stack = newStack();
  viewIn(stack, {
    memorySize: 512,
    timeout: Duration.seconds(30),
    reservedConcurrentExecutions: 5,
    logRetention: logs.RetentionDays.ONE_WEEK,
    redactKeys: true,
    showSizes: true,
    userMetadata: UserMetadata.DROPPED,
  });
  expect(propertiesOf(stack, 'AWS::Lambda::Function')).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize: 512,
    Timeout: 30,
    ReservedConcurrentExecutions: 5,
    TracingConfig: { Mode: 'Active' },
    Environment: { Variables: { METADATA: 'drop', REDACT_KEYS: 'true', SHOW_SIZES: 'true' } },
  });
  expect(propertiesOf(stack, 'AWS::Logs::LogGroup')).toMatchObject({ RetentionInDays: 7 });
});

test('all operations, ranges and parts go through it', () => {
  const stack = newStack();
  viewIn(stack);
  templateOf(stack).hasResourceProperties('AWS::S3ObjectLambda::AccessPoint', {
    ObjectLambdaConfiguration: {
      AllowedFeatures: ['GetObject-Range', 'GetObject-PartNumber', 'HeadObject-Range', 'HeadObject-PartNumber'],
      TransformationConfigurations: [Match.objectLike({ Actions: ['GetObject', 'HeadObject', 'ListObjects', 'ListObjectsV2'] })],
    },
  });
});

test('the rules lie beside its code, and two views with other rules have other code', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Bucket');
  const redactions = [Redaction.of({ types: [PiiType.EMAIL] }), Redaction.of({ types: [PiiType.SSN] }), Redaction.of({ types: [PiiType.SSN] })];
  redactions.forEach((redaction, index) => new RedactingObjectLambdaAccessPoint(stack, `View${index}`, { bucket, redaction }));
  const { outdir } = stack.node.root as App;
  const keys: string[] = resourcesOf(stack, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Code.S3Key);
  expect(new Set(keys).size).toBe(2);
  const directory = join(outdir, `asset.${keys[0].replace('.zip', '')}`);
  expect(JSON.parse(readFileSync(join(directory, 'rules.json'), 'utf8'))).toEqual(JSON.parse(redactions[0].toJsonString()));
  expect(existsSync(join(directory, 'index.js'))).toBe(true);
});

describe('the key of Mask.hash', () => {
  test('is read by the function, from the secret that was given', () => {
    const stack = newStack();
    const hashKey = new secretsmanager.Secret(stack, 'HashKey', { encryptionKey: new kms.Key(stack, 'Key') });
    viewIn(stack, { hashKey, redaction: Redaction.of({ types: [PiiType.EMAIL], masks: { EMAIL: Mask.hash() } }) });
    hashKey.encryptionKey!.grantDecrypt(stack.node.findChild('View').node.findChild('Function') as lambda.Function);
    expect(synthOf(stack).rules).toEqual([]);
    expect(propertiesOf(stack, 'AWS::Lambda::Function').Environment.Variables.HASH_KEY_SECRET_ARN).toEqual({ Ref: expect.stringContaining('HashKey') });
    expect(rights(stack)).toEqual([
      ...WRITES,
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: { Ref: expect.stringContaining('HashKey') } },
      ANSWERS,
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } },
    ]);
  });

  test.each<[string, (stack: Stack) => secretsmanager.ISecret]>([
    ['whole ARN', stack => secretsmanager.Secret.fromSecretCompleteArn(stack, 'HashKey', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:hash-key-AbCdEf')],
    ['ARN in part', stack => secretsmanager.Secret.fromSecretPartialArn(stack, 'HashKey', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:hash-key')],
    ['name', stack => secretsmanager.Secret.fromSecretNameV2(stack, 'HashKey', 'hash-key')],
    ['stack', stack => new secretsmanager.Secret(new Stack(stack.node.root as App, 'Other', { env: stack }), 'HashKey')],
  ])('may be known by its %s', (_how, secretOf) => {
    const stack = newStack();
    viewIn(stack, { hashKey: secretOf(stack), redaction: Redaction.of({ mask: Mask.hash() }) });
    expect(synthOf(stack).rules).toEqual([]);
  });

  test('is read where it may be of another account, too, and no other secret', () => {
    const secretIn = (stack: Stack, account: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, `Secret${account}`,
      `arn:aws:secretsmanager:eu-west-1:${account}:secret:hash-key-AbCdEf`);
    for (const [stack, account] of [[newStack({}), '111122223333'], [newStack(), '444455556666']] as const) {
      const hashKey = secretIn(stack, account);
      const { handler } = viewIn(stack, { hashKey, redaction: Redaction.of({ mask: Mask.hash() }) });
      expect(rights(stack)).toContainEqual({
        Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: hashKey.secretArn,
      });
      expect(synthOf(stack).rules).toEqual([]);
      secretIn(stack, '777788889999').grantRead(handler);
      expect(synthOf(stack).rules).toEqual(['object-lambda-function-confined']);
    }
  });

  test('is refused where nothing is hashed, and missed where something is', () => {
    const stack = newStack();
    const hashKey = new secretsmanager.Secret(stack, 'HashKey');
    expect(() => viewIn(stack, { hashKey })).toThrow(/\[Stack\/View\] hashKey is given, and the redaction hashes nothing/);
    expect(() => viewIn(newStack(), { redaction: Redaction.of({ mask: Mask.hash() }) })).toThrow(/\[Stack\/View\] the redaction uses Mask.hash, and there is no key/);
  });
});

describe('HEAD that tells lengths', () => {
  const through = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 's3-object-lambda.amazonaws.com' } };
  const view = arn('s3-object-lambda:eu-west-1:111122223333:accesspoint/view');

  test('takes a function that reads the redacted objects, by a policy of its own', () => {
    const stack = newStack();
    viewIn(stack, { measureOnHead: true, prefixes: ['orders/', 'invoices/'], reservedConcurrentExecutions: 2 }, { encryption: Encryption.kms() });
    expect(rights(stack)).toEqual([
      ...WRITES,
      ANSWERS,
      { Effect: 'Allow', Action: ['s3-object-lambda:GetObject', 's3-object-lambda:GetObjectVersion'], Resource: view },
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, expect.anything()], Condition: through },
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: ['orders/*', 'invoices/*'].map(keys => arn(`s3:eu-west-1:111122223333:accesspoint/view-data/object/${keys}`)),
        Condition: through,
      },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: { 'Fn::GetAtt': [expect.stringContaining('BucketKey'), 'Arn'] },
        Condition: { ...through, StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      },
    ]);
    expect(propertiesOf(stack, 'AWS::Lambda::Function').Environment.Variables.OWN_VIEW_ARN).toEqual(view);
    expect(synthOf(stack).rules).toEqual([]);
  });

  test('is not told otherwise', () => {
    const stack = newStack();
    viewIn(stack, { measureOnHead: false });
    expect(rights(stack)).toEqual([...WRITES, ANSWERS]);
    expect(propertiesOf(stack, 'AWS::Lambda::Function').Environment.Variables).not.toHaveProperty('OWN_VIEW_ARN');
  });

  test('is refused where the key of the bucket is of another account', () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:444455556666:key/1');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Elsewhere', { bucketName: 'example-data', account: '444455556666', encryptionKey });
    expect(() => viewIn(stack, { bucket, measureOnHead: true })).toThrow(/\[Stack\/View\] measureOnHead is true, and the key \[Stack\/Key\] is of account 444455556666/);
  });
});

test('Amazon Comprehend is asked only if the redaction does', () => {
  const stack = newStack();
  viewIn(stack, { redaction: Redaction.of().comprehend({ languageCode: 'en' }) });
  expect(rights(stack)).toEqual([...WRITES, { Effect: 'Allow', Action: 'comprehend:DetectPiiEntities', Resource: '*' }, ANSWERS]);
  expect(synthOf(stack).rules).toEqual([]);
});

test.each<[string, Partial<RedactingObjectLambdaAccessPointProps>, SecureBucketProps | undefined, RegExp]>([
  ['a bucket that its clients encrypt', {}, { encryption: Encryption.clientSide() }, /is encrypted by its clients, so the function would see cipher text only/],
  ['no redaction', { redaction: undefined }, undefined, /redaction is missing: give rules, made by Redaction.of/],
  ['less memory than Lambda gives', { memorySize: 64 }, undefined, /memorySize is 64: give a whole number of MiB from 128 to 10240/],
  ['more time than S3 gives', { timeout: Duration.seconds(61) }, undefined, /timeout is 1 minute 1 second: give 3 to 60 seconds/],
  ['lengths of what Amazon Comprehend judges', { measureOnHead: true, redaction: Redaction.of().comprehend({ languageCode: 'en' }) }, undefined, /may have another length each time/],
  ['lengths by one invocation at once', { measureOnHead: true, reservedConcurrentExecutions: 1 }, undefined, /so that each HEAD would wait for itself: give .* 2 or more/],
  ['part of a second', { timeout: Duration.millis(3500) }, undefined, /timeout is 3.5 seconds: give whole seconds/],
  ['a number for a time', { timeout: 30 as unknown as Duration }, undefined, /^\[Stack\/View\] timeout is 30: give a Duration/],
  ['a text for a number', { reservedConcurrentExecutions: '5' as unknown as number }, undefined, /reservedConcurrentExecutions is "5": give a whole number/],
  ['less than no concurrency', { reservedConcurrentExecutions: -1 }, undefined, /reservedConcurrentExecutions is -1/],
  ['a retention that CloudWatch has not', { logRetention: 4 }, undefined, /logRetention is 4: give a member of RetentionDays/],
  ['the name of a retention', { logRetention: 'ONE_WEEK' as unknown as number }, undefined, /logRetention is "ONE_WEEK"/],
  ['a text for lengths', { measureOnHead: 'true' as unknown as boolean }, undefined, /measureOnHead is "true": give true or false/],
  ['a text for keys', { redactKeys: 'yes' as unknown as boolean }, undefined, /redactKeys is "yes"/],
  ['a text for sizes', { showSizes: 'false' as unknown as boolean }, undefined, /showSizes is "false"/],
  ['a text for a dashboard', { dashboard: 'false' as unknown as boolean }, undefined, /dashboard is "false"/],
  ['metadata treated as nobody knows', { userMetadata: 'DROPPED' as unknown as UserMetadata }, undefined, /userMetadata is "DROPPED": give a member of UserMetadata/],
  ['a prefix that is no boundary', { prefixes: ['*'] }, undefined, /which holds a wildcard/],
])('%s is refused', (_what, props, bucketProps, error) => {
  expect(() => viewIn(newStack(), props, bucketProps)).toThrow(error);
});

test('assets may stay where they are', () => {
  const stack = newStack(undefined, { context: { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-asset-metadata': true } });
  viewIn(stack);
  const [{ Metadata }] = resourcesOf(stack, 'AWS::Lambda::Function');
  expect(existsSync(join(Metadata['aws:asset:path'], 'rules.json'))).toBe(true);
});
