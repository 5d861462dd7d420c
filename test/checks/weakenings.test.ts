import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ACCESS_POINT_WEAKENINGS } from './access-point-weakenings';
import { OBJECT_LAMBDA_WEAKENINGS } from './object-lambda-weakenings';
import { REDACTED_VIEW_WEAKENINGS } from './redacted-view-weakenings';
import { newStack, synthOf } from './synth';
import { cfn, changeStatement, policy, removeStatement, set, sidsOf, Weakening } from './weakening';
import { ComplianceArchive } from '../../src/archive/compliance-archive';
import { ComplianceArchiveProps } from '../../src/archive/compliance-archive-props';
import { Retention } from '../../src/archive/retention';
import { Encryption } from '../../src/bucket/encryption';
import { MfaDelete } from '../../src/bucket/mfa-delete';
import { NetworkPerimeter } from '../../src/bucket/network-perimeter';
import { PresignedUrls } from '../../src/bucket/presigned-urls';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { CATALOGUE } from '../../src/guarantees/catalogue';
import { AccessLogBucket } from '../../src/logging/access-log-bucket';

const logs = (stack: Stack) => new AccessLogBucket(stack, 'Data');
const logsWithSource = (stack: Stack) => {
  const bucket = logs(stack);
  new SecureBucket(stack, 'Source', { accessLogs: bucket });
  return bucket;
};
const loggedBucket = (stack: Stack) => new SecureBucket(stack, 'Data', { accessLogs: new AccessLogBucket(stack, 'Logs'), accessLogsPrefix: 'data/' });
const archive = (stack: Stack, props: Partial<ComplianceArchiveProps> = {}) =>
  new ComplianceArchive(stack, 'Data', { retention: Retention.complianceYears(7), maximumRetention: Duration.days(3653), ...props });
const archiveBucket = (stack: Stack) => archive(stack).bucket;
const evidentArchiveBucket = (stack: Stack) => archive(stack, { evidence: true }).bucket;
const grantedArchiveBucket = (stack: Stack) => {
  const granted = archive(stack, { retention: Retention.governance(Duration.days(365)) });
  granted.grantBypassGovernance(new iam.Role(stack, 'Eraser', { assumedBy: new iam.AccountRootPrincipal() }));
  return granted.bucket;
};
const network = () => ({ network: NetworkPerimeter.of({ vpcIds: ['vpc-0123456789abcdef0'] }) });

const BUCKET_WEAKENINGS: Weakening<s3.Bucket>[] = [
  // statements
  { how: 'TlsOnly removed', weaken: removeStatement('TlsOnly'), undone: ['tls-only'], told: "statement 'TlsOnly' is not in the bucket policy" },
  {
    how: 'TlsOnly turned into an Allow',
    weaken: changeStatement('TlsOnly', 'Effect', 'Allow'),
    undone: ['tls-only'],
    told: "statement 'TlsOnly' was changed: Effect is \"Allow\" instead of \"Deny\"",
  },
  {
    how: 'TlsOnly narrowed to one action',
    weaken: changeStatement('TlsOnly', 'Action', 's3:GetObject'),
    undone: ['tls-only'],
    told: 'Action is "s3:GetObject" instead of "s3:*"',
  },
  {
    how: 'TlsOnly narrowed to one principal',
    weaken: changeStatement('TlsOnly', 'Principal', { AWS: 'arn:aws:iam::111122223333:root' }),
    undone: ['tls-only'],
    told: 'Principal is {"AWS":"arn:aws:iam::111122223333:root"} instead of {"AWS":"*"}',
  },
  {
    how: 'TlsOnly with a second condition',
    weaken: changeStatement('TlsOnly', 'Condition.StringEquals', { 'aws:PrincipalAccount': '111122223333' }),
    undone: ['tls-only'],
    told: "statement 'TlsOnly' was changed: Condition is",
  },
  {
    how: 'TlsOnly for the objects only',
    weaken: bucket => changeStatement('TlsOnly', 'Resource', [bucket.arnForObjects('*')])(bucket),
    undone: ['tls-only'],
    told: "statement 'TlsOnly' was changed: Resource is",
  },
  {
    how: 'a lower TLS version',
    weaken: changeStatement('MinimumTlsVersion', 'Condition.NumericLessThan', { 's3:TlsVersion': '1.0' }),
    undone: ['minimum-tls-version'],
    told: /statement 'MinimumTlsVersion' was changed: Condition is .*"1\.0".* instead of .*"1\.2"/,
  },
  { how: 'NetworkPerimeter removed', props: network, weaken: removeStatement('NetworkPerimeter'), undone: ['network-perimeter'], told: "'NetworkPerimeter' is not in" },
  {
    how: 'another VPC let in',
    props: network,
    weaken: changeStatement('NetworkPerimeter', 'Condition.StringNotEqualsIfExists', { 'aws:SourceVpc': ['vpc-0123456789abcdef0', 'vpc-00000000'] }),
    undone: ['network-perimeter'],
    told: 'vpc-00000000',
  },
  {
    how: 'every role let in',
    props: network,
    weaken: changeStatement('NetworkPerimeter', 'Condition.ArnNotLikeIfExists', { 'aws:PrincipalArn': '*' }),
    undone: ['network-perimeter'],
    told: "statement 'NetworkPerimeter' was changed: Condition is",
  },
  {
    how: 'NetworkPerimeterServices removed',
    props: network,
    weaken: removeStatement('NetworkPerimeterServices'),
    undone: ['network-perimeter'],
    told: "'NetworkPerimeterServices' is not in",
  },
  {
    how: 'OrganizationOnly removed',
    props: () => ({ organizationId: 'o-exampleorg1' }),
    weaken: removeStatement('OrganizationOnly'),
    undone: ['organization-only'],
    told: "'OrganizationOnly' is not in",
  },
  {
    how: 'another organization',
    props: () => ({ organizationId: 'o-exampleorg1' }),
    weaken: changeStatement('OrganizationServices', 'Condition.StringNotEqualsIfExists', { 'aws:SourceOrgID': 'o-otherorg111' }),
    undone: ['organization-only'],
    told: /statement 'OrganizationServices' was changed: Condition is .*o-otherorg111.* instead of .*o-exampleorg1/,
  },
  {
    how: 'older presigned URLs',
    weaken: changeStatement('PresignedUrls', 'Condition.NumericGreaterThan', { 's3:signatureAge': '604800000' }),
    undone: ['presigned-urls'],
    told: '604800000',
  },
  { how: 'signature version 2', weaken: removeStatement('NoSignatureVersion2'), undone: ['presigned-urls'], told: "'NoSignatureVersion2' is not in" },
  {
    how: 'presigned URLs denied, then allowed',
    props: () => ({ presignedUrls: PresignedUrls.denied() }),
    weaken: removeStatement('PresignedUrls'),
    undone: ['presigned-urls'],
    told: "'PresignedUrls' is not in",
  },
  { how: 'any algorithm', weaken: removeStatement('EncryptionAlgorithm'), undone: ['encryption-algorithm'], told: "'EncryptionAlgorithm' is not in" },
  {
    how: 'replication left out of the writes',
    weaken: changeStatement('EncryptionAlgorithm', 'Action', 's3:PutObject'),
    undone: ['encryption-algorithm'],
    told: 'Action is "s3:PutObject" instead of ["s3:PutObject","s3:ReplicateObject","s3:UpdateObjectEncryption"]',
  },
  {
    how: 'a prefix spared from the encryption',
    weaken: bucket => changeStatement('EncryptionAlgorithm', 'Resource', bucket.arnForObjects('secret/*'))(bucket),
    undone: ['encryption-algorithm'],
    told: "statement 'EncryptionAlgorithm' was changed: Resource is",
  },
  {
    how: 'any key',
    props: () => ({ encryption: Encryption.kms() }),
    weaken: removeStatement('EncryptionKey'),
    undone: ['encryption-key'],
    told: "'EncryptionKey' is not in",
  },
  {
    how: 'the AWS managed key',
    props: () => ({ encryption: Encryption.dualLayerKms() }),
    weaken: removeStatement('NoAwsManagedKey'),
    undone: ['encryption-key'],
    told: "'NoAwsManagedKey' is not in",
  },
  {
    how: 'writes without headers',
    props: () => ({ requireEncryptionHeaders: true }),
    weaken: removeStatement('EncryptionHeadersRequired'),
    undone: ['encryption-headers-required'],
    told: "'EncryptionHeadersRequired' is not in",
  },
  { how: 'SSE-C by policy', weaken: removeStatement('NoCustomerProvidedKeys'), undone: ['sse-c-refused'], told: "'NoCustomerProvidedKeys' is not in" },
  {
    how: 'SSE-C by the bucket',
    weaken: set('BucketEncryption.ServerSideEncryptionConfiguration.0.BlockedEncryptionTypes.EncryptionType', ['NONE']),
    undone: ['sse-c-refused'],
    told: 'EncryptionType is ["NONE"] instead of ["SSE-C"]',
  },
  {
    how: 'writes without SSE-C',
    props: () => ({ encryption: Encryption.customerProvided() }),
    weaken: removeStatement('CustomerProvidedKeyRequired'),
    undone: ['sse-c-required'],
    told: "'CustomerProvidedKeyRequired' is not in",
  },
  {
    how: 'deleting versions without MFA',
    props: () => ({ mfaDelete: MfaDelete.required({ maxAge: Duration.minutes(5) }) }),
    weaken: removeStatement('MfaDelete'),
    undone: ['mfa-delete'],
    told: "'MfaDelete' is not in",
  },
  {
    how: 'the operator of MfaDelete without IfExists',
    props: () => ({ mfaDelete: MfaDelete.required({ maxAge: Duration.minutes(5) }) }),
    weaken: changeStatement('MfaDelete', 'Condition', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '300' } }),
    undone: ['mfa-delete'],
    told: '"NumericGreaterThan"',
  },

  // properties
  ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map(flag => ({
    how: `${flag} off`,
    weaken: set(`PublicAccessBlockConfiguration.${flag}`, false),
    undone: ['public-access-blocked'],
    told: `PublicAccessBlockConfiguration.${flag} is false instead of true`,
  })),
  {
    how: 'no public access block at all',
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('PublicAccessBlockConfiguration'),
    undone: ['public-access-blocked'],
    told: 'PublicAccessBlockConfiguration.BlockPublicAcls is missing instead of true',
  },
  {
    how: 'ACLs enabled',
    weaken: set('OwnershipControls.Rules.0.ObjectOwnership', 'ObjectWriter'),
    undone: ['acls-disabled'],
    told: 'ObjectWriter',
  },
  { how: 'a canned ACL', weaken: set('AccessControl', 'PublicRead'), undone: ['acls-disabled'], told: 'AccessControl is "PublicRead" instead of no canned ACL' },
  ...['*', 'https://*', 'http://*', '*://*', 'http*', 'https:*', 'h*', 'https://*:443'].map(origin => ({
    how: `any website may write, as ${origin}`,
    weaken: set('CorsConfiguration.CorsRules', [{ AllowedOrigins: ['https://www.example.com', origin], AllowedMethods: ['GET', 'PUT'] }]),
    undone: ['cors-confined'],
    told: 'instead of rules that name the origins of their write methods',
  })),
  {
    how: 'another default algorithm',
    weaken: set('BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm', 'aws:kms'),
    undone: ['default-encryption'],
    told: 'SSEAlgorithm is "aws:kms" instead of "AES256"',
  },
  {
    how: 'no default encryption',
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('BucketEncryption'),
    undone: ['default-encryption', 'sse-c-refused'],
    told: 'SSEAlgorithm is missing',
  },
  {
    how: 'another default key',
    props: () => ({ encryption: Encryption.kms() }),
    weaken: set('BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID', 'alias/aws/s3'),
    undone: ['default-encryption'],
    told: 'KMSMasterKeyID is "alias/aws/s3" instead of',
  },
  {
    how: 'no bucket key',
    props: () => ({ encryption: Encryption.kms() }),
    weaken: set('BucketEncryption.ServerSideEncryptionConfiguration.0.BucketKeyEnabled', false),
    undone: ['default-encryption'],
    told: 'BucketKeyEnabled is false instead of true',
  },
  {
    how: 'a key that stays the same',
    props: () => ({ encryption: Encryption.kms() }),
    weaken: bucket => (bucket.encryptionKey!.node.defaultChild as CfnResource).addPropertyOverride('EnableKeyRotation', false),
    undone: ['key-rotates'],
    told: 'EnableKeyRotation is false instead of true',
  },
  {
    how: 'a DSSE key that stays the same',
    props: () => ({ encryption: Encryption.dualLayerKms() }),
    weaken: bucket => (bucket.encryptionKey!.node.defaultChild as CfnResource).addPropertyDeletionOverride('EnableKeyRotation'),
    undone: ['key-rotates'],
    told: 'EnableKeyRotation is missing instead of true',
  },
  {
    how: 'a client-side key that stays the same',
    props: () => ({ encryption: Encryption.clientSide() }),
    weaken: bucket => ((bucket as SecureBucket).clientSideKey!.node.defaultChild as CfnResource).addPropertyOverride('EnableKeyRotation', false),
    undone: ['key-rotates'],
    told: 'EnableKeyRotation is false instead of true',
  },
  {
    how: 'a key that rotates every seven years',
    props: () => ({ encryption: Encryption.kms() }),
    weaken: bucket => (bucket.encryptionKey!.node.defaultChild as CfnResource).addPropertyOverride('RotationPeriodInDays', 2560),
    undone: ['key-rotates'],
    told: 'RotationPeriodInDays is 2560 instead of at most 365 days',
  },
  { how: 'versioning suspended', weaken: set('VersioningConfiguration.Status', 'Suspended'), undone: ['versioned'], told: 'Status is "Suspended" instead of "Enabled"' },
  {
    how: 'versioning that depends on a condition',
    weaken: set('VersioningConfiguration.Status', { 'Fn::If': ['Production', 'Enabled', 'Suspended'] }),
    undone: ['versioned'],
    told: '"Fn::If"',
  },
  {
    how: 'a bucket that goes with the stack',
    weaken: bucket => cfn(bucket).addOverride('DeletionPolicy', 'Delete'),
    undone: ['retained'],
    told: 'DeletionPolicy is "Delete" instead of "Retain"',
  },
  {
    how: 'a policy that goes with the stack',
    weaken: bucket => policy(bucket).addOverride('DeletionPolicy', 'Delete'),
    undone: ['retained'],
    told: 'DeletionPolicy is "Delete" instead of "Retain"',
  },
  {
    how: 'a key that goes with the stack',
    props: () => ({ encryption: Encryption.kms() }),
    weaken: bucket => (bucket.encryptionKey!.node.defaultChild as CfnResource).addOverride('UpdateReplacePolicy', 'Delete'),
    undone: ['retained'],
    told: 'UpdateReplacePolicy is "Delete" instead of "Retain"',
  },
  {
    how: 'stale uploads kept',
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('LifecycleConfiguration'),
    undone: ['stale-uploads-aborted'],
    told: 'LifecycleConfiguration.Rules is missing',
  },
  ...([
    ['disabled', 'Status', 'Disabled'],
    ['for a prefix only', 'Prefix', 'tmp/'],
    ['for a tag only', 'TagFilters', [{ Key: 'a', Value: 'b' }]],
    ['for large objects only', 'ObjectSizeGreaterThan', '1024'],
    ['for small objects only', 'ObjectSizeLessThan', '1024'],
    ['after a month', 'AbortIncompleteMultipartUpload.DaysAfterInitiation', 30],
  ] as const).map(([how, name, value]) => ({
    how: `stale uploads aborted ${how}`,
    weaken: set(`LifecycleConfiguration.Rules.0.${name}`, value),
    undone: ['stale-uploads-aborted'],
    told: 'instead of an enabled rule without filter that aborts uploads after at most 7 days',
  })),

  // access logs
  {
    how: 'access logs switched off',
    make: loggedBucket,
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('LoggingConfiguration'),
    undone: ['access-logged'],
    told: 'LoggingConfiguration.DestinationBucketName is missing',
  },
  {
    how: 'access logs sent elsewhere',
    make: loggedBucket,
    weaken: set('LoggingConfiguration.DestinationBucketName', 'somewhere-else'),
    undone: ['access-logged'],
    told: 'DestinationBucketName is "somewhere-else" instead of',
  },
  {
    how: 'another prefix, for which log delivery may not write',
    make: loggedBucket,
    weaken: set('LoggingConfiguration.LogFilePrefix', 'other/'),
    undone: ['access-logged'],
    told: 'LogFilePrefix is "other/" instead of "data/"',
  },
  {
    how: 'keys that do not name the source',
    make: loggedBucket,
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('LoggingConfiguration.TargetObjectKeyFormat'),
    undone: ['access-logged'],
    told: 'PartitionDateSource is missing instead of "EventTime"',
  },
  {
    how: 'a log bucket that logs to itself',
    make: logs,
    weaken: bucket => cfn(bucket).addPropertyOverride('LoggingConfiguration.DestinationBucketName', bucket.bucketName),
    undone: ['no-log-loop'],
    told: /access logs run in a circle: Stack\/Data -> Stack\/Data$/,
  },
  { how: 'a log bucket with Object Lock', make: logs, weaken: set('ObjectLockEnabled', true), undone: ['log-target-fit'], told: 'ObjectLockEnabled is true instead of no Object Lock' },
  {
    how: 'a log bucket with a default retention',
    make: logs,
    weaken: set('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } }),
    undone: ['log-target-fit'],
    told: 'ObjectLockConfiguration is',
  },
  {
    how: 'a log bucket with a KMS key',
    make: logs,
    weaken: set('BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault', { SSEAlgorithm: 'aws:kms' }),
    undone: ['default-encryption'],
    told: 'SSEAlgorithm is "aws:kms" instead of "AES256"',
  },
  {
    how: 'log delivery for any source',
    make: logs,
    weaken: bucket => bucket.addToResourcePolicy(logDelivery(bucket, { StringEquals: { 'aws:SourceAccount': '111122223333' } })),
    undone: ['log-writer-confined'],
    told: "statement 'ByHand' lets log delivery write for any source bucket: aws:SourceArn is missing",
  },
  {
    how: 'log delivery for any account',
    make: logs,
    weaken: bucket => bucket.addToResourcePolicy(logDelivery(bucket, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::example' } })),
    undone: ['log-writer-confined'],
    told: "statement 'ByHand' lets log delivery write for any account: aws:SourceAccount is not \"111122223333\"",
  },
  {
    how: 'log delivery for another account',
    make: logs,
    weaken: bucket => bucket.addToResourcePolicy(logDelivery(bucket, {
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::example' }, StringEquals: { 'aws:SourceAccount': '444455556666' },
    })),
    undone: ['log-writer-confined'],
    told: 'aws:SourceAccount is not "111122223333"',
  },
  {
    how: 'log delivery for several accounts',
    make: logs,
    weaken: bucket => bucket.addToResourcePolicy(logDelivery(bucket, {
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::example' }, StringEquals: { 'aws:SourceAccount': ['111122223333', '444455556666'] },
    })),
    undone: ['log-writer-confined'],
    told: 'aws:SourceAccount is not "111122223333"',
  },
  {
    how: 'log delivery whose conditions need not be there',
    make: logs,
    weaken: bucket => bucket.addToResourcePolicy(logDelivery(bucket, {
      ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:s3:::example' }, StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' },
    })),
    undone: ['log-writer-confined'],
    told: 'aws:SourceArn is missing',
  },
  {
    how: 'log delivery for every source of the account, where one was named',
    make: logsWithSource,
    weaken: changeStatement('LogDelivery1', 'Condition.ArnLike', { 'aws:SourceArn': 'arn:aws:s3:::*' }),
    undone: ['log-writer-confined'],
    told: "statement 'LogDelivery1' was changed: Condition is",
  },
  {
    how: 'no log delivery at all, so that the logs are not there',
    make: logsWithSource,
    weaken: changeStatement('LogDelivery1', 'Effect', 'Deny'),
    undone: ['log-writer-confined'],
    told: "statement 'LogDelivery1' was changed: Effect is \"Deny\" instead of \"Allow\"",
  },
  {
    how: 'logs kept for ever',
    make: logs,
    weaken: set('LifecycleConfiguration.Rules.0.Status', 'Disabled'),
    undone: ['logs-expire'],
    told: 'instead of an enabled rule without filter that expires objects after 365 days',
  },
  { how: 'logs kept longer', make: logs, weaken: set('LifecycleConfiguration.Rules.0.ExpirationInDays', 3650), undone: ['logs-expire'], told: 'after 365 days' },
  { how: 'only some logs expire', make: logs, weaken: set('LifecycleConfiguration.Rules.0.Prefix', 'a/'), undone: ['logs-expire'], told: 'after 365 days' },
  {
    how: 'only tagged logs expire',
    make: logs,
    weaken: set('LifecycleConfiguration.Rules.0.TagFilters', [{ Key: 'a', Value: 'b' }]),
    undone: ['logs-expire'],
    told: 'after 365 days',
  },
  {
    how: 'only large logs expire',
    make: logs,
    weaken: set('LifecycleConfiguration.Rules.0.ObjectSizeGreaterThan', '1000000'),
    undone: ['logs-expire'],
    told: 'after 365 days',
  },
  {
    how: 'versioned logs, which expire behind delete markers only',
    make: logs,
    weaken: set('VersioningConfiguration.Status', 'Enabled'),
    undone: ['logs-expire'],
    told: 'VersioningConfiguration.Status is "Enabled" instead of no versioning',
  },
  {
    how: 'CORS rules that depend on a condition',
    weaken: set('CorsConfiguration.CorsRules', { 'Fn::If': ['C', [{ AllowedOrigins: ['*'], AllowedMethods: ['PUT'] }], []] }),
    undone: ['cors-confined'],
    told: 'instead of rules that name the origins',
  },
  {
    how: 'only small logs expire',
    make: logs,
    weaken: set('LifecycleConfiguration.Rules.0.ObjectSizeLessThan', '100'),
    undone: ['logs-expire'],
    told: 'after 365 days',
  },

  // write-once archives
  ...([
    ['RetentionMode', 'retention-mode'],
    ['NoEventHold', 'retention-mode'],
    ['NoEventHoldDuration', 'retention-mode'],
    ['RetentionMinimum', 'retention-bounds'],
    ['RetentionMaximum', 'retention-bounds'],
    ['RetentionConfined', 'retention-confined'],
    ['RetentionOnWrite', 'retention-confined'],
    ['GovernanceBypass', 'governance-bypass-confined'],
    ['LegalHold', 'legal-hold-confined'],
    ['LegalHoldOnWrite', 'legal-hold-confined'],
    ['Deletion', 'deletion-confined'],
    ['BucketDeletion', 'deletion-confined'],
    ['Settings', 'archive-settings-confined'],
  ] as const).map(([sid, id]) => ({
    how: `${sid} removed`, make: archiveBucket, weaken: removeStatement(sid), undone: [id], told: `statement '${sid}' is not in the bucket policy`,
  })),
  {
    how: 'a shorter minimum',
    make: archiveBucket,
    weaken: changeStatement('RetentionMinimum', 'Condition.NumericLessThan', { 's3:object-lock-remaining-retention-days': '1' }),
    undone: ['retention-bounds'],
    told: /statement 'RetentionMinimum' was changed: Condition is .*"1".* instead of .*"2555"/,
  },
  {
    how: 'everyone in the account may bypass governance mode',
    make: grantedArchiveBucket,
    weaken: changeStatement('GovernanceBypass', 'Condition.ArnNotLike', { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' }),
    undone: ['governance-bypass-confined'],
    told: "statement 'GovernanceBypass' was changed: Condition is",
  },
  {
    how: 'a condition that lifts a refusal which has none',
    make: archiveBucket,
    weaken: changeStatement('LegalHold', 'Condition', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }),
    undone: ['legal-hold-confined'],
    told: "statement 'LegalHold' was changed: Condition is",
  },
  {
    how: 'no Object Lock',
    make: archiveBucket,
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('ObjectLockEnabled'),
    undone: ['object-lock-enabled'],
    told: 'ObjectLockEnabled is missing instead of true',
  },
  {
    how: 'no default retention',
    make: archiveBucket,
    weaken: bucket => cfn(bucket).addPropertyDeletionOverride('ObjectLockConfiguration.Rule'),
    undone: ['object-lock-enabled'],
    told: 'DefaultRetention is missing instead of COMPLIANCE for 2557 days',
  },
  {
    how: 'a default retention that can be bypassed',
    make: archiveBucket,
    weaken: set('ObjectLockConfiguration.Rule.DefaultRetention.Mode', 'GOVERNANCE'),
    undone: ['object-lock-enabled'],
    told: '"Mode":"GOVERNANCE"',
  },
  {
    how: 'a default retention of seven years of 365 days',
    make: archiveBucket,
    weaken: set('ObjectLockConfiguration.Rule.DefaultRetention', { Mode: 'COMPLIANCE', Days: 2555 }),
    undone: ['object-lock-enabled'],
    told: /"Days":2555.* instead of COMPLIANCE for 2557 days/,
  },
  {
    how: 'a default event hold',
    make: archiveBucket,
    weaken: set('ObjectLockConfiguration.Rule.DefaultRetention.DefaultEventHold', { Days: 1 }),
    undone: ['object-lock-enabled'],
    told: 'without an event hold',
  },
  {
    how: 'a lifecycle rule within the retention, by the method of the bucket',
    make: archiveBucket,
    weaken: bucket => bucket.addLifecycleRule({ expiration: Duration.days(90), prefix: 'tmp/' }),
    undone: ['expiry-after-retention'],
    told: 'lifecycle rule 2 expires objects after 90 days, and objects are retained for 3653 days',
  },
  {
    how: 'a lifecycle rule with a date',
    make: archiveBucket,
    weaken: bucket => bucket.addLifecycleRule({ expirationDate: new Date('2030-01-01') }),
    undone: ['expiry-after-retention'],
    told: /lifecycle rule 2 expires objects on "2030-01-01/,
  },
  ...([
    ['lifecycle rules', 'LifecycleConfiguration.Rules', [{ Status: 'Enabled', ExpirationInDays: 1 }]],
    ['a lifecycle configuration', 'LifecycleConfiguration', { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] }],
  ] as const).map(([what, path, weaker]) => ({
    how: `${what} of an archive behind a condition`,
    make: archiveBucket,
    weaken: set(path, { 'Fn::If': ['C', weaker, { Ref: 'AWS::NoValue' }] }),
    undone: ['expiry-after-retention', 'stale-uploads-aborted'],
    told: 'the lifecycle configuration depends on a condition',
  })),
  {
    how: 'a lifecycle rule whose days depend on a condition',
    make: archiveBucket,
    weaken: set('LifecycleConfiguration.Rules.1', { Status: 'Enabled', ExpirationInDays: { 'Fn::If': ['C', 1, 9999] } }),
    undone: ['expiry-after-retention'],
    told: 'lifecycle rule 2 expires objects after {"Fn::If":["C",1,9999]} days',
  },
  {
    how: 'a lifecycle rule that depends on a condition',
    make: archiveBucket,
    weaken: set('LifecycleConfiguration.Rules.1', { 'Fn::If': ['C', { Status: 'Enabled', ExpirationInDays: 1 }, { Ref: 'AWS::NoValue' }] }),
    undone: ['expiry-after-retention'],
    told: 'lifecycle rule 2 depends on a condition',
  },
  ...([['KeyDeletion', 1], ['KeyPolicy', 2]] as const).map(([sid, index]) => ({
    how: `${sid} turned into an Allow`,
    make: archiveBucket,
    weaken: (bucket: s3.Bucket) => (bucket.encryptionKey!.node.defaultChild as CfnResource).addPropertyOverride(`KeyPolicy.Statement.${index}.Effect`, 'Allow'),
    undone: ['archive-key-kept'],
    told: `instead of a policy with the statement ${sid}`,
  })),
  ...([['Enabled', false, 'Enabled is false instead of true'], ['Origin', 'EXTERNAL', 'Origin is "EXTERNAL" instead of "AWS_KMS"']] as const).map(([name, value, told]) => ({
    how: `a key with ${name} ${value}`,
    make: archiveBucket,
    weaken: (bucket: s3.Bucket) => (bucket.encryptionKey!.node.defaultChild as CfnResource).addPropertyOverride(name, value),
    undone: ['archive-key-kept'],
    told,
  })),
  ...([
    ['switched off', 'Enabled', false],
    ['weekly', 'ScheduleFrequency', 'Weekly'],
    ['of current versions only', 'IncludedObjectVersions', 'Current'],
    ['of a prefix only', 'Prefix', 'reports/'],
    ['without legal holds', 'OptionalFields', ['Size', 'ObjectLockMode', 'ObjectLockRetainUntilDate']],
    ['into another bucket', 'Destination.BucketArn', 'arn:aws:s3:::another'],
    ['into the bucket of another account', 'Destination.BucketAccountId', '999988887777'],
    ['where its table does not look', 'Destination.Prefix', 'elsewhere'],
    ['under another name', 'Id', 'Another'],
    ['that its table cannot read', 'Destination.Format', 'ORC'],
  ] as const).map(([how, name, value]) => ({
    how: `an inventory ${how}`,
    make: evidentArchiveBucket,
    weaken: set(`InventoryConfigurations.0.${name}`, value),
    undone: ['evidence-recorded'],
    told: 'instead of a daily inventory of all versions',
  })),
  {
    how: 'inventories of any bucket',
    make: stack => archive(stack, { evidence: true }).evidenceBucket!,
    weaken: changeStatement('InventoryDelivery', 'Condition.ArnLike', { 'aws:SourceArn': 'arn:aws:s3:::*' }),
    undone: ['inventory-writer-confined'],
    told: "statement 'InventoryDelivery' was changed: Condition is",
  },

  // the policy as a whole
  {
    how: 'a condition on the policy',
    weaken: bucket => policy(bucket).addOverride('Condition', 'Production'),
    undone: ['policy-in-force'],
    told: "the bucket policy is deployed only when the condition 'Production' holds, the bucket also without it",
  },
];

const WEAKENINGS: Weakening[] = [...BUCKET_WEAKENINGS, ...ACCESS_POINT_WEAKENINGS, ...OBJECT_LAMBDA_WEAKENINGS, ...REDACTED_VIEW_WEAKENINGS];

test.each(WEAKENINGS)('$how: $undone', ({ weaken, undone, told, props, make }) => {
  const stack = newStack();
  const bucket = make?.(stack) ?? new SecureBucket(stack, 'Data', props?.());
  weaken(bucket);

  const { rules, violations, exitCode } = synthOf(stack);

  expect(rules).toEqual(undone);
  expect(exitCode).toBe(1);
  const weakened = violations.filter(({ description }) => description.startsWith(`[${bucket.node.path}] no longer holds: `));
  expect(weakened).toHaveLength(violations.length);
  expect(weakened.map(({ description }) => description).join('\n')).toEqual(told instanceof RegExp ? expect.stringMatching(told) : expect.stringContaining(told));
});

test('each guarantee has a weakening that the plugin reports', () => {
  const reported = new Set(WEAKENINGS.flatMap(({ undone }) => undone));
  expect(CATALOGUE.map(({ id }) => id).filter(id => !reported.has(id))).toEqual([]);
});

test('each statement that a guarantee adds has a weakening of its own', () => {
  const weakened = new Set(WEAKENINGS.map(({ told }) => /'(\w+)' (?:is not in|was changed)/.exec(String(told))?.[1]));
  const added = new Set(WEAKENINGS.flatMap(({ props, make }) => {
    const stack = newStack();
    return sidsOf(make?.(stack) ?? new SecureBucket(stack, 'Data', props?.()));
  }));
  expect(added.size).toBeGreaterThan(10);
  expect([...added].filter(sid => !weakened.has(sid))).toEqual([]);
});

test('each violation names the construct, what undid the guarantee, the place in the template, the remedy and the page of AWS', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  set('VersioningConfiguration.Status', 'Suspended')(bucket);

  const { violations, printed } = synthOf(stack);

  expect(violations).toEqual([expect.objectContaining({
    ruleName: 'versioned',
    severity: 'fatal',
    description: '[Stack/Data] no longer holds: Overwritten and deleted objects can be brought back. '
      + 'Undone by: Properties.VersioningConfiguration.Status is "Suspended" instead of "Enabled"',
    fix: 'remove the override; limit the cost of old versions with noncurrentVersionExpiration instead; or, if you mean it, '
      + "Validations.of(bucket).acknowledge({ id: 'SecureS3::versioned', reason: '...' }). "
      + 'See https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
    violatingConstructs: [expect.objectContaining({
      constructPath: 'Stack/Data/Resource',
      locations: ['Properties/VersioningConfiguration/Status'],
      templatePath: expect.stringMatching(/Stack\.template\.json$/),
    })],
  })]);
  expect(printed).toContain('[Stack/Data] no longer holds: Overwritten and deleted objects can be brought back.');
});

test('a finding in the policy names the policy, and its statement by number', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  changeStatement('MinimumTlsVersion', 'Effect', 'Allow')(bucket);
  expect(synthOf(stack).violations[0].violatingConstructs).toEqual([expect.objectContaining({
    constructPath: 'Stack/Data/Policy/Resource', locations: ['Properties/PolicyDocument/Statement/1'],
  })]);
});

test('a finding in a key names the key', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
  (bucket.encryptionKey!.node.defaultChild as CfnResource).addPropertyOverride('EnableKeyRotation', false);
  expect(synthOf(stack).violations[0].violatingConstructs).toEqual([expect.objectContaining({
    constructPath: 'Stack/Data/Key/Resource', locations: ['Properties/EnableKeyRotation'],
  })]);
});

describe('what means the same is no weakening', () => {
  test.each<[string, (bucket: s3.Bucket) => void]>([
    ['the principal as a star', changeStatement('TlsOnly', 'Principal', '*')],
    ['a boolean in the condition', changeStatement('TlsOnly', 'Condition.Bool', { 'aws:SecureTransport': false })],
    ['a condition value as a list of one', changeStatement('TlsOnly', 'Condition.Bool', { 'aws:SecureTransport': ['false'] })],
    ['an action as a list of one', changeStatement('TlsOnly', 'Action', ['s3:*'])],
    ['another order of actions', changeStatement('NoCustomerProvidedKeys', 'Action', ['s3:ReplicateObject', 's3:PutObject'])],
    ['another order of resources', bucket => changeStatement('TlsOnly', 'Resource', [bucket.arnForObjects('*'), bucket.bucketArn])(bucket)],
    ['a number in the condition', changeStatement('PresignedUrls', 'Condition.NumericGreaterThan', { 's3:signatureAge': 3600000 })],
    ['another Sid', changeStatement('TlsOnly', 'Sid', 'HttpsOnly')],
    ['flags as text', set('PublicAccessBlockConfiguration.BlockPublicAcls', 'true')],
    ['the canned ACL Private', set('AccessControl', 'Private')],
    ['a shorter time for stale uploads', set('LifecycleConfiguration.Rules.0.AbortIncompleteMultipartUpload.DaysAfterInitiation', 1)],
    ['an unnamed website that may read', set('CorsConfiguration.CorsRules', [{ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'HEAD'] }])],
    ['one more statement', bucket => bucket.addToResourcePolicy(new iam.PolicyStatement({
      effect: iam.Effect.DENY, actions: ['s3:DeleteBucket'], principals: [new iam.AnyPrincipal()], resources: [bucket.bucketArn],
    }))],
    ['the same condition on the bucket and on its policy', bucket => {
      cfn(bucket).addOverride('Condition', 'Production');
      policy(bucket).addOverride('Condition', 'Production');
    }],
  ])('%s', (_how, change) => {
    const stack = newStack();
    change(new SecureBucket(stack, 'Data'));
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });
});

function logDelivery(bucket: s3.Bucket, conditions: iam.Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'ByHand',
    principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
    conditions,
  });
}
