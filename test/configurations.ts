import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import {
  AccessLogBucket, AccessPoint, AccessPointDelegation, AccessPointProps, AwsServiceBucket, BucketAccess, ComplianceArchive, ComplianceArchiveProps,
  Encryption, EnrichingObjectLambda, ImageObjectLambda, ImageWatermark, JwtIssuer, MfaDelete, MultiRegionAccessPoint, NetworkPerimeter,
  NetworkPerimeterOptions, ObjectLambdaAccessPoint, ObjectLambdaAction, PresignedUrls, RedactedCopy, RedactedEndpoint,
  RedactedEndpointProps, RedactingObjectLambdaAccessPoint, RedactingObjectLambdaAccessPointProps, Redaction, Retention,
  SecureBucket, SecureBucketProps, TlsVersion, VpcAccessPoint, VpcAccessPointProps, XmlToJsonObjectLambda,
} from '../src';

/** Whose bucket it is, and where. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const BUCKET_NAME = 'example-data';
export const ORGANIZATION = 'o-exampleorg1';
/** The account that the cross-account configurations grant rights to. */
export const PARTNER_ACCOUNT = '444455556666';

const VPC_ENDPOINT = 'vpce-0123456789abcdef0';
const VPC = 'vpc-0123456789abcdef0';
const CIDRS = ['203.0.113.0/24', '2001:db8:1::/48'];

const VIEW_NAME = 'analytics';

const ACCESS_POINT_NAME = 'finance';
const PREFIXES = ['finance/', 'shared/finance/'];

/** Builds constructs in a stack and returns the bucket, access point or endpoint whose policy is judged. */
export type Configuration = (stack: Stack) => IConstruct;

function bucket(stack: Stack, props: SecureBucketProps = {}): SecureBucket {
  return new SecureBucket(stack, 'Bucket', { bucketName: BUCKET_NAME, ...props });
}

function secure(props: () => SecureBucketProps): Configuration {
  return stack => bucket(stack, props());
}

function network(options: NetworkPerimeterOptions): { network: NetworkPerimeter } {
  return { network: NetworkPerimeter.of(options) };
}

function mfaDelete(exemptPrincipals?: iam.IRole[]): { mfaDelete: MfaDelete } {
  return { mfaDelete: MfaDelete.required({ maxAge: Duration.minutes(15), exemptPrincipals }) };
}

function named(stack: Stack, roleName: string): iam.Role {
  return new iam.Role(stack, roleName, { roleName, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

function accessPoint(stack: Stack, to: SecureBucket, props: Partial<AccessPointProps> = {}): AccessPoint {
  const name = props.name ?? ACCESS_POINT_NAME;
  return new AccessPoint(stack, name, { bucket: to, name, ...props });
}

function pointed(bucketProps: SecureBucketProps, props: Partial<AccessPointProps>): Configuration {
  return stack => accessPoint(stack, bucket(stack, bucketProps), props);
}

function vpcAccessPoint(stack: Stack, props: Partial<VpcAccessPointProps> = {}): VpcAccessPoint {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: VPC, availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-0123456789abcdef0'], privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
  });
  return new VpcAccessPoint(stack, 'AccessPoint', { bucket: bucket(stack), vpc, name: ACCESS_POINT_NAME, ...props });
}

function view(stack: Stack, props: Partial<RedactingObjectLambdaAccessPointProps> = {}): RedactingObjectLambdaAccessPoint {
  const judged = new RedactingObjectLambdaAccessPoint(stack, 'View', {
    bucket: bucket(stack, { encryption: Encryption.kms() }), redaction: Redaction.of(), prefixes: ['orders/'], name: VIEW_NAME, ...props,
  });
  judged.grantRead(named(stack, 'view-reader'));
  return judged;
}

function ownView(stack: Stack, actions: ObjectLambdaAction[]): ObjectLambdaAccessPoint {
  const handler = lambda.Function.fromFunctionArn(stack, 'Own', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:own`);
  const bucketElsewhere = s3.Bucket.fromBucketName(stack, 'Bucket', BUCKET_NAME);
  return new ObjectLambdaAccessPoint(stack, 'View', { bucket: bucketElsewhere, handler, actions, name: VIEW_NAME, dashboard: false });
}

function ofImportedBucket(stack: Stack): { bucket: s3.IBucket; name: string; dashboard: boolean } {
  return { bucket: s3.Bucket.fromBucketName(stack, 'Bucket', BUCKET_NAME), name: VIEW_NAME, dashboard: false };
}

function redactedEndpoint(stack: Stack, props: Pick<RedactedEndpointProps, 'bucket' | 'prefixes' | 'jwtIssuer'>): RedactedEndpoint {
  return new RedactedEndpoint(stack, 'View', { redaction: Redaction.of(), dashboard: false, ...props });
}

/** A second stack of the app. */
function elsewhere(stack: Stack, account: string, region: string): Stack {
  return new Stack(stack.node.root as App, 'Elsewhere', { env: { account, region } });
}

/** Every shape of bucket policy that the tables of requests speak of, by the name they use. */
export const CONFIGURATIONS = {
  // encryption
  default: secure(() => ({})),
  kms: secure(() => ({ encryption: Encryption.kms() })),
  dualLayerKms: secure(() => ({ encryption: Encryption.dualLayerKms() })),
  customerProvided: secure(() => ({ encryption: Encryption.customerProvided() })),
  clientSide: secure(() => ({ encryption: Encryption.clientSide() })),
  defaultHeaders: secure(() => ({ requireEncryptionHeaders: true })),
  kmsHeaders: secure(() => ({ encryption: Encryption.kms(), requireEncryptionHeaders: true })),
  dualLayerKmsHeaders: secure(() => ({ encryption: Encryption.dualLayerKms(), requireEncryptionHeaders: true })),
  clientSideHeaders: secure(() => ({ encryption: Encryption.clientSide(), requireEncryptionHeaders: true })),

  // transport and access
  tls13: secure(() => ({ minimumTlsVersion: TlsVersion.TLS_1_3 })),
  mfa: secure(() => mfaDelete()),
  mfaExempt: stack => bucket(stack, mfaDelete([named(stack, 'retention-worker')])),
  presigned15m: secure(() => ({ presignedUrls: PresignedUrls.maxAge(Duration.minutes(15)) })),
  presignedDenied: secure(() => ({ presignedUrls: PresignedUrls.denied() })),
  presignedUnrestricted: secure(() => ({ presignedUrls: PresignedUrls.unrestricted() })),

  // where requests come from
  networkVpce: secure(() => network({ vpcEndpointIds: [VPC_ENDPOINT] })),
  networkVpc: secure(() => network({ vpcIds: [VPC] })),
  networkCidr: secure(() => network({ cidrs: CIDRS })),
  networkAll: secure(() => network({ vpcEndpointIds: [VPC_ENDPOINT], vpcIds: [VPC], cidrs: CIDRS })),
  networkDeployRoles: stack => bucket(stack, network({ vpcEndpointIds: [VPC_ENDPOINT], deployRoles: [named(stack, 'release-pipeline')] })),
  organization: secure(() => ({ organizationId: ORGANIZATION })),
  networkAndOrganization: secure(() => ({ ...network({ vpcEndpointIds: [VPC_ENDPOINT] }), organizationId: ORGANIZATION })),
  everything: secure(() => ({
    ...network({ vpcEndpointIds: [VPC_ENDPOINT], vpcIds: [VPC], cidrs: CIDRS }),
    ...mfaDelete(),
    encryption: Encryption.kms(),
    organizationId: ORGANIZATION,
    presignedUrls: PresignedUrls.maxAge(Duration.minutes(15)),
  })),

  // the custom resources of the CDK behind a network perimeter
  autoDeleteNetwork: secure(() => ({
    ...network({ vpcEndpointIds: [VPC_ENDPOINT] }), removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true,
  })),
  notificationsNetwork: stack => {
    const judged = bucket(stack, network({ vpcEndpointIds: [VPC_ENDPOINT] }));
    judged.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
    return judged;
  },

  // access logs: the policy of the bucket that takes them
  logBucket: stack => {
    const logs = new AccessLogBucket(stack, 'Logs');
    bucket(stack, { accessLogs: logs, accessLogsPrefix: 'data/' });
    return logs;
  },

  // rights of others
  crossAccountRead: granted({}, judged => judged.grantCrossAccountRead(PARTNER_ACCOUNT, 'shared/')),
  crossAccountWrite: granted({}, judged => judged.grantCrossAccountWrite(PARTNER_ACCOUNT, 'shared/')),
  crossAccountOrganization: granted({}, judged => judged.grantCrossAccountRead(ORGANIZATION)),
  crossAccountReadKms: granted({ encryption: Encryption.kms() }, judged => judged.grantCrossAccountRead(PARTNER_ACCOUNT, 'shared/')),
  crossAccountWriteKms: granted({ encryption: Encryption.kms() }, judged => judged.grantCrossAccountWrite(PARTNER_ACCOUNT, 'shared/')),
  crossAccountOrganizationKms: granted({ encryption: Encryption.kms() }, judged => judged.grantCrossAccountRead(ORGANIZATION)),
  cloudFront: stack => {
    const judged = bucket(stack, { encryption: Encryption.kms() });
    new cloudfront.Distribution(stack, 'Website', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(judged) } });
    return judged;
  },

  // write-once archives: the policy of their bucket, and of the bucket for the evidence
  archive: stack => archive(stack, { maximumRetention: Duration.days(3653), administrators: [named(stack, 'archive-administrator')] }).bucket,
  archiveGranted: stack => {
    const judged = archive(stack);
    judged.grantArchive(named(stack, 'archive-writer'));
    judged.grantArchive(new iam.ArnPrincipal(`arn:aws:iam::${PARTNER_ACCOUNT}:role/Partner`), 'deliveries/');
    judged.grantRead(named(stack, 'archive-reader'));
    judged.grantLegalHold(named(stack, 'hold-officer'));
    judged.grantLegalHold(judged.legalHoldJobRole);
    judged.grantExtendRetention(named(stack, 'retention-officer'));
    return judged.bucket;
  },
  archiveGovernance: stack => {
    const judged = archive(stack, { retention: Retention.governance(Duration.days(365)), encryption: Encryption.s3Managed() });
    judged.grantExtendRetention(named(stack, 'retention-officer'));
    return judged.bucket;
  },
  archiveBypass: stack => {
    const judged = archive(stack, {
      retention: Retention.governance(Duration.days(365)),
      minimumRetention: Duration.days(30),
      maximumRetention: Duration.days(3653),
      administrators: [named(stack, 'archive-administrator')],
      encryption: Encryption.s3Managed(),
    });
    judged.grantBypassGovernance(named(stack, 'eraser'));
    return judged.bucket;
  },
  archiveClosed: stack => {
    const judged = archive(stack, {
      ...network({ vpcEndpointIds: [VPC_ENDPOINT] }),
      encryption: Encryption.s3Managed(),
      bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY,
      directAccessRoles: [named(stack, 'backup')],
    });
    judged.grantLegalHold(judged.legalHoldJobRole);
    judged.grantLegalHold(named(stack, 'hold-officer'));
    return judged.bucket;
  },
  archiveEvidence: stack => archive(stack, { encryption: Encryption.s3Managed(), evidence: true }).evidenceBucket!,

  // access points: their own policy
  accessPoint: pointed({}, {}),
  accessPointPrefixes: pointed({}, { prefixes: PREFIXES }),
  accessPointGrants: stack => {
    const judged = accessPoint(stack, bucket(stack, { encryption: Encryption.kms() }), { prefixes: PREFIXES });
    judged.grantRead(named(stack, 'finance-reader'));
    judged.grantWrite(named(stack, 'finance-writer'), 'finance/incoming/');
    judged.grantReadWrite(named(stack, 'finance-editor'), 'finance/2026/');
    judged.grantDelete(named(stack, 'finance-cleaner'), 'finance/tmp/');
    judged.grantList(named(stack, 'finance-auditor'), 'finance/');
    judged.grantRead(new iam.AccountPrincipal(PARTNER_ACCOUNT), 'shared/finance/');
    judged.grantReadWrite(new iam.OrganizationPrincipal(ORGANIZATION), 'finance/group/');
    judged.grantWrite(new iam.ServicePrincipal('delivery.logs.amazonaws.com'), 'finance/logs/');
    judged.grantDelete(iam.Role.fromRoleArn(stack, 'Cleaner', 'arn:aws:iam::777788889999:role/Cleaner'), 'finance/tmp/');
    judged.grantList(iam.Role.fromRoleArn(stack, 'Auditor', 'arn:aws:iam::777788889999:role/Auditor'));
    judged.grantReadWrite(named(elsewhere(stack, '777788889999', REGION), 'finance-guest'), 'finance/guest/');
    return judged;
  },
  vpcAccessPoint: stack => vpcAccessPoint(stack),
  vpcAccessPointEndpoint: stack => vpcAccessPoint(stack, {
    endpoint: ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: VPC_ENDPOINT, port: 443 }),
  }),
  multiRegion: stack => new MultiRegionAccessPoint(stack, 'AccessPoint', {
    name: ACCESS_POINT_NAME, buckets: [bucket(stack), bucket(elsewhere(stack, ACCOUNT, 'us-east-1'))], prefixes: PREFIXES,
  }),
  vpcEndpoint: stack => vpcAccessPoint(stack, { serviceBuckets: [AwsServiceBucket.ECR_LAYERS, AwsServiceBucket.CLOUDFORMATION] }).endpoint,

  // Object Lambda: the policy of its access point, and of the one behind it
  objectLambda: stack => view(stack),
  objectLambdaMeasured: stack => view(stack, { measureOnHead: true, dashboard: false }),
  objectLambdaSupporting: stack => ownView(stack, Object.values(ObjectLambdaAction)).node.findChild('SupportingAccessPoint'),
  objectLambdaContent: stack => ownView(stack, [ObjectLambdaAction.GET_OBJECT, ObjectLambdaAction.HEAD_OBJECT]),
  objectLambdaListings: stack => {
    const judged = ownView(stack, [ObjectLambdaAction.LIST_OBJECTS]);
    judged.grantRead(named(stack, 'view-lister'));
    return judged;
  },
  objectLambdaXmlToJson: stack => new XmlToJsonObjectLambda(stack, 'View', { ...ofImportedBucket(stack), arrays: ['/orders/order'] }),
  objectLambdaImage: stack => new ImageObjectLambda(stack, 'View', { ...ofImportedBucket(stack), watermark: ImageWatermark.callerName() }),
  objectLambdaEnriching: stack => new EnrichingObjectLambda(stack, 'View', {
    ...ofImportedBucket(stack),
    table: new dynamodb.Table(stack, 'Customers', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    }),
    keyColumn: 'customer',
    columns: { segment: 'segment' },
  }),

  // views without Object Lambda: the policy of their function
  redactedEndpoint: stack => {
    const judged = redactedEndpoint(stack, {
      bucket: bucket(stack, { encryption: Encryption.kms() }),
      prefixes: ['orders/'],
      jwtIssuer: JwtIssuer.oidc({ issuer: 'https://login.example.com', audience: ['view'] }),
    });
    judged.grantRead(named(stack, 'view-reader'));
    judged.grantReadToClaim('groups', 'analysts', 'orders/eu/');
    return judged;
  },
  redactedEndpointPlain: stack => {
    const judged = redactedEndpoint(stack, { bucket: s3.Bucket.fromBucketName(stack, 'Bucket', BUCKET_NAME) });
    judged.grantRead(named(stack, 'view-reader'));
    return judged;
  },
  redactedCopy: stack => new RedactedCopy(stack, 'Copy', {
    source: bucket(stack, { encryption: Encryption.kms(), eventBridge: true }),
    destination: new SecureBucket(stack, 'Copies', { bucketName: 'example-copies', encryption: Encryption.kms() }),
    redaction: Redaction.of(),
    prefixes: ['orders/'],
    destinationPrefix: 'redacted/',
    dashboard: false,
  }),

  // access points: the policy of their bucket
  delegationByAccount: stack => accessPoint(stack, bucket(stack)).bucket,
  delegationByArn: stack => {
    const judged = bucket(stack, { accessPointDelegation: AccessPointDelegation.BY_ARN });
    accessPoint(stack, judged);
    accessPoint(stack, judged, { name: 'sales' });
    return judged;
  },
  delegationCrossAccount: stack => {
    const judged = bucket(stack);
    accessPoint(elsewhere(stack, PARTNER_ACCOUNT, REGION), judged);
    return judged;
  },
  accessPointsOnly: stack => accessPoint(stack, bucket(stack, { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY })).bucket,
  accessPointsOnlyAutoDelete: stack => accessPoint(stack, bucket(stack, {
    bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true,
  })).bucket,
  accessPointsOnlyByArn: stack => accessPoint(stack, bucket(stack, {
    bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY,
    accessPointDelegation: AccessPointDelegation.BY_ARN,
    directAccessRoles: [named(stack, 'backup')],
  })).bucket,
  confinedBucket: stack => vpcAccessPoint(stack, { confineBucket: true }).bucket,
} satisfies Record<string, Configuration>;

function archive(stack: Stack, props: Partial<ComplianceArchiveProps> = {}): ComplianceArchive {
  return new ComplianceArchive(stack, 'Archive', { bucketName: 'example-archive', retention: Retention.complianceYears(7), ...props });
}

function granted(props: SecureBucketProps, grant: (judged: SecureBucket) => void): Configuration {
  return stack => {
    const judged = bucket(stack, props);
    grant(judged);
    return judged;
  };
}

export type ConfigurationName = keyof typeof CONFIGURATIONS;

export const CONFIGURATION_NAMES = Object.keys(CONFIGURATIONS) as ConfigurationName[];

/** A stack of its own for one configuration, as `ACCOUNT` would deploy it to `REGION`. */
export function build(name: ConfigurationName): { stack: Stack; judged: IConstruct } {
  const stack = new Stack(new App(), 'Example', { env: { account: ACCOUNT, region: REGION } });
  return { stack, judged: CONFIGURATIONS[name](stack) };
}
