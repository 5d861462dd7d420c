import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ACCOUNT } from './synth';
import { cfn, changeStatement, policy, removeStatement, set, Weakening } from './weakening';
import { AccessPoint } from '../../src/access-point/access-point';
import { IAccessPoint } from '../../src/access-point/access-point-base';
import { AwsServiceBucket } from '../../src/access-point/aws-service-bucket';
import { MultiRegionAccessPoint } from '../../src/access-point/multi-region-access-point';
import { VpcAccessPoint, VpcAccessPointProps } from '../../src/access-point/vpc-access-point';
import { BucketAccess } from '../../src/bucket/bucket-access';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';

const accessPoint = (stack: Stack) => new AccessPoint(stack, 'Data', { bucket: new SecureBucket(stack, 'Bucket') });
const confined = (stack: Stack) => new AccessPoint(stack, 'Data', { bucket: new SecureBucket(stack, 'Bucket'), prefixes: ['finance/'], name: 'finance' });
const vpcAccessPoint = (stack: Stack, props: Partial<VpcAccessPointProps> = {}) => new VpcAccessPoint(stack, 'Data', {
  bucket: new SecureBucket(stack, 'Bucket'), vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }), ...props,
});
const throughEndpoint = (stack: Stack) => vpcAccessPoint(stack, {
  endpoint: ec2.GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-0123456789abcdef0'),
});
const endpoint = (stack: Stack) => vpcAccessPoint(stack, { serviceBuckets: [AwsServiceBucket.ECR_LAYERS] }).endpoint;
const multiRegion = (stack: Stack) => new MultiRegionAccessPoint(stack, 'Data', {
  buckets: [
    new SecureBucket(stack, 'Here'),
    new SecureBucket(new Stack(stack.node.root as never, 'Elsewhere', { env: { account: ACCOUNT, region: 'us-east-1' } }), 'There', { bucketName: 'there' }),
  ],
  prefixes: ['finance/'],
});
const delegating = (stack: Stack, props: SecureBucketProps = {}) => {
  const bucket = new SecureBucket(stack, 'Data', props);
  new AccessPoint(stack, 'AccessPoint', { bucket });
  return bucket;
};
const throughAccessPointsOnly = (stack: Stack) => delegating(stack, { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY });

/** A statement that somebody added by hand. */
function byHand(resource: string, more: Partial<iam.PolicyStatementProps> = {}): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid: 'ByHand', principals: [new iam.AnyPrincipal()], actions: ['s3:GetObject'], resources: [resource], ...more });
}

function alsoAllow(statement: (bucket: s3.Bucket) => iam.PolicyStatement): (bucket: s3.Bucket) => void {
  return bucket => void bucket.addToResourcePolicy(statement(bucket));
}

function letThrough(resource: string, more?: Partial<iam.PolicyStatementProps>): (subject: ec2.VpcEndpoint) => void {
  return subject => subject.addToPolicy(byHand(resource, more));
}

/** About 40 KB. */
function manyReaders(subject: IAccessPoint): void {
  for (let index = 0; index < 200; index++) {
    subject.grantRead(new iam.ArnPrincipal(`arn:aws:iam::444455556666:role/Reader${index}`), 'finance/');
  }
}

const EITHER = [['an access point', confined], ['a Multi-Region access point', multiRegion]] as const;

/** How the name of a Multi-Region access point is written, and in which stack. */
const SECOND_POLICIES: [string, (subject: MultiRegionAccessPoint) => string, (stack: Stack) => Stack][] = [
  ['by reference', subject => (subject.node.defaultChild as s3.CfnMultiRegionAccessPoint).ref, stack => stack],
  ['by name', subject => subject.accessPointName, stack => stack],
  ['by name in another Region', subject => subject.accessPointName, stack => stack.node.root.node.findChild('Elsewhere') as Stack],
  ['by a reference of another stack', subject => (subject.node.defaultChild as s3.CfnMultiRegionAccessPoint).ref, stack => new Stack(
    stack.node.root as never, 'Third', { env: { account: stack.account, region: stack.region } })],
];

export const ACCESS_POINT_WEAKENINGS: Weakening[] = [
  // access points
  ...EITHER.map(([what, make]): Weakening => ({
    how: `TlsOnly of ${what} removed`,
    make,
    weaken: removeStatement('TlsOnly'),
    undone: ['access-point-tls-only'],
    told: "statement 'TlsOnly' is not in the access point policy",
  })),
  {
    how: 'TlsOnly of an access point for reads only',
    make: accessPoint,
    weaken: changeStatement('TlsOnly', 'Action', 's3:GetObject'),
    undone: ['access-point-tls-only'],
    told: "statement 'TlsOnly' was changed: Action is",
  },
  {
    how: 'no access point policy at all',
    make: accessPoint,
    weaken: subject => cfn(subject).addPropertyDeletionOverride('Policy'),
    undone: ['access-point-policy-in-force', 'access-point-tls-only'],
    told: 'the access point has no policy',
  },
  ...EITHER.flatMap(([what, make]) => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((flag): Weakening => ({
    how: `${flag} of ${what} off`,
    make,
    weaken: set(`PublicAccessBlockConfiguration.${flag}`, false),
    undone: ['access-point-public-access-blocked'],
    told: `PublicAccessBlockConfiguration.${flag} is false instead of true`,
  }))),
  {
    how: 'no public access block of an access point',
    make: accessPoint,
    weaken: subject => cfn(subject).addPropertyDeletionOverride('PublicAccessBlockConfiguration'),
    undone: ['access-point-public-access-blocked'],
    told: 'PublicAccessBlockConfiguration.BlockPublicAcls is missing instead of true',
  },
  ...['PrefixBoundary', 'PrefixEscape', 'ListBoundary', 'UploadsBoundary', 'ListEscape'].flatMap(sid => EITHER.map(([what, make]): Weakening => ({
    how: `${sid} of ${what} removed`,
    make,
    weaken: removeStatement(sid),
    undone: ['prefix-boundary'],
    told: `statement '${sid}' is not in the access point policy`,
  }))),
  {
    how: 'another prefix let in',
    make: confined,
    weaken: (subject: AccessPoint) => changeStatement('PrefixBoundary', 'NotResource', [
      subject.accessPointArn, subject.arnForObjects('finance/'), subject.arnForObjects('sales/'),
    ])(subject),
    undone: ['prefix-boundary'],
    told: "statement 'PrefixBoundary' was changed: NotResource is",
  },
  {
    how: 'the boundary for objects in the prefix instead of those outside',
    make: confined,
    weaken: (subject: AccessPoint) => {
      changeStatement('PrefixBoundary', 'Resource', [subject.accessPointArn, subject.arnForObjects('finance/')])(subject);
      changeStatement('PrefixBoundary', 'NotResource', undefined)(subject);
    },
    undone: ['prefix-boundary'],
    told: /statement 'PrefixBoundary' was changed: NotResource is undefined instead of .*; Resource is .* instead of undefined/,
  },
  {
    how: 'lists of another prefix let in',
    make: confined,
    weaken: changeStatement('ListBoundary', 'Condition.StringNotLike', { 's3:prefix': ['finance/*', ''] }),
    undone: ['prefix-boundary'],
    told: "statement 'ListBoundary' was changed: Condition is",
  },
  {
    how: 'lists of versions spared',
    make: confined,
    weaken: changeStatement('ListBoundary', 'Action', 's3:ListBucket'),
    undone: ['prefix-boundary'],
    told: "statement 'ListBoundary' was changed: Action is",
  },
  {
    how: 'lists without a prefix let in',
    make: confined,
    weaken: changeStatement('ListBoundary', 'Condition', { StringNotLikeIfExists: { 's3:prefix': ['finance/*'] }, Null: { 's3:prefix': 'false' } }),
    undone: ['prefix-boundary'],
    told: "statement 'ListBoundary' was changed: Condition is",
  },
  {
    how: 'VpcOnly removed',
    make: vpcAccessPoint,
    weaken: removeStatement('VpcOnly'),
    undone: ['vpc-only'],
    told: "statement 'VpcOnly' is not in the access point policy",
  },
  {
    how: 'requests without a VPC let in',
    make: throughEndpoint,
    weaken: changeStatement('VpcOnly', 'Condition', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' }, Null: { 'aws:SourceVpc': 'false' } }),
    undone: ['vpc-only'],
    told: "statement 'VpcOnly' was changed: Condition is",
  },
  {
    how: 'EndpointOnly removed',
    make: throughEndpoint,
    weaken: removeStatement('EndpointOnly'),
    undone: ['vpc-only'],
    told: "statement 'EndpointOnly' is not in the access point policy",
  },
  {
    how: 'an access point of another VPC',
    make: vpcAccessPoint,
    weaken: set('VpcConfiguration.VpcId', 'vpc-0aaaaaaaaaaaaaaa0'),
    undone: ['vpc-only'],
    told: 'VpcConfiguration.VpcId is "vpc-0aaaaaaaaaaaaaaa0" instead of',
  },
  {
    how: 'a VPC access point with the origin internet',
    make: vpcAccessPoint,
    weaken: subject => cfn(subject).addPropertyDeletionOverride('VpcConfiguration'),
    undone: ['vpc-only'],
    told: 'VpcConfiguration.VpcId is missing instead of',
  },
  ...EITHER.map(([what, make]): Weakening => ({
    how: `another name of ${what}, of which its policy does not speak`,
    make,
    weaken: set('Name', 'other'),
    undone: ['access-point-policy-in-force'],
    told: /Properties\.Name is "other" instead of "(finance|stack-data-[0-9a-f]{8})"/,
  })),
  ...([['a bucket of a name', 'other'], ['no bucket of the template', { Ref: 'Elsewhere' }]] as const).map(([what, bucket]): Weakening => ({
    how: `an access point that leads to ${what} instead`,
    make: vpcAccessPoint,
    weaken: set('Bucket', bucket),
    undone: ['access-point-policy-in-force'],
    told: /Properties\.Bucket is .* instead of \{"Ref":"Bucket\w+"\}/,
  })),
  {
    how: 'an access point that leads to the bucket of another account',
    make: accessPoint,
    weaken: set('BucketAccountId', '777788889999'),
    undone: ['access-point-policy-in-force'],
    told: 'Properties.BucketAccountId is "777788889999" instead of none',
  },
  {
    how: 'another account as the owner of a bucket whose owner was named',
    make: stack => new AccessPoint(stack, 'Data', { bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'example-data'), bucketAccountId: '444455556666' }),
    weaken: subject => cfn(subject).addPropertyDeletionOverride('BucketAccountId'),
    undone: ['access-point-policy-in-force'],
    told: 'Properties.BucketAccountId is missing instead of "444455556666"',
  },
  {
    how: 'an access point policy over 20 KB',
    make: confined,
    weaken: manyReaders,
    undone: ['access-point-policy-in-force'],
    told: /the access point policy has about \d{5} bytes, and S3 takes at most 20480; the largest statements are Allow s3:\w+.* \(200 statements, \d+ bytes\)/,
  },
  {
    how: 'a Multi-Region access point without its policy',
    make: multiRegion,
    weaken: subject => subject.node.tryRemoveChild('Policy'),
    undone: ['access-point-policy-in-force', 'access-point-tls-only', 'prefix-boundary'],
    told: /the access point has no policy, so statement 'TlsOnly' is missing/,
  },
  {
    how: 'the policy of a Multi-Region access point given to another one',
    make: multiRegion,
    weaken: subject => policy(subject).addPropertyOverride('MrapName', 'other'),
    undone: ['access-point-policy-in-force'],
    told: /Properties\.MrapName is "other" instead of \{"Ref":"Data\w+"\}/,
  },
  {
    how: 'a Multi-Region access point that leads to another bucket',
    make: multiRegion,
    weaken: set('Regions.0.Bucket', 'other'),
    undone: ['access-point-policy-in-force'],
    told: /Properties\.Regions is \[\{"Bucket":"other"\},\{"Bucket":"there"\}\] instead of \[\{"Bucket":\{"Ref":"Here\w+"\}\},\{"Bucket":"there"\}\]/,
  },
  {
    how: 'a Multi-Region access point that leads to one more bucket',
    make: multiRegion,
    weaken: set('Regions.2', { Bucket: 'other', BucketAccountId: '777788889999' }),
    undone: ['access-point-policy-in-force'],
    told: /Properties\.Regions is .*"other".* instead of /,
  },
  {
    how: 'a Multi-Region access point that leads to a bucket of another account',
    make: multiRegion,
    weaken: set('Regions.1.BucketAccountId', '777788889999'),
    undone: ['access-point-policy-in-force'],
    told: /Properties\.Regions is .*"777788889999".* instead of /,
  },
  ...SECOND_POLICIES.map(([how, mrapName, scope]): Weakening => ({
    how: `a second policy of a Multi-Region access point, ${how}`,
    make: multiRegion,
    weaken: subject => void new s3.CfnMultiRegionAccessPointPolicy(scope(subject.stack), 'Second', {
      mrapName: mrapName(subject as MultiRegionAccessPoint), policy: { Version: '2012-10-17', Statement: [] },
    }),
    undone: ['access-point-policy-in-force'],
    told: /a second policy '\w+' for the same access point: whichever is deployed last replaces the other/,
  })),
  {
    how: 'a condition on the policy of a Multi-Region access point',
    make: multiRegion,
    weaken: subject => policy(subject).addOverride('Condition', 'Production'),
    undone: ['access-point-policy-in-force'],
    told: "the policy is deployed only when the condition 'Production' holds, the access point also without it",
  },

  // their buckets
  {
    how: 'AccessPointDelegation removed, so that nobody gets in',
    make: delegating,
    weaken: removeStatement('AccessPointDelegation'),
    undone: ['access-point-delegation'],
    told: "statement 'AccessPointDelegation' is not in the bucket policy",
  },
  {
    how: 'delegation to any access point',
    make: delegating,
    weaken: changeStatement('AccessPointDelegation', 'Condition', { StringLike: { 's3:DataAccessPointAccount': '*' } }),
    undone: ['access-point-delegation'],
    told: "statement 'AccessPointDelegation' was changed: Condition is",
  },
  {
    how: 'delegation of everything',
    make: delegating,
    weaken: changeStatement('AccessPointDelegation', 'Action', 's3:*'),
    undone: ['access-point-delegation'],
    told: "statement 'AccessPointDelegation' was changed: Action is",
  },
  ...([
    ['to another account', { StringEquals: { 's3:DataAccessPointAccount': '777788889999' } }],
    ['to access points of any account', { StringLike: { 's3:DataAccessPointArn': '*' } }],
    ['by another spelling of the key', { ArnLike: { 'S3:dataaccesspointarn': 'arn:aws:s3:*:777788889999:accesspoint/*' } }],
    ['to access points of any VPC', { StringEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }],
    ['to whatever comes through an access point', { Null: { 's3:DataAccessPointArn': 'false' } }],
  ] as [string, iam.Conditions][]).map(([how, conditions]): Weakening => ({
    how: `a second delegation ${how}`,
    make: delegating,
    weaken: alsoAllow(bucket => byHand(bucket.arnForObjects('*'), { conditions })),
    undone: ['access-point-delegation'],
    told: "statement 'ByHand' delegates to access points besides AccessPointDelegation",
  })),
  {
    how: 'AccessPointsOnly removed',
    make: throughAccessPointsOnly,
    weaken: removeStatement('AccessPointsOnly'),
    undone: ['access-points-only'],
    told: "statement 'AccessPointsOnly' is not in the bucket policy",
  },
  {
    how: 'a role that reaches the bucket directly, past directAccessRoles',
    make: throughAccessPointsOnly,
    weaken: changeStatement('AccessPointsOnly', 'Condition.ArnNotLike', { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' }),
    undone: ['access-points-only'],
    told: "statement 'AccessPointsOnly' was changed: Condition is",
  },
  {
    how: 'direct reads spared',
    make: throughAccessPointsOnly,
    weaken: changeStatement('AccessPointsOnly', 'Action', ['s3:PutObject*', 's3:DeleteObject*']),
    undone: ['access-points-only'],
    told: "statement 'AccessPointsOnly' was changed: Action is",
  },

  // endpoints
  {
    how: 'AccessPointsAndBuckets for every resource',
    make: endpoint,
    weaken: changeStatement('AccessPointsAndBuckets', 'Resource', '*'),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'AccessPointsAndBuckets' lets requests through to every bucket",
  },
  {
    how: 'AccessPointsAndBuckets removed',
    make: endpoint,
    weaken: removeStatement('AccessPointsAndBuckets'),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'AccessPointsAndBuckets' is not in the endpoint policy",
  },
  {
    how: 'writing to the buckets of AWS',
    make: endpoint,
    weaken: changeStatement('AwsEcrLayers', 'Action', 's3:*'),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'AwsEcrLayers' was changed: Action is",
  },
  {
    how: 'no endpoint policy at all',
    make: endpoint,
    weaken: subject => cfn(subject).addPropertyDeletionOverride('PolicyDocument'),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'AccessPointsAndBuckets' is not in the endpoint policy",
  },
  ...['*', 'arn:*', 'arn:aws:s3*', 'arn:aws:s3:::*', 'arn:aws:s3:::*/*', 'arn:aws:s3:::*/public/*', 'arn:*:s3:*:*:*'].map((resource): Weakening => ({
    how: `an endpoint policy that also allows ${resource}`,
    make: endpoint,
    weaken: letThrough(resource),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'ByHand' lets requests through to every bucket",
  })),
  ...([
    ['of one principal', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }],
    ['over TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['of buckets that are not those of one account', { StringNotEquals: { 'aws:ResourceAccount': '777788889999' } }],
    ['of any account', { StringLike: { 'aws:ResourceAccount': '*' } }],
    ['of any account of twelve digits', { StringLike: { 'aws:ResourceAccount': '????????????' } }],
    ['of any account that is named beside another one', { StringLike: { 'aws:ResourceAccount': [ACCOUNT, '*'] } }],
    ['of the account of who asks', { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }],
    ['without an account, for all values of none', { 'ForAllValues:StringEquals': { 'aws:ResourceAccount': ACCOUNT } }],
    ['without an account', { StringEqualsIfExists: { 'aws:ResourceAccount': ACCOUNT } }],
    ['through any access point', { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/*' } }],
    ['of any organization', { 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': '*/*' } }],
  ] as [string, iam.Conditions][]).map(([how, conditions]): Weakening => ({
    how: `an endpoint policy that also allows every request ${how}`,
    make: endpoint,
    weaken: letThrough('*', { conditions }),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'ByHand' lets requests through to every bucket",
  })),
  ...['arn:aws:s3:::*-*', 'arn:aws:s3:::?*.*', 'arn:aws:s3:::${aws:PrincipalAccount}', 'arn:aws:s3:*:*:accesspoint/*', '*/x', 'arn:aws:s3:*/x'].map((resource): Weakening => ({
    how: `an endpoint policy that also allows ${resource}`,
    make: endpoint,
    weaken: letThrough(resource),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'ByHand' lets requests through to every bucket",
  })),
  ...([
    ['If', { 'Fn::If': ['C', '*', 'arn:aws:s3:::example'] }],
    ['Select', { 'Fn::Select': [0, ['*']] }],
    ['Sub with variables', { 'Fn::Sub': ['arn:aws:s3:::${X}', { X: '*' }] }],
    ['Sub of a parameter', { 'Fn::Sub': 'arn:aws:s3:::${Open}/*' }],
    ['Sub of a policy variable', { 'Fn::Sub': 'arn:aws:s3:::${!aws:PrincipalAccount}/*' }],
    ['Join of a parameter', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Open' }]] }],
    ['Join of an If', { 'Fn::Join': ['', [{ 'Fn::If': ['C', 'arn:aws:s3:::*', 'arn:aws:s3:::example'] }, '/*']] }],
    ['Join of a list that only CloudFormation knows', { 'Fn::Join': ['', { Ref: 'Open' }] }],
    ['a parameter', { Ref: 'Open' }],
    ['a list with a parameter', ['arn:aws:s3:::example', { Ref: 'Open' }]],
  ] as [string, unknown][]).map(([what, resource]): Weakening => ({
    how: `an endpoint policy that also allows what may be every bucket: ${what}`,
    make: endpoint,
    weaken: subject => {
      new CfnParameter(subject.stack, 'Open', { default: '*' });
      new CfnCondition(subject.stack, 'C', { expression: Fn.conditionEquals(1, 1) });
      cfn(subject).addPropertyOverride('PolicyDocument.Statement.2', { Sid: 'ByHand', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: resource });
    },
    undone: ['vpc-endpoint-confined'],
    told: "statement 'ByHand' lets requests through to every bucket",
  })),
  {
    how: 'an endpoint policy that also allows all but one bucket',
    make: endpoint,
    weaken: (subject: ec2.VpcEndpoint) => subject.addToPolicy(new iam.PolicyStatement({
      sid: 'ByHand', principals: [new iam.AnyPrincipal()], actions: ['s3:*'], notResources: ['arn:aws:s3:::example/*'],
    })),
    undone: ['vpc-endpoint-confined'],
    told: "statement 'ByHand' lets requests through to every bucket",
  },
];
