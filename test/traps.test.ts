import { Duration, NestedStack, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ENV, newApp, newStack, statement, statementsOf, synthOf, templateOf } from './checks/synth';
import { Encryption } from '../src/bucket/encryption';
import { MfaDelete } from '../src/bucket/mfa-delete';
import { NetworkPerimeter } from '../src/bucket/network-perimeter';
import { PresignedUrls } from '../src/bucket/presigned-urls';
import { SecureBucket } from '../src/bucket/secure-bucket';
import { SecureBucketProps } from '../src/bucket/secure-bucket-props';
import { AccessLogBucket } from '../src/logging/access-log-bucket';
import { LoggingBucketPair } from '../src/logging/logging-bucket-pair';

// What is easy to get wrong about Amazon S3, its policies and the CDK, one test for each.

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const VPC = 'vpc-0123456789abcdef0';

function build(props?: SecureBucketProps, context?: Record<string, unknown>): Template {
  const stack = newStack({ env: ENV }, { context });
  new SecureBucket(stack, 'Data', props);
  return templateOf(stack);
}

function bucketResource(template: Template): any {
  const buckets = Object.values(template.findResources('AWS::S3::Bucket'));
  expect(buckets).toHaveLength(1);
  return buckets[0];
}

describe('a negated operator in a Deny also matches when the key is missing', () => {
  const NEGATED = /^(StringNot|ArnNot|NotIp|NumericNot|DateNot)/;

  const everything = () => statementsOf(build({
    encryption: Encryption.kms(),
    requireEncryptionHeaders: true,
    organizationId: 'o-exampleorg1',
    network: NetworkPerimeter.of({ vpcIds: [VPC], cidrs: ['203.0.113.0/24'] }),
  }));

  test('so a wrong encryption header is refused only together with the Null condition, and a write without header gets the default', () => {
    const headers = everything().filter(({ Sid, Condition }) => ['EncryptionAlgorithm', 'EncryptionKey'].includes(Sid) && Condition);
    expect(headers).toHaveLength(2);
    for (const { Condition } of headers) {
      const [key] = Object.keys(Condition.StringNotEquals);
      expect(Condition).toEqual({ Null: { [key]: 'false' }, StringNotEquals: { [key]: expect.anything() } });
    }
  });

  test('so each plain negated operator stands beside a Null condition, and where a missing key is meant to match, the operator says IfExists', () => {
    for (const { Sid, Condition } of everything()) {
      for (const operator of Object.keys(Condition).filter(name => NEGATED.test(name))) {
        expect({ Sid, operator, guarded: operator.endsWith('IfExists') || Object.keys(Condition[operator]).every(key => Condition.Null?.[key] === 'false') })
          .toEqual({ Sid, operator, guarded: true });
      }
    }
  });

  test('so requests without MFA, which lack the key, are refused by IfExists with the positive operator', () => {
    expect(statement(build({ mfaDelete: MfaDelete.required({ maxAge: Duration.minutes(5) }) }), 'MfaDelete').Condition)
      .toEqual({ NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '300' } });
  });
});

describe('aws:kms without a key id means the AWS managed key, not the key of the bucket', () => {
  test.each([['aws:kms', Encryption.kms()], ['aws:kms:dsse', Encryption.dualLayerKms()]])('so %s without a key id is refused', (algorithm, encryption) => {
    expect(statement(build({ encryption }), 'NoAwsManagedKey')).toMatchObject({
      Effect: 'Deny', Condition: { Null: { [KEY_ID]: 'true' }, StringEquals: { [ALGORITHM]: algorithm } },
    });
  });

  test('and a bucket with SSE-S3 refuses it by the algorithm', () => {
    expect(statement(build(), 'EncryptionAlgorithm').Condition.StringNotEquals).toEqual({ [ALGORITHM]: 'AES256' });
  });
});

describe('CT.S3.PR.8 wants exactly one condition in the TLS statement, and cdk-nag both ARNs in an array', () => {
  test.each([{}, { '@aws-cdk/aws-iam:minimizePolicies': true }])('so TLS and its version are statements of their own (feature flags %j)', context => {
    const template = build({}, context);
    const bucketArn = { 'Fn::GetAtt': [expect.stringMatching(/^Data/), 'Arn'] };
    expect(statement(template, 'TlsOnly')).toEqual({
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [bucketArn, { 'Fn::Join': ['', [bucketArn, '/*']] }],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(statement(template, 'MinimumTlsVersion').Condition).toEqual({ NumericLessThan: { 's3:TlsVersion': '1.2' } });
  });
});

describe('presigned URLs', () => {
  test('s3:signatureAge is in milliseconds', () => {
    expect(statement(build({ presignedUrls: PresignedUrls.maxAge(Duration.minutes(1)) }), 'PresignedUrls').Condition.NumericGreaterThan)
      .toEqual({ 's3:signatureAge': '60000' });
  });

  test.each<[string, Duration]>([
    ['S3 Object Lambda', Duration.seconds(61)], ['the console', Duration.minutes(5)], ['Redshift Spectrum', Duration.minutes(16)],
  ])('%s signs URLs itself, for which the default leaves time', (_service, needed) => {
    expect(Number(statement(build(), 'PresignedUrls').Condition.NumericGreaterThan['s3:signatureAge'])).toBeGreaterThanOrEqual(needed.toMilliseconds());
  });

  test('query-string authentication as such is not refused by default', () => {
    const denied = statementsOf(build()).filter(({ Condition }) => Condition.StringEqualsIgnoreCase?.['s3:authType'] !== undefined && Condition.NumericGreaterThan === undefined);
    expect(denied).toEqual([]);
  });

  test.each([PresignedUrls.maxAge(Duration.minutes(1)), PresignedUrls.denied()])('those that S3 signs for copies from another Region always pass (%#)', presignedUrls => {
    expect(statement(build({ presignedUrls }), 'PresignedUrls').Condition.BoolIfExists).toEqual({ 'aws:ViaAWSService': 'false' });
  });

  test('of Signature Version 2, whose age is always 0, are refused by their version, which leaves SigV4 and SigV4A alone', () => {
    expect(statement(build(), 'NoSignatureVersion2').Condition).toEqual({ StringEquals: { 's3:signatureversion': 'AWS' } });
  });
});

describe('a network perimeter', () => {
  const conditions = () => statement(build({ network: NetworkPerimeter.of({ vpcIds: [VPC] }) }), 'NetworkPerimeter').Condition;

  test('spares AWS services, or log delivery and notifications would be locked out', () => {
    expect(conditions().BoolIfExists).toEqual({ 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' });
  });

  test('spares the role that deploys, or nobody could change the policy again', () => {
    expect(conditions().ArnNotLikeIfExists['aws:PrincipalArn'][0]['Fn::Sub']).toContain(':role/cdk-hnb659fds-cfn-exec-role-');
  });

  test('spares the handler of notifications, which comes later and writes to the bucket from outside', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { network: NetworkPerimeter.of({ vpcIds: [VPC] }) });
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
    const template = templateOf(stack);
    const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(statement(template, 'NetworkPerimeter').Condition.ArnNotLikeIfExists['aws:PrincipalArn']).toContainEqual(handler.Properties.Role);
  });

  test.each(['10.0.0.0/16', '172.31.0.0/16', '192.168.0.0/24', '100.64.0.0/10', 'fd00::/8'])('of the private %s would never match, so it is an error', cidr => {
    expect(() => NetworkPerimeter.of({ cidrs: [cidr] })).toThrow('which is not public: aws:SourceIp never holds such an address');
  });

  test('judges all networks in one statement, or those of one list would be refused for not being in the other', () => {
    const template = build({ network: NetworkPerimeter.of({ vpcIds: [VPC], vpcEndpointIds: ['vpce-0123456789abcdef0'], cidrs: ['203.0.113.0/24'] }) });
    const judging = statementsOf(template).filter(({ Condition }) => /aws:Source(Vpc|Vpce|Ip)"/.test(JSON.stringify(Condition)));
    expect(judging.map(({ Sid }) => Sid)).toEqual(['NetworkPerimeter']);
  });
});

describe('a log bucket', () => {
  test.each<[string, { account: string; region: string }]>([['account', { ...ENV, account: '444455556666' }], ['Region', { ...ENV, region: 'us-east-1' }]])(
    'is of the same %s as its sources', (_what, env) => {
      const app = newApp();
      const logs = new AccessLogBucket(new Stack(app, 'Logs', { env: ENV }), 'Logs');
      expect(() => new SecureBucket(new Stack(app, 'Stack', { env }), 'Data', { accessLogs: logs })).toThrow('S3 delivers access logs within one account and Region');
    });

  test('has SSE-S3, also where the data has a KMS key', () => {
    const pair = new LoggingBucketPair(newStack(), 'Pair', { encryption: Encryption.kms() });
    const { Resources } = templateOf(pair.bucket.stack).toJSON();
    const { Properties } = Resources[pair.logs.stack.resolve((pair.logs.node.defaultChild as s3.CfnBucket).logicalId)];
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
  });

  test('has no Object Lock, also where the data has', () => {
    const pair = new LoggingBucketPair(newStack(), 'Pair', { objectLockEnabled: true, objectLockDefaultRetention: s3.ObjectLockRetention.compliance(Duration.days(1)) });
    const template = templateOf(pair.bucket.stack);
    template.resourcePropertiesCountIs('AWS::S3::Bucket', { ObjectLockEnabled: true }, 1);
    template.resourcePropertiesCountIs('AWS::S3::Bucket', { ObjectLockEnabled: Match.absent(), ObjectLockConfiguration: Match.absent() }, 1);
  });

  test('that gets Object Lock by an override is found', () => {
    const stack = newStack();
    (new AccessLogBucket(stack, 'Logs').node.defaultChild as s3.CfnBucket).addPropertyOverride('ObjectLockEnabled', true);
    expect(synthOf(stack).rules).toEqual(['log-target-fit']);
  });

  test('is never a source of its own logs, also not through a second bucket', () => {
    const stack = newStack();
    const audit = new AccessLogBucket(stack, 'Audit');
    const logs = new AccessLogBucket(stack, 'Logs', { accessLogs: audit });
    (audit.node.defaultChild as s3.CfnBucket).addPropertyOverride('LoggingConfiguration.DestinationBucketName', logs.bucketName);
    expect(synthOf(stack).rules).toEqual(['no-log-loop']);
  });

  test.each<[string, (stack: Stack, logs: AccessLogBucket) => void]>([
    ['the same stack', (stack, accessLogs) => new SecureBucket(stack, 'Data', { accessLogs })],
    ['a nested stack', (stack, accessLogs) => new SecureBucket(new NestedStack(stack, 'Nested'), 'Data', { accessLogs })],
    ['another stack, with name', (stack, accessLogs) => new SecureBucket(new Stack(stack.node.root as Stack, 'Other', { env: ENV }), 'Data', { accessLogs, bucketName: 'example-data' })],
    ['another stack, without name', (stack, accessLogs) => new SecureBucket(new Stack(stack.node.root as Stack, 'Other', { env: ENV }), 'Data', { accessLogs })],
  ])('keeps aws:SourceArn and aws:SourceAccount in the statement of its writer for a source of %s', (_where, source) => {
    const stack = newStack();
    const logs = new AccessLogBucket(stack, 'Logs');
    source(stack, logs);
    expect(statement(templateOf(stack), 'LogDelivery1', stack.resolve(logs.bucketName).Ref).Condition).toEqual({
      ArnLike: { 'aws:SourceArn': [expect.anything()] }, StringEquals: { 'aws:SourceAccount': '111122223333' },
    });
  });

  test('gets its logs by policy, not by an ACL, whatever the feature flag of the L2 says', () => {
    for (const flag of [true, false]) {
      const stack = newStack({ env: ENV }, { context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': flag } });
      const logs = new AccessLogBucket(stack, 'Logs');
      new SecureBucket(stack, 'Data', { accessLogs: logs });
      const template = templateOf(stack);
      template.allResourcesProperties('AWS::S3::Bucket', { AccessControl: Match.absent() });
      expect(statement(template, 'LogDelivery1', stack.resolve(logs.bucketName).Ref)).toBeDefined();
    }
  });
});

describe('MFA delete', () => {
  const mfaDelete = MfaDelete.required({ maxAge: Duration.minutes(5) });

  test('cannot be switched on by CloudFormation, so the template does not try, and says what the root user types', () => {
    const template = build({ mfaDelete });
    expect(bucketResource(template).Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    const [output] = Object.values(template.findOutputs('*'));
    expect(JSON.stringify(output.Value)).toContain('MFADelete=Enabled');
  });

  test('excludes lifecycle rules, those of this library included', () => {
    expect(bucketResource(build({ mfaDelete })).Properties.LifecycleConfiguration).toBeUndefined();
    expect(() => build({ mfaDelete, lifecycleRules: [{ expiration: Duration.days(1) }] })).toThrow('lifecycle rules and mfaDelete exclude each other');
  });
});

describe('Object Lock', () => {
  test('needs versioning, which is on', () => {
    expect(bucketResource(build({ objectLockEnabled: true })).Properties).toMatchObject({ ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } });
  });

  test('holds and retention are in grantPut of the L2, but not in a write grant to others', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { objectLockEnabled: true });
    bucket.grantPut(new iam.Role(stack, 'Writer', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    bucket.grantCrossAccountWrite('444455556666');
    const template = templateOf(stack);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('s3:PutObjectRetention');
    expect(JSON.stringify(statementsOf(template))).not.toMatch(/s3:PutObject(Retention|LegalHold)|s3:BypassGovernanceRetention/);
  });
});

describe('a bucket that is retained must keep its policy and its key, too', () => {
  test.each([undefined, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])('removal policy %s', removalPolicy => {
    const { Resources } = build({ removalPolicy, encryption: Encryption.kms() }).toJSON();
    const policies = Object.values(Resources as Record<string, any>).map(({ Type, DeletionPolicy }) => `${Type} ${DeletionPolicy}`).sort();
    const kept = removalPolicy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE ? 'RetainExceptOnCreate' : 'Retain';
    expect(policies).toEqual(['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'].map(type => `${type} ${kept}`));
  });
});

test('EventBridge is a property of the bucket, for which the L2 would deploy a function', () => {
  const template = build({ eventBridge: true });
  expect(bucketResource(template).Properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
  template.resourceCountIs('AWS::Lambda::Function', 0);
});

test('a bucket policy takes at most 20 KB, which S3 says only at deployment', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  for (let team = 0; team < 120; team++) {
    bucket.grantCrossAccountRead('444455556666', `team-${team}/`);
  }
  const { rules, violations } = synthOf(stack);
  expect(rules).toEqual(['policy-in-force']);
  expect(violations[0].description).toContain('S3 takes at most 20480');
});

test('a bucket holds one policy: a second resource for it replaces the first', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  new s3.CfnBucketPolicy(stack, 'Second', { bucket: bucket.bucketName, policyDocument: { Version: '2012-10-17', Statement: [] } });
  expect(synthOf(stack).rules).toEqual(['policy-in-force']);
});

test('statements for an imported bucket are dropped in silence by the L2, so an import warns', () => {
  const stack = newStack();
  SecureBucket.fromBucketName(stack, 'Imported', 'example-data').grantRead(new iam.AccountPrincipal('444455556666'));
  templateOf(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  Annotations.fromStack(stack).hasWarning('/Stack/Imported', Match.stringLikeRegexp('statements that grants add to it are dropped'));
});

test('a website endpoint answers plain HTTP only, so there is no way to ask for one', () => {
  expect(() => build({ websiteIndexDocument: 'index.html' } as SecureBucketProps)).toThrow(/websiteIndexDocument is given.*CloudFront/);
});

describe('acknowledgement', () => {
  const weakened = () => {
    const stack = newStack();
    const [one, other] = ['One', 'Other'].map(id => new SecureBucket(stack, id));
    [one, other].forEach(bucket => (bucket.node.defaultChild as s3.CfnBucket).addPropertyDeletionOverride('VersioningConfiguration'));
    return { stack, one };
  };

  test('CDK drops acknowledged rules for the whole app, so the plugin looks where they were acknowledged', () => {
    const { stack, one } = weakened();
    Validations.of(one).acknowledge({ id: 'SecureS3::versioned', reason: 'scratch data' });
    const { violations, exitCode } = synthOf(stack);
    expect(exitCode).toBe(1);
    expect(violations.filter(({ severity }) => severity === 'fatal').map(({ description }) => description)).toEqual([expect.stringMatching(/^\[Stack\/Other\]/)]);
  });

  test('the bare rule name acknowledges nothing', () => {
    const { stack, one } = weakened();
    Validations.of(one).acknowledge({ id: 'versioned', reason: 'scratch data' });
    expect(synthOf(stack).violations.filter(({ severity }) => severity === 'fatal')).toHaveLength(2);
  });
});

test('the L2 lets only keys of SSE-KMS rotate, so those of DSSE-KMS are told to', () => {
  build({ encryption: Encryption.dualLayerKms() }).allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

describe('errors come early, in lower case, with the construct path, the bad value and the remedy', () => {
  test.each<[string, () => unknown]>([
    ['organizationId', () => build({ organizationId: 'X' })],
    ['accessLogsPrefix', () => build({ accessLogsPrefix: 'x/' })],
    ['cors', () => build({ cors: [{ allowedMethods: [s3.HttpMethods.PUT], allowedOrigins: ['*'] }] })],
    ['mfaDelete', () => build({ mfaDelete: MfaDelete.required({ maxAge: Duration.hours(1) }), lifecycleRules: [{}] })],
    ['requireEncryptionHeaders', () => build({ encryption: Encryption.customerProvided(), requireEncryptionHeaders: true })],
    ['logRetention', () => new AccessLogBucket(newStack(), 'Data', { logRetention: Duration.hours(1) })],
    ['grantCrossAccountRead', () => new SecureBucket(newStack(), 'Data').grantCrossAccountRead('X')],
    ['addCorsRule', () => new SecureBucket(newStack(), 'Data').addCorsRule({ allowedMethods: [], allowedOrigins: [] })],
  ])('%s', (_what, construct) => {
    let message = '';
    try {
      construct();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^\[Stack\/Data\] [a-z'][^:]*: \S/);
  });
});
