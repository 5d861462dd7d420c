import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import {
  AccessLogBucket, AccessPoint, ComplianceArchive, Encryption, JwtIssuer, LockedGlacierVault, LoggingBucketPair, Mask, MultiRegionAccessPoint,
  RedactedCopy, RedactedEndpoint, RedactingObjectLambdaAccessPoint, Redaction, Retention, SecureBucket, VpcAccessPoint,
} from '../../src';
import { SecureS3Plugin } from '../../src/checks/secure-s3-plugin';
import { BucketFacts } from '../../src/guarantees/facts';

/** What the outside rule sets judge: each construct in a stack, so in a template, of its own. */
export function ourApp(): App {
  const app = new App();
  new SecureBucket(new Stack(app, 'Default'), 'SecureBucket');
  new SecureBucket(new Stack(app, 'Kms'), 'SecureBucket', { encryption: Encryption.kms() });
  new SecureBucket(new Stack(app, 'DualLayerKms'), 'SecureBucket', { encryption: Encryption.dualLayerKms() });
  new SecureBucket(new Stack(app, 'ClientSide'), 'SecureBucket', { encryption: Encryption.clientSide() });
  new AccessLogBucket(new Stack(app, 'Logs'), 'AccessLogBucket');
  new LoggingBucketPair(new Stack(app, 'Pair'), 'LoggingBucketPair', { analytics: true });
  new ComplianceArchive(new Stack(app, 'Archive'), 'ComplianceArchive', { retention: Retention.complianceYears(7), evidence: true });
  new LockedGlacierVault(new Stack(app, 'Vault'), 'LockedGlacierVault', { vaultName: 'ledger', retention: Duration.days(365) });
  accessPoints(new Stack(app, 'AccessPoints'));
  multiRegion(app);
  objectLambda(new Stack(app, 'ObjectLambda'));
  withoutObjectLambda(new Stack(app, 'Views'));
  complete(new Stack(app, 'Complete'));
  return app;
}

/** To a bucket of another stack, so that what is found is about the access points and the endpoint. */
function accessPoints(stack: Stack): void {
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'example-data');
  new AccessPoint(stack, 'AccessPoint', { bucket, prefixes: ['finance/'] });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
  });
  new VpcAccessPoint(stack, 'VpcAccessPoint', { bucket, vpc });
}

function objectLambda(stack: Stack): void {
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'example-data');
  const hashKey = secretsmanager.Secret.fromSecretNameV2(stack, 'HashKey', 'hash-key');
  const view = new RedactingObjectLambdaAccessPoint(stack, 'RedactingObjectLambdaAccessPoint', {
    bucket, hashKey, redaction: Redaction.of({ mask: Mask.hash() }), prefixes: ['orders/'], reservedConcurrentExecutions: 10, measureOnHead: true,
  });
  view.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
}

function withoutObjectLambda(stack: Stack): void {
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'example-data');
  const jwtIssuer = JwtIssuer.oidc({ issuer: 'https://login.example.com', audience: ['view'] });
  const endpoint = new RedactedEndpoint(stack, 'RedactedEndpoint', {
    bucket, jwtIssuer, redaction: Redaction.of(), prefixes: ['orders/'], reservedConcurrentExecutions: 10,
  });
  endpoint.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
  new RedactedCopy(stack, 'RedactedCopy', {
    source: bucket, destination: s3.Bucket.fromBucketName(stack, 'Copies', 'example-copies'), redaction: Redaction.of(), prefixes: ['orders/'], reservedConcurrentExecutions: 10,
  });
}

function multiRegion(app: App): void {
  const account = '111122223333';
  const ireland = new Stack(app, 'Ireland', { env: { account, region: 'eu-west-1' } });
  const virginia = new Stack(app, 'Virginia', { env: { account, region: 'us-east-1' } });
  new MultiRegionAccessPoint(new Stack(app, 'MultiRegion', { env: { account } }), 'MultiRegionAccessPoint', {
    buckets: [ireland, virginia].map(stack => new SecureBucket(stack, 'SecureBucket', { bucketName: `example-${stack.node.id.toLowerCase()}` })),
  });
}

/** Every option that meets a rule which the defaults leave to the app. */
function complete(stack: Stack): void {
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  key.addToResourcePolicy(new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  }));
  new LoggingBucketPair(stack, 'LoggingBucketPair', {
    encryption: Encryption.kms({ key }),
    eventBridge: true,
    objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)),
    replicationRules: [{ destination: s3.Bucket.fromBucketName(stack, 'Replica', 'replica') }],
    replicationRole: iam.Role.fromRoleName(stack, 'Replication', 'replication'),
  });
}

/** What the rules are known to find something in. */
export function plainApp(): App {
  const app = new App();
  const stack = new Stack(app, 'Plain');
  const bucket = new s3.Bucket(stack, 'Bucket');
  new kms.Key(stack, 'Key');
  new s3.CfnAccessPoint(stack, 'AccessPoint', { bucket: bucket.bucketName, publicAccessBlockConfiguration: { blockPublicPolicy: false } });
  // Some rules are silent about a bucket that leaves its block of public access to S3, or that has no policy.
  new s3.Bucket(stack, 'Opened', { blockPublicAccess: new s3.BlockPublicAccess({ blockPublicPolicy: false }) })
    .addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], principals: [new iam.AccountRootPrincipal()], resources: ['*'] }));
  return app;
}

/** Synthesizes, without the report that CDK prints of every validation; a failed one throws. */
export function synthesize(app: App): cxapi.CloudAssembly {
  const print = jest.spyOn(console, 'error').mockImplementation();
  try {
    return app.synth();
  } finally {
    print.mockRestore();
  }
}

/** The buckets that a guarantee speaks of, from guarantee to their paths; needs the app to be synthesized. */
export function pathsByGuarantee(app: App, narrowed: Record<string, (facts: BucketFacts) => boolean>): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { guarantee, subject } of SecureS3Plugin.of(app)!.verdicts()) {
    if (narrowed[guarantee.id]?.(subject.facts as BucketFacts) ?? true) {
      paths.set(guarantee.id, [...paths.get(guarantee.id) ?? [], subject.construct.node.path]);
    }
  }
  return paths;
}

/** A resource by the path of the construct that it is the resource of. */
export function constructPath(resource: string): string {
  return resource.replace(/\/Resource$/, '');
}

export function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

export function resources(scope: IConstruct): CfnResource[] {
  return scope.node.findAll().filter(CfnResource.isCfnResource);
}

/** The values of one field of a list of accepted findings. */
export function split(field: string): string[] {
  return field.split(', ');
}

/** One entry of a list of accepted findings, as a line for every combination of its values. */
export function combinations(...fields: string[]): string[] {
  return fields.map(split).reduce((lines, values) => lines.flatMap(line => values.map(value => `${line} ${value}`)));
}
