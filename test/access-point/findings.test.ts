import { App, Aspects, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { ORGANIZATION, PARTNER } from './templates';
import { AccessPoint } from '../../src/access-point/access-point';
import { AwsServiceBucket } from '../../src/access-point/aws-service-bucket';
import { MultiRegionAccessPoint } from '../../src/access-point/multi-region-access-point';
import { VpcAccessPoint } from '../../src/access-point/vpc-access-point';
import { AccessPointDelegation, BucketAccess } from '../../src/bucket/bucket-access';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ENV, newApp, newStack, synth, synthOf } from '../checks/synth';

interface Made {
  readonly accessPoint: IConstruct;
  /** What is overridden, and where its policy stands. */
  readonly resource: CfnResource;
  readonly policy: CfnResource;
  readonly document: 'Policy' | 'PolicyDocument';
  /** The Sids of the policy, in order. */
  readonly sids: string[];
}

const BOUNDARY = ['PrefixBoundary', 'PrefixEscape', 'ListBoundary', 'UploadsBoundary', 'ListEscape'];

const resourceOf = (construct: IConstruct) => construct.node.defaultChild as CfnResource;

const MAKE: Record<string, (stack: Stack) => Made> = {
  AccessPoint: stack => {
    const accessPoint = new AccessPoint(stack, 'Team', { bucket: new SecureBucket(stack, 'Data'), prefixes: ['finance/'] });
    return { accessPoint, resource: resourceOf(accessPoint), policy: resourceOf(accessPoint), document: 'Policy', sids: ['TlsOnly', ...BOUNDARY] };
  },
  VpcAccessPoint: stack => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1234567890abcdef0', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
    });
    const endpoint = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    const accessPoint = new VpcAccessPoint(stack, 'Team', { bucket: new SecureBucket(stack, 'Data'), vpc, endpoint, prefixes: ['finance/'] });
    const sids = ['TlsOnly', ...BOUNDARY, 'VpcOnly', 'EndpointOnly'];
    return { accessPoint, resource: resourceOf(accessPoint), policy: resourceOf(accessPoint), document: 'Policy', sids };
  },
  MultiRegionAccessPoint: stack => {
    const other = new Stack(stack.node.root as App, 'Us', { env: { ...ENV, region: 'us-east-1' } });
    const buckets = [stack, other].map(each => new SecureBucket(each, 'Data', { bucketName: `example-${each.region}` }));
    const accessPoint = new MultiRegionAccessPoint(stack, 'Team', { buckets, prefixes: ['finance/'] });
    const policy = accessPoint.node.findChild('Policy') as CfnResource;
    return { accessPoint, resource: resourceOf(accessPoint), policy, document: 'Policy', sids: ['TlsOnly', ...BOUNDARY] };
  },
};

const RULE_OF: Record<string, string> = {
  TlsOnly: 'access-point-tls-only', VpcOnly: 'vpc-only', EndpointOnly: 'vpc-only', ...Object.fromEntries(BOUNDARY.map(sid => [sid, 'prefix-boundary'])),
};

describe.each(Object.entries(MAKE))('%s', (_construct, make) => {
  test('each statement that is undone is found', () => {
    const undone: string[] = [];
    const { sids } = make(newStack());
    for (const [index, sid] of sids.entries()) {
      const stack = newStack();
      const { policy, document } = make(stack);
      policy.addPropertyOverride(`${document}.Statement.${index}`, { Sid: 'Another', Effect: 'Allow', Action: 's3:ListBucketVersions' });
      const { violations, exitCode } = synthOf(stack);
      expect(exitCode).toBe(1);
      expect(violations.map(({ description }) => description)).toEqual([expect.stringMatching(/^\[Stack\/Team\] no longer holds: /)]);
      expect(violations[0].description).toContain(`'${sid}' is not in the access point policy`);
      expect(violations[0].fix).toContain(`Validations.of(accessPoint).acknowledge({ id: 'SecureS3::${RULE_OF[sid]}', reason: '...' })`);
      undone.push(violations[0].ruleName);
    }
    expect(undone).toEqual(sids.map(sid => RULE_OF[sid]));
  });

  test.each(['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'])('%s that is undone is found', flag => {
    const stack = newStack();
    make(stack).resource.addPropertyOverride(`PublicAccessBlockConfiguration.${flag}`, false);
    const { rules, violations } = synthOf(stack);
    expect(rules).toEqual(['access-point-public-access-blocked']);
    expect(violations[0]).toMatchObject({
      description: expect.stringContaining('[Stack/Team] no longer holds: No policy can open the access point to the public. '
        + `Undone by: Properties.PublicAccessBlockConfiguration.${flag} is false instead of true`),
      violatingConstructs: [{ constructPath: 'Stack/Team/Resource', locations: [`Properties/PublicAccessBlockConfiguration/${flag}`] }],
    });
  });

  test('a policy that is taken away is found', () => {
    const stack = newStack();
    const { policy, document, sids } = make(stack);
    policy.addPropertyDeletionOverride(document);
    expect(synthOf(stack).rules).toEqual([...new Set(['access-point-policy-in-force', ...sids.map(sid => RULE_OF[sid])])].sort());
  });

  test('an Aspect that undoes it is found', () => {
    const stack = newStack();
    make(stack);
    Aspects.of(stack).add({
      visit: node => (node instanceof s3.CfnAccessPoint || node instanceof s3.CfnMultiRegionAccessPoint)
        && node.addPropertyDeletionOverride('PublicAccessBlockConfiguration'),
    });
    expect(synthOf(stack)).toMatchObject({ rules: ['access-point-public-access-blocked'], exitCode: 1 });
  });

  test.each<[string, (made: Made) => IConstruct]>([
    ['the access point', ({ accessPoint }) => accessPoint],
    ['its resource', ({ resource }) => resource],
    ['the stack', ({ accessPoint }) => Stack.of(accessPoint)],
  ])('an acknowledgement on %s accepts what is undone', (_where, scopeOf) => {
    const stack = newStack();
    const made = make(stack);
    made.policy.addPropertyOverride(`${made.document}.Statement.1.Effect`, 'Allow');
    Validations.of(scopeOf(made)).acknowledge({ id: 'SecureS3::prefix-boundary', reason: 'opened for the audit' });
    const { rules, violations, exitCode } = synthOf(stack);
    expect({ rules, exitCode }).toEqual({ rules: [], exitCode: undefined });
    expect(violations.map(({ description }) => description)).toEqual([expect.stringMatching(/^\[Stack\/Team\] accepted because: opened for the audit\. Undone by: /)]);
  });
});

test('an acknowledgement on one access point does not cover another', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  const [finance, sales] = ['finance', 'sales'].map(id => new AccessPoint(stack, id, { bucket, prefixes: [`${id}/`] }));
  [finance, sales].forEach(each => resourceOf(each).addPropertyOverride('Policy.Statement.1.NotResource', ['*']));
  Validations.of(finance).acknowledge({ id: 'SecureS3::prefix-boundary', reason: 'opened for the audit' });
  const fatal = synthOf(stack).violations.filter(({ severity }) => severity === 'fatal');
  expect(fatal.map(({ description }) => description)).toEqual([expect.stringMatching(/^\[Stack\/sales\]/)]);
});

test('an access point of another VPC is found', () => {
  const stack = newStack();
  MAKE.VpcAccessPoint(stack).resource.addPropertyOverride('VpcConfiguration.VpcId', 'vpc-0123456789abcdef0');
  expect(synthOf(stack).rules).toEqual(['vpc-only']);
});

test('an access point that is open to the internet is found', () => {
  const stack = newStack();
  MAKE.VpcAccessPoint(stack).resource.addPropertyDeletionOverride('VpcConfiguration');
  expect(synthOf(stack).rules).toEqual(['vpc-only']);
});

describe('the policy of an endpoint', () => {
  const endpointIn = (stack: Stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
    return new VpcAccessPoint(stack, 'Team', { bucket: new SecureBucket(stack, 'Data'), vpc, serviceBuckets: [AwsServiceBucket.ECR_LAYERS] })
      .endpoint as ec2.GatewayVpcEndpoint;
  };

  test.each<[string, (endpoint: ec2.GatewayVpcEndpoint) => void]>([
    ['taken away', endpoint => resourceOf(endpoint).addPropertyDeletionOverride('PolicyDocument')],
    ['opened by an override', endpoint => resourceOf(endpoint).addPropertyOverride('PolicyDocument.Statement.0.Resource', '*')],
    ['opened by a further statement', endpoint => endpoint.addToPolicy(
      new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['s3:*'], resources: ['*'] }))],
    ['without a bucket of AWS', endpoint => resourceOf(endpoint).addPropertyOverride('PolicyDocument.Statement.1.Effect', 'Deny')],
  ])('%s: found', (_how, undo) => {
    const stack = newStack();
    undo(endpointIn(stack));
    const { rules, violations } = synthOf(stack);
    expect(rules).toEqual(['vpc-endpoint-confined']);
    expect(violations[0].description).toMatch(/^\[Stack\/Vpc\/SecureS3GatewayEndpoint\] no longer holds: /);
    expect(violations[0].fix).toContain("Validations.of(endpoint).acknowledge({ id: 'SecureS3::vpc-endpoint-confined'");
  });
});

describe('untouched, nothing is found', () => {
  const { BY_ARN } = AccessPointDelegation;
  const { THROUGH_ACCESS_POINTS_ONLY } = BucketAccess;
  const SERVICE_BUCKETS = [AwsServiceBucket.ECR_LAYERS];

  const FLAGS: [string, Record<string, unknown>][] = [
    ['no feature flags', {}],
    ['minimized policies', { '@aws-cdk/aws-iam:minimizePolicies': true }],
    ['partitions written out', { '@aws-cdk/core:enablePartitionLiterals': true, '@aws-cdk/core:target-partitions': ['aws', 'aws-cn'] }],
    ['narrow key policies', { '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope': true }],
    ['all recommended feature flags', CURRENTLY_RECOMMENDED_FLAGS],
  ];

  const PLACES: [string, (app: App) => Stack][] = [
    ['a stack', app => new Stack(app, 'Stack', { env: ENV })],
    ['a stack for any account and Region', app => new Stack(app, 'Stack')],
    ['a stack in China', app => new Stack(app, 'Stack', { env: { ...ENV, region: 'cn-north-1' } })],
    ['a nested stack', app => new NestedStack(new Stack(app, 'Stack', { env: ENV }), 'Nested')],
    ['a Stage', app => new Stack(new Stage(app, 'Stage', { env: ENV }), 'Stack')],
  ];

  const BUCKETS: SecureBucketProps[] = [
    {},
    { encryption: Encryption.kms() },
    { accessPointDelegation: BY_ARN, bucketAccess: THROUGH_ACCESS_POINTS_ONLY, encryption: Encryption.dualLayerKms() },
    { bucketAccess: THROUGH_ACCESS_POINTS_ONLY, organizationId: ORGANIZATION },
  ];

  function build(stack: Stack): void {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 });
    for (const [index, props] of BUCKETS.entries()) {
      const bucket = new SecureBucket(stack, `Data${index}`, props);
      const role = new iam.Role(stack, `Role${index}`, { assumedBy: new iam.AccountRootPrincipal() });
      for (const accessPoint of [
        new AccessPoint(stack, `All${index}`, { bucket }),
        new AccessPoint(stack, `Finance${index}`, { bucket, prefixes: ['finance/', 'shared/'] }),
        new VpcAccessPoint(stack, `Jobs${index}`, { bucket, vpc, confineBucket: index % 2 === 0, prefixes: ['shared/'], serviceBuckets: SERVICE_BUCKETS }),
      ]) {
        accessPoint.grantReadWrite(role, 'shared/');
        accessPoint.grantDelete(new iam.AccountPrincipal(PARTNER), 'shared/');
        accessPoint.grantRead(new iam.OrganizationPrincipal(ORGANIZATION), 'shared/');
        accessPoint.grantWrite(new iam.ServicePrincipal('firehose.amazonaws.com'), 'shared/');
      }
    }
  }

  test.each(FLAGS.flatMap(([flags, context], index) => (index === 0 ? PLACES : PLACES.slice(0, 1))
    .map(([place, stackIn]) => [place, flags, context, stackIn] as const)))('in %s with %s', (_place, _flags, context, stackIn) => {
    const app = newApp({ context });
    build(stackIn(app));
    const { violations, exitCode } = synth(app);
    expect(violations.map(({ description }) => description)).toEqual([]);
    expect(exitCode).toBeUndefined();
  });
});
