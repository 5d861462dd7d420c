import { App, CfnParameter, Duration, Fn, NestedStack, PhysicalName, RemovalPolicy, Stack, Stage, Tags, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { CONFIGURATION_NAMES, CONFIGURATIONS } from '../configurations';
import { ENV, newApp, synth } from './synth';
import { Encryption } from '../../src/bucket/encryption';
import { NetworkPerimeter } from '../../src/bucket/network-perimeter';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { AccessLogBucket } from '../../src/logging/access-log-bucket';

const MINIMIZE = '@aws-cdk/aws-iam:minimizePolicies';

const FLAGS: [string, Record<string, unknown>][] = [
  ['no feature flags', {}],
  ['minimized policies', { [MINIMIZE]: true }],
  ['all recommended feature flags', CURRENTLY_RECOMMENDED_FLAGS],
];

const WITH_ENVIRONMENT = (app: App) => new Stack(app, 'Stack', { env: ENV });
const FOR_ANY_ENVIRONMENT = (app: App) => new Stack(app, 'Stack');

/** Configurations over several accounts or Regions, and how stacks that name none are refused. */
const OF_AN_ENVIRONMENT: Partial<Record<string, string>> = {
  accessPointGrants: 'Cross stack/region references are only supported for stacks with an explicit region defined',
  multiRegion: 'is not known: give its stack an env with a Region',
};

test.each<[string, string, Record<string, unknown>, (app: App) => Stack]>([
  ...FLAGS.map(([flags, context]) => ['a stack with account and Region', flags, context, WITH_ENVIRONMENT] as never),
  ['a stack for any account and Region', ...FLAGS[0], FOR_ANY_ENVIRONMENT],
  ['a stack for any account and Region', ...FLAGS[2], FOR_ANY_ENVIRONMENT],
  ['a nested stack', ...FLAGS[0], app => new NestedStack(new Stack(app, 'Stack'), 'Nested')],
  ['a Stage', ...FLAGS[1], app => new Stack(new Stage(app, 'Stage', { env: ENV }), 'Stack')],
])('in %s with %s no configuration has a finding', (_place, _flags, context, stackIn) => {
  const told = CONFIGURATION_NAMES.flatMap(name => {
    const app = newApp({ context });
    const stack = stackIn(app);
    const refusal = Token.isUnresolved(stack.region) ? OF_AN_ENVIRONMENT[name] : undefined;
    if (refusal !== undefined) {
      expect(() => {
        CONFIGURATIONS[name](stack);
        synth(app);
      }).toThrow(refusal);
      return [];
    }
    CONFIGURATIONS[name](stack);
    const { violations, exitCode } = synth(app);
    return exitCode === undefined && violations.length === 0 ? [] : [`${name}: ${violations.map(({ description }) => description).join('; ')}`];
  });
  expect(told).toEqual([]);
});

/** What tokens of other stacks and late changes bring into a policy. */
const REFERENCES: [string, (stack: Stack, other: Stack) => void][] = [
  ['a key of another stack', (stack, other) => new SecureBucket(stack, 'Data', { encryption: Encryption.kms({ key: new kms.Key(other, 'Key') }) })],
  ['a log bucket of another stack', (stack, other) => new SecureBucket(stack, 'Data', { accessLogs: new AccessLogBucket(other, 'Logs'), bucketName: 'example-data' })],
  ['a deploy role of another stack', (stack, other) => new SecureBucket(stack, 'Data', {
    network: NetworkPerimeter.of({
      vpcIds: [new CfnParameter(stack, 'Vpc').valueAsString],
      deployRoles: [new iam.Role(other, 'Role', { assumedBy: new iam.AccountRootPrincipal() })],
    }),
  })],
  ['values of another stack', (stack, other) => {
    const parameter = new CfnParameter(other, 'Parameter');
    new SecureBucket(stack, 'Data', {
      organizationId: Fn.importValue('Organization'),
      accessLogs: new AccessLogBucket(stack, 'Logs'),
      accessLogsPrefix: `${parameter.valueAsString}/`,
    });
  }],
  ['a name of its own', stack => new SecureBucket(stack, 'Data', { bucketName: PhysicalName.GENERATE_IF_NEEDED })],
  ['a name in the account\'s namespace', stack => new SecureBucket(stack, 'Data', {
    bucketNamePrefix: 'example', bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL,
  })],
  ['tags, metrics and an inventory', stack => {
    Tags.of(stack).add('team', 'data');
    new SecureBucket(stack, 'Data', { metrics: [{ id: 'all' }], inventories: [{ destination: { bucket: new SecureBucket(stack, 'Inventory') } }] });
  }],
  ['statements that were added after the construction', (stack, other) => {
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
    bucket.grantReadWrite(new iam.Role(other, 'Reader', { roleName: 'reader', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    bucket.grantRead(new iam.AccountPrincipal('444455556666'));
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      actions: ['s3:PutObject', 's3:PutObject'], principals: [new iam.ArnPrincipal('arn:aws:iam::444455556666:role/R')], resources: [bucket.arnForObjects('*')],
    }));
  }],
  ['rules of lifecycle and CORS that were added after the construction', stack => {
    const bucket = new SecureBucket(stack, 'Data', { lifecycleRules: [{ prefix: 'tmp/', expiration: Duration.days(1) }] });
    bucket.addLifecycleRule({ noncurrentVersionExpiration: Duration.days(30) });
    bucket.addCorsRule({ allowedMethods: [s3.HttpMethods.PUT], allowedOrigins: ['https://www.example.com'] });
  }],
  ['Object Lock', stack => new SecureBucket(stack, 'Data', { objectLockEnabled: true, objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) })],
];

describe('no finding with', () => {
  test.each(REFERENCES)('%s', (_what, build) => {
    for (const [, context] of FLAGS) {
      const app = newApp({ context });
      const [stack, other] = ['Stack', 'Other'].map(id => new Stack(app, id, { env: ENV }));
      build(stack, other);
      expect(synth(app).violations).toEqual([]);
    }
  });

  test.each([RemovalPolicy.RETAIN, RemovalPolicy.DESTROY, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])('the removal policy %s', removalPolicy => {
    const app = newApp();
    const stack = new Stack(app, 'Stack', { env: ENV });
    new SecureBucket(stack, 'Data', { removalPolicy, encryption: Encryption.kms() });
    new AccessLogBucket(stack, 'Logs', { removalPolicy });
    expect(synth(app).violations).toEqual([]);
  });
});
