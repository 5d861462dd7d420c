import { App, Duration, Lazy, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { TlsVersion } from '../../src/bucket/tls-version';
import { AccessLogBucket, AccessLogBucketProps } from '../../src/logging/access-log-bucket';
import { deployedBytes } from '../../src/private/policy-size';
import { ACCOUNT, ENV, newApp, newStack, statement, statementsOf, synth, synthOf, templateOf } from '../checks/synth';

function cfn(bucket: s3.Bucket): s3.CfnBucket {
  return bucket.node.defaultChild as s3.CfnBucket;
}

function logicalIdOf(bucket: s3.Bucket): string {
  return bucket.stack.resolve(cfn(bucket).logicalId);
}

function propertiesOf(bucket: s3.Bucket): any {
  return templateOf(bucket.stack).toJSON().Resources[logicalIdOf(bucket)].Properties;
}

/** The statements that let log delivery write. */
function deliveries(logs: s3.Bucket): any[] {
  return statementsOf(templateOf(logs.stack), logicalIdOf(logs)).filter(({ Principal }) => Principal.Service === 'logging.s3.amazonaws.com');
}

function sourcesOf(logs: s3.Bucket): any {
  expect(deliveries(logs)).toHaveLength(1);
  return deliveries(logs)[0].Condition.ArnLike['aws:SourceArn'];
}

function stacks(...ids: string[]): Stack[] {
  const app = newApp();
  return ids.map(id => new Stack(app, id, { env: ENV }));
}

const arn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}`]] });

describe('by default', () => {
  test('the bucket has exactly the properties that log delivery needs', () => {
    expect(propertiesOf(new AccessLogBucket(newStack(), 'Logs'))).toEqual({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        }],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'ExpireLogs',
            Status: 'Enabled',
            ExpirationInDays: 365,
            Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }, { StorageClass: 'GLACIER_IR', TransitionInDays: 90 }],
          },
          { Id: 'AbortStaleUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        ],
      },
    });
  });

  test('the policy refuses what that of a SecureBucket refuses, and lets nobody write', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const data = new SecureBucket(stack, 'Data');
    const [ofLogs, ofData] = [logs, data].map(bucket => statementsOf(templateOf(stack), logicalIdOf(bucket)).map(({ Sid, Effect }) => `${Effect} ${Sid}`));
    expect(ofLogs).toEqual(ofData);
    expect(deliveries(logs)).toEqual([]);
  });

  test.each<[RemovalPolicy | undefined, string, string]>([
    [undefined, 'Retain', 'Retain'],
    [RemovalPolicy.RETAIN, 'Retain', 'Retain'],
    [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain'],
  ])('with the removal policy %s, bucket and policy get %s', (removalPolicy, DeletionPolicy, UpdateReplacePolicy) => {
    const logs = new AccessLogBucket(newStack(), 'Logs', { removalPolicy });
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      templateOf(logs.stack).hasResource(type, { DeletionPolicy, UpdateReplacePolicy });
    }
  });

  test('name, TLS version and autoDeleteObjects pass through', () => {
    const logs = new AccessLogBucket(newStack(), 'Logs', {
      bucketName: 'example-logs', minimumTlsVersion: TlsVersion.TLS_1_3, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true,
    });
    const template = templateOf(logs.stack);
    template.hasResourceProperties('AWS::S3::Bucket', { BucketName: 'example-logs' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
    expect(statement(template, 'MinimumTlsVersion').Condition).toEqual({ NumericLessThan: { 's3:TlsVersion': '1.3' } });
  });

  test('untyped callers cannot make it unfit for logs', () => {
    const plain = propertiesOf(new AccessLogBucket(newStack(), 'Logs'));
    const smuggled = new AccessLogBucket(newStack(), 'Logs', {
      encryption: s3.BucketEncryption.KMS, objectLockEnabled: true, versioned: true, publicReadAccess: true, lifecycleRules: [], enforceSSL: false,
    } as AccessLogBucketProps);
    expect(propertiesOf(smuggled)).toEqual(plain);
  });
});

describe('logRetention', () => {
  const IA = { StorageClass: 'STANDARD_IA', TransitionInDays: 30 };
  const GLACIER = { StorageClass: 'GLACIER_IR', TransitionInDays: 90 };

  test.each<[number, object[] | undefined]>([
    [1, undefined], [29, undefined], [30, undefined], [31, undefined], [59, undefined],
    [60, [IA]], [90, [IA]], [179, [IA]],
    [180, [IA, GLACIER]], [365, [IA, GLACIER]], [3650, [IA, GLACIER]],
  ])('of %d days', (days, transitions) => {
    const logs = new AccessLogBucket(newStack(), 'Logs', { logRetention: Duration.days(days) });
    const rule = propertiesOf(logs).LifecycleConfiguration.Rules[0];
    expect({ days: rule.ExpirationInDays, transitions: rule.Transitions }).toEqual({ days, transitions });
    expect(logs.logRetention.toDays()).toBe(days);
    for (const { TransitionInDays } of transitions as any[] ?? []) {
      expect(days - TransitionInDays).toBeGreaterThanOrEqual(TransitionInDays === 30 ? 30 : 90);
    }
  });

  test('of 48 hours is two days', () => {
    expect(propertiesOf(new AccessLogBucket(newStack(), 'Logs', { logRetention: Duration.hours(48) })).LifecycleConfiguration.Rules[0].ExpirationInDays).toBe(2);
  });

  test.each<[Duration, string]>([
    [Duration.days(0), '0 days'], [Duration.hours(12), '12 hours'], [Duration.hours(36), '36 hours'], [Duration.days(1.5), '1.5 days'], [Duration.days(NaN), 'NaN days'],
  ])('of %s is refused', (logRetention) => {
    expect(() => new AccessLogBucket(newStack(), 'Logs', { logRetention })).toThrow(
      /^\[Stack\/Logs\] logRetention is .*: S3 expires objects by whole days: give at least Duration\.days\(1\)$/);
  });

  test('is named in the error', () => {
    expect(() => new AccessLogBucket(newStack(), 'Logs', { logRetention: Duration.hours(12) })).toThrow(
      '[Stack/Logs] logRetention is 12 hours: S3 expires objects by whole days: give at least Duration.days(1)');
  });
});

describe('a source', () => {
  test('sends its logs there, with keys that name account, Region, bucket and day of the event', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const data = new SecureBucket(stack, 'Data', { accessLogs: logs, accessLogsPrefix: 'data/' });
    expect(propertiesOf(data).LoggingConfiguration).toEqual({
      DestinationBucketName: { Ref: logicalIdOf(logs) },
      LogFilePrefix: 'data/',
      TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
    });
    expect(deliveries(logs)).toEqual([{
      Sid: 'LogDelivery1',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [logicalIdOf(logs), 'Arn'] }, '/data/*']] },
      Condition: {
        ArnLike: { 'aws:SourceArn': [{ 'Fn::GetAtt': [logicalIdOf(data), 'Arn'] }] },
        StringEquals: { 'aws:SourceAccount': ACCOUNT },
      },
    }]);
  });

  test('without prefix', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const data = new SecureBucket(stack, 'Data', { accessLogs: logs });
    expect(propertiesOf(data).LoggingConfiguration.LogFilePrefix).toBeUndefined();
    expect(deliveries(logs)[0].Resource).toEqual({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [logicalIdOf(logs), 'Arn'] }, '/*']] });
  });

  test('can be another log bucket', () => {
    const stack = newStack();
    const audit = new AccessLogBucket(stack, 'Audit');
    const logs = new AccessLogBucket(stack, 'Logs', { accessLogs: audit });
    expect(propertiesOf(logs).LoggingConfiguration.DestinationBucketName).toEqual({ Ref: logicalIdOf(audit) });
    expect(sourcesOf(audit)).toEqual([{ 'Fn::GetAtt': [logicalIdOf(logs), 'Arn'] }]);
    expect(deliveries(logs)).toEqual([]);
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('of any account and Region has both by reference', () => {
    const stack = new Stack(newApp(), 'Stack');
    const logs = new AccessLogBucket(stack, 'Logs');
    new SecureBucket(stack, 'Data', { accessLogs: logs });
    expect(deliveries(logs)[0].Condition.StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  });

  test.each(['*', 'data/*', 'da?a/', '${aws:SourceArn}/'])('with the prefix %p is refused', accessLogsPrefix => {
    const stack = newStack();
    expect(() => new SecureBucket(stack, 'Data', { accessLogs: new AccessLogBucket(stack, 'Logs'), accessLogsPrefix })).toThrow(
      `[Stack/Data] accessLogsPrefix is '${accessLogsPrefix}', which holds a wildcard or a policy variable: give the plain start of the keys, such as reports/`);
  });

  test.each(['', 'data/'])('with the prefix %p but without log bucket is refused', accessLogsPrefix => {
    expect(() => new SecureBucket(newStack(), 'Data', { accessLogsPrefix })).toThrow(
      `[Stack/Data] accessLogsPrefix is '${accessLogsPrefix}' but there are no access logs: say where they go with accessLogs`);
  });

  test.each<[string, { account: string; region: string }, string]>([
    ['Region', { ...ENV, region: 'us-east-1' }, 'region us-east-1, its log bucket [Logs/Logs] in eu-west-1'],
    ['account', { ...ENV, account: '444455556666' }, 'account 444455556666, its log bucket [Logs/Logs] in 111122223333'],
    ['account and Region', { account: '444455556666', region: 'us-east-1' },
      'account 444455556666, its log bucket [Logs/Logs] in 111122223333, and in region us-east-1, its log bucket [Logs/Logs] in eu-west-1'],
  ])('of another %s is refused', (_what, env, told) => {
    const app = newApp();
    const logs = new AccessLogBucket(new Stack(app, 'Logs', { env: ENV }), 'Logs');
    const stack = new Stack(app, 'Stack', { env });
    const message = `[Stack/Data] the bucket is in ${told}: S3 delivers access logs within one account and Region: make an AccessLogBucket there`;
    expect(() => new SecureBucket(stack, 'Data', { accessLogs: logs })).toThrow(message);
    expect(() => new AccessLogBucket(stack, 'Other', { accessLogs: logs })).toThrow(message.replace('Stack/Data', 'Stack/Other'));
  });
});

describe('many sources', () => {
  test('of the same prefix share one statement, each named once', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const sources = ['A', 'B', 'C'].map(id => new SecureBucket(stack, id, { accessLogs: logs, accessLogsPrefix: 'data/' }));
    expect(sourcesOf(logs)).toEqual(sources.map(source => ({ 'Fn::GetAtt': [logicalIdOf(source), 'Arn'] })));
  });

  test('of the same prefix are told apart by the keys, which name the source', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const sources = ['A', 'B'].map(id => new SecureBucket(stack, id, { accessLogs: logs, accessLogsPrefix: 'data/' }));
    for (const source of sources) {
      expect(propertiesOf(source).LoggingConfiguration.TargetObjectKeyFormat).toEqual({ PartitionedPrefix: { PartitionDateSource: 'EventTime' } });
    }
  });

  test('of several prefixes may each write below their own only', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const ids = new Map(['a/', 'b/', ''].map(prefix => [prefix, logicalIdOf(new SecureBucket(stack, `Data${prefix}`, { accessLogs: logs, accessLogsPrefix: prefix }))]));
    expect(deliveries(logs).map(({ Sid, Resource, Condition }) => [Sid, Resource['Fn::Join'][1][1], Condition.ArnLike['aws:SourceArn']])).toEqual([
      ['LogDelivery1', '/a/*', [{ 'Fn::GetAtt': [ids.get('a/'), 'Arn'] }]],
      ['LogDelivery2', '/b/*', [{ 'Fn::GetAtt': [ids.get('b/'), 'Arn'] }]],
      ['LogDelivery3', '/*', [{ 'Fn::GetAtt': [ids.get(''), 'Arn'] }]],
    ]);
  });

  test.each([undefined, true])('keep the policy small: 100 take less than 20 KB (minimized policies: %p)', minimize => {
    const stack = newStack({ env: ENV }, { context: { '@aws-cdk/aws-iam:minimizePolicies': minimize } });
    const logs = new AccessLogBucket(stack, 'Logs');
    for (let index = 0; index < 100; index++) {
      new SecureBucket(stack, `Source${index}`, { accessLogs: logs });
    }
    const { violations, templates } = synthOf(stack);
    expect(violations).toEqual([]);
    const { PolicyDocument } = templates.Stack.Resources[stack.resolve((logs.policy!.node.defaultChild as s3.CfnBucketPolicy).logicalId)].Properties;
    const delivery = PolicyDocument.Statement.filter(({ Principal }: any) => Principal.Service === 'logging.s3.amazonaws.com');
    expect(delivery).toHaveLength(1);
    expect(delivery[0].Condition.ArnLike['aws:SourceArn']).toHaveLength(100);
    expect(deployedBytes(PolicyDocument)).toBeLessThan(20 * 1024);
  });
});

describe('a source of another stack', () => {
  test('with a name is confined to it, without a circle between the stacks', () => {
    const [logStack, dataStack] = stacks('Logs', 'Data');
    const logs = new AccessLogBucket(logStack, 'Logs');
    new SecureBucket(dataStack, 'Data', { accessLogs: logs, bucketName: 'example-data' });
    expect(deliveries(logs)[0].Condition).toEqual({
      ArnLike: { 'aws:SourceArn': [arn('example-data')] }, StringEquals: { 'aws:SourceAccount': ACCOUNT },
    });
    expect(dataStack.dependencies).toEqual([logStack]);
    expect(logStack.dependencies).toEqual([]);
    Annotations.fromStack(dataStack).hasNoWarning('*', Match.stringLikeRegexp('log-source'));
  });

  test('with a prefix of its name is confined to the name that CloudFormation makes of it', () => {
    const [logStack, dataStack] = stacks('Logs', 'Data');
    const logs = new AccessLogBucket(logStack, 'Logs');
    new SecureBucket(dataStack, 'Data', { accessLogs: logs, bucketNamePrefix: 'example', bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL });
    expect(sourcesOf(logs)).toEqual([arn('example-111122223333-eu-west-1-an')]);
  });

  test('with a prefix of its name, for any account and Region', () => {
    const app = newApp();
    const logs = new AccessLogBucket(new Stack(app, 'Logs'), 'Logs');
    new SecureBucket(new Stack(app, 'Data'), 'Data', { accessLogs: logs, bucketNamePrefix: 'example', bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL });
    expect(sourcesOf(logs)).toEqual([{
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::example-', { Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }, '-an']],
    }]);
  });

  test.each<[string, (stack: Stack) => string | undefined]>([
    ['without name', () => undefined],
    ['with a name that is known only at deployment', stack => Lazy.string({ produce: () => `example-${stack.account}` })],
  ])('%s is confined to the account, and warns', (_what, nameIn) => {
    const [logStack, dataStack] = stacks('Logs', 'Data');
    const logs = new AccessLogBucket(logStack, 'Logs');
    new SecureBucket(dataStack, 'Data', { accessLogs: logs, bucketName: nameIn(dataStack) });
    expect(deliveries(logs)[0].Condition).toEqual({ ArnLike: { 'aws:SourceArn': [arn('*')] }, StringEquals: { 'aws:SourceAccount': ACCOUNT } });
    Annotations.fromStack(dataStack).hasWarning('/Data/Data', Match.stringLikeRegexp(
      '^\\[Data/Data\\] is in another stack than its log bucket \\[Logs/Logs\\] and has no name of its own, so log delivery is confined '
      + 'to the buckets of this account instead of to this bucket. Give it a bucketName or a bucketNamePrefix.*[Aa]nnotation::log-source-unnamed'));
  });

  test('that is named twice stands once', () => {
    const [logStack, ...others] = stacks('Logs', 'A', 'B');
    const logs = new AccessLogBucket(logStack, 'Logs');
    others.forEach(stack => new SecureBucket(stack, 'Data', { accessLogs: logs }));
    expect(sourcesOf(logs)).toEqual([arn('*')]);
  });

  test('stands beside one of the same stack', () => {
    const [logStack, dataStack] = stacks('Logs', 'Data');
    const logs = new AccessLogBucket(logStack, 'Logs');
    const own = new SecureBucket(logStack, 'Own', { accessLogs: logs });
    new SecureBucket(dataStack, 'Data', { accessLogs: logs, bucketName: 'example-data' });
    expect(sourcesOf(logs)).toEqual([{ 'Fn::GetAtt': [logicalIdOf(own), 'Arn'] }, arn('example-data')]);
  });
});

describe('nested stacks', () => {
  test('a source nested below the log bucket is confined by reference', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    new SecureBucket(new NestedStack(new NestedStack(stack, 'Outer'), 'Inner'), 'Data', { accessLogs: logs });
    expect(sourcesOf(logs)).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^OuterNestedStack/), expect.stringMatching(/^Outputs\..*Arn$/)] }]);
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('a nested source stays free of circles with its own dependencies on the parent', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const nested = new NestedStack(stack, 'Nested');
    new SecureBucket(nested, 'Data', { accessLogs: logs });
    const { Resources } = templateOf(stack).toJSON();
    const nestedId = Object.keys(Resources).find(id => Resources[id].Type === 'AWS::CloudFormation::Stack')!;
    expect(JSON.stringify(Resources[nestedId].Properties.Parameters)).toContain(logicalIdOf(logs));
    expect(Resources[nestedId].DependsOn ?? []).toEqual([]);
    expect(JSON.stringify(Resources[logicalIdOf(logs)])).not.toContain(nestedId);
  });

  test.each<[string, (stack: Stack) => [Stack, Stack]]>([
    ['a log bucket nested below the source', stack => [new NestedStack(stack, 'Nested'), stack]],
    ['a log bucket in another nested stack', stack => [new NestedStack(stack, 'A'), new NestedStack(stack, 'B')]],
  ])('%s knows the source by its name', (_what, scopes) => {
    const stack = newStack();
    const [logScope, dataScope] = scopes(stack);
    const logs = new AccessLogBucket(logScope, 'Logs');
    new SecureBucket(dataScope, 'Data', { accessLogs: logs, bucketName: 'example-data' });
    expect(sourcesOf(logs)).toEqual([arn('example-data')]);
    expect(synthOf(stack).violations).toEqual([]);
  });
});

describe('loops that overrides make', () => {
  const sendTo = (source: s3.Bucket, target: string) => cfn(source).addPropertyOverride('LoggingConfiguration', {
    DestinationBucketName: target, TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
  });

  /** The buckets for which the plugin tells of a loop. */
  const loops = (app: App) => synth(app).violations.filter(({ ruleName }) => ruleName === 'no-log-loop').map(({ description }) => description);
  const looping = (app: App) => loops(app).map(description => description.split(']')[0].slice(1)).sort();

  test('of a bucket to itself', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    sendTo(logs, logs.bucketName);
    expect(looping(stack.node.root as App)).toEqual(['Stack/Logs']);
  });

  test('of a bucket to itself, since S3 takes the bucket itself where no other is named', () => {
    const stack = newStack();
    cfn(new SecureBucket(stack, 'Data')).addPropertyOverride('LoggingConfiguration', { LogFilePrefix: 'logs/' });
    expect(looping(stack.node.root as App)).toEqual(['Stack/Data']);
  });

  test('of two', () => {
    const stack = newStack();
    const audit = new AccessLogBucket(stack, 'Audit');
    const logs = new AccessLogBucket(stack, 'Logs', { accessLogs: audit });
    sendTo(audit, logs.bucketName);
    expect(looping(stack.node.root as App)).toEqual(['Stack/Audit', 'Stack/Logs']);
  });

  test('of three, with the way in the words of the finding', () => {
    const stack = newStack();
    const c = new AccessLogBucket(stack, 'C');
    const b = new AccessLogBucket(stack, 'B', { accessLogs: c });
    const a = new AccessLogBucket(stack, 'A', { accessLogs: b });
    sendTo(c, a.bucketName);
    const told = loops(stack.node.root as App);
    expect(told).toHaveLength(3);
    expect(told.find(description => description.startsWith('[Stack/A]'))).toMatch(
      /access logs run in a circle: Stack\/A -> Stack\/B\w* -> Stack\/C\w* -> Stack\/A\w*/);
  });

  test('of SecureBuckets', () => {
    const stack = newStack();
    const [a, b] = ['A', 'B'].map(id => new SecureBucket(stack, id));
    sendTo(a, b.bucketName);
    sendTo(b, a.bucketName);
    expect(looping(stack.node.root as App)).toEqual(['Stack/A', 'Stack/B']);
  });

  test('by way of a bucket of the L2', () => {
    const stack = newStack();
    const plain = new s3.Bucket(stack, 'Plain');
    const logs = new AccessLogBucket(stack, 'Logs');
    sendTo(logs, plain.bucketName);
    sendTo(plain, logs.bucketName);
    expect(looping(stack.node.root as App)).toEqual(['Stack/Logs']);
  });

  test('by literal names', () => {
    const stack = newStack();
    const audit = new AccessLogBucket(stack, 'Audit', { bucketName: 'example-audit' });
    sendTo(audit, 'example-logs');
    new AccessLogBucket(stack, 'Logs', { bucketName: 'example-logs', accessLogs: audit });
    expect(looping(stack.node.root as App)).toEqual(['Stack/Audit', 'Stack/Logs']);
  });

  test.each([undefined, 'weak', 'both'])('over two stacks, with %s references', strength => {
    const app = newApp({ context: { [DEFAULT_CROSS_STACK_REFERENCES]: strength } });
    const [logStack, dataStack] = ['Logs', 'Data'].map(id => new Stack(app, id, { env: ENV }));
    const logs = new AccessLogBucket(logStack, 'Logs');
    new SecureBucket(dataStack, 'Data', { accessLogs: logs, bucketName: 'example-data' });
    sendTo(logs, 'example-data');
    expect(looping(app)).toEqual(['Data/Data', 'Logs/Logs']);
  });

  test('over nested stacks', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    const data = new SecureBucket(new NestedStack(stack, 'Nested'), 'Data', { accessLogs: logs });
    sendTo(logs, data.bucketName);
    expect(looping(stack.node.root as App)).toEqual(['Stack/Logs', 'Stack/Nested/Data']);
  });

  test('are told of the buckets in them, not of those that lead to them', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    new SecureBucket(stack, 'Data', { accessLogs: logs });
    sendTo(logs, logs.bucketName);
    expect(looping(stack.node.root as App)).toEqual(['Stack/Logs']);
  });

  test('a chain that ends is none', () => {
    const stack = newStack();
    const c = new AccessLogBucket(stack, 'C');
    const b = new AccessLogBucket(stack, 'B', { accessLogs: c });
    new SecureBucket(stack, 'A', { accessLogs: b });
    sendTo(c, 'a-bucket-of-another-app');
    expect(looping(stack.node.root as App)).toEqual([]);
  });

  test('two sources of one log bucket are none', () => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    ['A', 'B'].forEach(id => new SecureBucket(stack, id, { accessLogs: logs }));
    expect(synthOf(stack).violations).toEqual([]);
  });
});

test('a statement for log delivery that is added by hand with both conditions is no finding', () => {
  const stack = newStack();
  const logs = new AccessLogBucket(stack, 'Logs');
  logs.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [logs.arnForObjects('other/*')],
    conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::example-data' }, StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
  expect(synthOf(stack).violations).toEqual([]);
});

test('the sources are known by name', () => {
  const [logStack, dataStack] = stacks('Logs', 'Data');
  const logs = new AccessLogBucket(logStack, 'Logs');
  const own = new SecureBucket(logStack, 'Own', { accessLogs: logs });
  new SecureBucket(dataStack, 'Named', { accessLogs: logs, bucketName: 'example-data' });
  new SecureBucket(dataStack, 'Unnamed', { accessLogs: logs });
  expect(logs._sourceBucketNames).toEqual([own.bucketName, 'example-data']);
});
