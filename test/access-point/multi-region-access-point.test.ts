import { App, PhysicalName, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { allowedByIdentities, allowedByKeys, arn, PARTNER, PARTNER_ENV, propertiesOf, sidsOf, warningsOf } from './templates';
import { MultiRegionAccessPoint, MultiRegionAccessPointProps } from '../../src/access-point/multi-region-access-point';
import { AccessPointDelegation } from '../../src/bucket/bucket-access';
import { Encryption } from '../../src/bucket/encryption';
import { NetworkPerimeter } from '../../src/bucket/network-perimeter';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ENV, newApp, statement, synth, templateOf } from '../checks/synth';

const REGIONS = ['eu-west-1', 'us-east-1'];
const THROUGH = (region: string) => ({ StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } });

/** A bucket in each Region, and the stack of the first. */
function buckets(props: SecureBucketProps = {}, regions = REGIONS): { app: App; stack: Stack; all: SecureBucket[]; stacks: Stack[] } {
  const app = newApp();
  const stacks = regions.map(region => new Stack(app, region, { env: { ...ENV, region } }));
  return { app, stack: stacks[0], stacks, all: stacks.map(stack => new SecureBucket(stack, 'Data', { bucketName: `example-${stack.region}`, ...props })) };
}

function made(props: Partial<MultiRegionAccessPointProps> = {}, of = buckets()) {
  return { ...of, accessPoint: new MultiRegionAccessPoint(of.stack, 'Global', { buckets: of.all, name: 'global', ...props }) };
}

const alias = { 'Fn::GetAtt': [expect.stringMatching(/^Global/), 'Alias'] };
const own = (objects = '') => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3::111122223333:accesspoint/', alias, ...objects === '' ? [] : [objects]]] });

test('the access point has the buckets, and all public access blocked', () => {
  const { app, stack } = made();
  expect(propertiesOf(stack, 'AWS::S3::MultiRegionAccessPoint')).toEqual({
    Name: 'global',
    Regions: [{ Bucket: ref('Data') }, { Bucket: 'example-us-east-1' }],
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  });
  expect(warningsOf(stack)).toEqual([]);
  expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });
});

test('its policy is a resource of its own, and names it by its alias', () => {
  const { stack } = made({ prefixes: ['shared/'] });
  const { MrapName, Policy } = propertiesOf(stack, 'AWS::S3::MultiRegionAccessPointPolicy');
  expect(MrapName).toEqual(ref('Global'));
  expect(sidsOf(Policy)).toEqual(['TlsOnly', 'PrefixBoundary', 'PrefixEscape', 'ListBoundary', 'UploadsBoundary', 'ListEscape']);
  expect(Policy.Statement[0].Resource).toEqual([own(), own('/object/*')]);
  expect(Policy.Statement[1].NotResource).toEqual([own(), own('/object/shared/*')]);
});

test('how clients reach it', () => {
  const { accessPoint, stack } = made();
  expect(accessPoint.accessPointName).toBe('global');
  expect(stack.resolve(accessPoint.accessPointArn)).toEqual(own());
  expect(stack.resolve(accessPoint.accessPointAlias)).toEqual(alias);
  expect(stack.resolve(accessPoint.domainName)).toEqual({ 'Fn::Join': ['', [alias, '.accesspoint.s3-global.', { Ref: 'AWS::URLSuffix' }]] });
  expect(stack.resolve(accessPoint.arnForObjects('a/'))).toEqual(own('/object/a/*'));
  expect(stack.resolve(accessPoint.s3UrlForObject('a/b'))).toEqual({
    'Fn::Join': ['', ['s3://arn:', { Ref: 'AWS::Partition' }, ':s3::111122223333:accesspoint/', alias, '/a/b']],
  });
});

test('a name is made up', () => {
  expect(made({ name: undefined }).accessPoint.accessPointName).toMatch(/^eu-west-1-global-[0-9a-f]{8}$/);
});

test('each bucket delegates to the account, and is deployed before', () => {
  const { app, stacks: [first, second] } = made();
  for (const stack of [first, second]) {
    expect(statement(templateOf(stack), 'AccessPointDelegation').Condition).toEqual({ StringEquals: { 's3:DataAccessPointAccount': ['111122223333'] } });
  }
  synth(app);
  expect(first.dependencies).toEqual([second]);
  expect(second.dependencies).toEqual([]);
});

test('the owner of a bucket is named if it is another account', () => {
  const of = buckets({}, ['eu-west-1']);
  const partner = new SecureBucket(new Stack(of.app, 'Partner', { env: { ...PARTNER_ENV, region: 'us-east-1' } }), 'Data', { bucketName: 'example-partner' });
  const { stack } = made({ buckets: [...of.all, partner] }, of);
  expect(propertiesOf(stack, 'AWS::S3::MultiRegionAccessPoint').Regions).toEqual([{ Bucket: ref('Data') }, { Bucket: 'example-partner', BucketAccountId: PARTNER }]);
});

describe('grants', () => {
  test('to a role: in its policy, with the keys of all Regions', () => {
    const { accessPoint, app, stack } = made({ prefixes: ['shared/'] }, buckets({ encryption: Encryption.kms() }));
    accessPoint.grantReadWrite(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
    expect(allowedByIdentities(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        Resource: own('/object/shared/*'),
      },
      { Effect: 'Allow', Action: actions, Resource: { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] }, Condition: THROUGH('eu-west-1') },
      { Effect: 'Allow', Action: actions, Resource: expect.objectContaining({}), Condition: THROUGH('us-east-1') },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: own(), Condition: { StringLike: { 's3:prefix': ['shared/*'] } } },
    ]);
    expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('to an account: in the policy of the access point and of the keys', () => {
    const { accessPoint, stack, stacks } = made({}, buckets({ encryption: Encryption.kms() }));
    accessPoint.grantRead(new iam.AccountPrincipal(PARTNER), 'shared/');
    const principal = { AWS: arn(`iam::${PARTNER}:root`) };
    expect(propertiesOf(stack, 'AWS::S3::MultiRegionAccessPointPolicy').Policy.Statement.slice(1)).toEqual([
      { Effect: 'Allow', Principal: principal, Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: own('/object/shared/*') },
      { Effect: 'Allow', Principal: principal, Action: 's3:ListBucket', Resource: own(), Condition: { StringLike: { 's3:prefix': ['shared/*'] } } },
    ]);
    expect(stacks.map(each => allowedByKeys(each)))
      .toEqual(REGIONS.map(region => [{ Effect: 'Allow', Principal: principal, Action: 'kms:Decrypt', Resource: '*', Condition: THROUGH(region) }]));
  });

  test('outside of the prefixes: an error', () => {
    expect(() => made({ prefixes: ['shared/'] }).accessPoint.grantDelete(new iam.AccountPrincipal(PARTNER), 'other/'))
      .toThrow("[eu-west-1/Global] prefix is 'other/', which the access point refuses");
  });

  test('to everyone: an error', () => {
    expect(() => made().accessPoint.grantRead(new iam.AnyPrincipal())).toThrow('[eu-west-1/Global] a grant to everyone');
  });
});

test('addToResourcePolicy', () => {
  const { accessPoint, stack } = made();
  accessPoint.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.AccountPrincipal(PARTNER)], actions: ['s3:GetObject'], resources: [accessPoint.arnForObjects()],
  }));
  expect(propertiesOf(stack, 'AWS::S3::MultiRegionAccessPointPolicy').Policy.Statement).toHaveLength(2);
});

describe('refused', () => {
  test.each([0, 1])('%d buckets', count => {
    const of = buckets();
    expect(() => made({ buckets: of.all.slice(0, count) }, of)).toThrow(`[eu-west-1/Global] buckets holds ${count}: give at least two buckets, each in another Region`);
  });

  test('two buckets of one Region', () => {
    const of = buckets({}, ['eu-west-1']);
    const all = [...of.all, new SecureBucket(of.stack, 'Copy')];
    expect(() => made({ buckets: all }, of)).toThrow('[eu-west-1/Data] and [eu-west-1/Copy] are both in eu-west-1: give one bucket a Region');
  });

  test('a bucket in a Region that is not known', () => {
    const of = buckets({}, ['eu-west-1']);
    const all = [...of.all, new SecureBucket(new Stack(of.app, 'Anywhere'), 'Data', { bucketName: 'example-data' })];
    expect(() => made({ buckets: all }, of)).toThrow('[eu-west-1/Global] the Region of [Anywhere/Data] is not known: give its stack an env with a Region');
  });

  test('a bucket of another Region without a name', () => {
    const of = buckets({ bucketName: undefined });
    expect(() => made({}, of)).toThrow('[eu-west-1/Global] [us-east-1/Data] is in another environment and has no name of its own: give it a bucketName');
    expect(() => made({}, buckets({ bucketName: PhysicalName.GENERATE_IF_NEEDED }))).not.toThrow();
  });

  test('a bucket that names access points by ARN', () => {
    const of = buckets({ accessPointDelegation: AccessPointDelegation.BY_ARN });
    expect(() => made({}, of)).toThrow('[eu-west-1/Global] the bucket [eu-west-1/Data] names access points by ARN, and S3 makes up the ARN of a Multi-Region access point');
  });

  test('names and prefixes out of form', () => {
    expect(() => made({ name: 'Global' })).toThrow("[eu-west-1/Global] the name is 'Global'");
    expect(() => made({ prefixes: [] })).toThrow('[eu-west-1/Global] prefixes is empty');
    expect(() => made({ prefixes: ['/a/'] })).toThrow("a prefix is '/a/'");
  });

  test('other buckets than SecureBucket', () => {
    const of = buckets();
    for (const bucket of [new s3.Bucket(of.stack, 'Plain'), SecureBucket.fromBucketName(of.stack, 'Import', 'example-data')]) {
      expect(() => made({ buckets: [of.all[0], bucket as SecureBucket] }, of)).toThrow(/^\[eu-west-1\/Global\] buckets is .*: give a list of SecureBucket$/);
    }
  });
});

describe('a bucket with a network perimeter', () => {
  const network = () => NetworkPerimeter.of({ vpcIds: ['vpc-0123456789abcdef0'] });

  test('a warning says that gateway endpoints do not carry the requests', () => {
    const { stack } = made({}, buckets({ network: network() }));
    const told = warningsOf(stack, '/eu-west-1/Global');
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/leads to \[eu-west-1\/Data\], which has a network perimeter: gateway endpoints do not carry.*s3-global\.accesspoint.*annotation::multi-region-network/is);
  });

  test('that can be acknowledged', () => {
    const { accessPoint, stack } = made({}, buckets({ network: network() }));
    Validations.of(accessPoint).acknowledge({ id: 'multi-region-network', reason: 'there is an interface endpoint' });
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('a prefix without a slash at its end: a warning', () => {
  expect(warningsOf(made({ prefixes: ['shared'] }).stack)).toEqual([expect.stringContaining("the prefix 'shared' also covers keys such as 'shared2/...'")]);
});

test.each(['eu-west-1', 'ap-southeast-2'])('in a stack of its own in %s, which is deployed after those of the buckets', region => {
  const of = buckets();
  const stack = new Stack(of.app, 'Own', { env: { ...ENV, region } });
  made({}, { ...of, stack });
  expect(synth(of.app)).toMatchObject({ violations: [], exitCode: undefined });
  expect(stack.dependencies).toEqual(expect.arrayContaining(of.stacks));
});

test('an unnamed bucket of another stack in the Region of the access point is referred to', () => {
  const of = buckets({}, ['us-east-1']);
  const unnamed = new SecureBucket(new Stack(of.app, 'Data', { env: ENV }), 'Data');
  const stack = new Stack(of.app, 'Own', { env: ENV });
  made({ buckets: [...of.all, unnamed] }, { ...of, stack });
  expect(synth(of.app)).toMatchObject({ violations: [], exitCode: undefined });
});

function ref(start: string): unknown {
  return { Ref: expect.stringMatching(new RegExp(`^${start}`)) };
}
