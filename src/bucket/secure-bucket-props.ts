import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessPointDelegation, BucketAccess } from './bucket-access';
import { BucketBaseProps } from './bucket-base-props';
import { Encryption } from './encryption';
import { MfaDelete } from './mfa-delete';
import { NetworkPerimeter } from './network-perimeter';
import { PresignedUrls } from './presigned-urls';
import { TlsVersion } from './tls-version';
import type { AccessLogBucket } from '../logging/access-log-bucket';

/**
 * What can be said about a `SecureBucket`: the options of `s3.BucketProps`, less those that the construct itself decides,
 * plus its own.
 */
export interface SecureBucketProps extends BucketBaseProps {
  /**
   * How objects are encrypted, by default and by policy.
   *
   * @default Encryption.s3Managed(): no cost, no quota, and enough unless a rule asks for a key of your own
   */
  readonly encryption?: Encryption;

  /**
   * Also refuse writes that leave the encryption header out, instead of giving them the default encryption.
   *
   * Every writer then has to send `x-amz-server-side-encryption` (and the key id with KMS): AWS services that write to
   * buckets often do not. AWS publishes this rule, but does not document whether the parts and the completion of a multipart
   * upload, which cannot carry the header, are judged by that of the upload; try your clients' multipart uploads before you
   * rely on it. Replication is not concerned.
   *
   * @default false - the default encryption already covers such writes
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html
   */
  readonly requireEncryptionHeaders?: boolean;

  /**
   * The oldest TLS version that is accepted. Plain HTTP is refused always.
   *
   * @default TlsVersion.TLS_1_2
   */
  readonly minimumTlsVersion?: TlsVersion;

  /**
   * Which websites may use the bucket from a browser.
   *
   * Checked here, since S3 takes rules that no browser can match: an origin is a scheme, a host and an optional port, with one
   * wildcard at most; the origin `*` may read (GET, HEAD) but not write; each pair of origin and method stands once; maxAge is
   * 0 to 86,400 seconds.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
   */
  readonly cors?: s3.CorsRule[];

  /**
   * Ask for a recent multi-factor authentication before versions are deleted or versioning is changed.
   *
   * Lifecycle rules and `autoDeleteObjects` are refused together with it.
   *
   * @default - not asked for
   */
  readonly mfaDelete?: MfaDelete;

  /**
   * How long presigned URLs work.
   *
   * @default PresignedUrls.maxAge(Duration.hours(1)): enough for the AWS services that sign URLs themselves
   */
  readonly presignedUrls?: PresignedUrls;

  /**
   * Refuse requests from outside the named networks.
   *
   * @default - from anywhere
   */
  readonly network?: NetworkPerimeter;

  /**
   * The id of the AWS organization (`o-...`) that principals must belong to.
   *
   * Other principals, and anonymous requests, are refused, also where a policy grants them access. AWS services pass, unless
   * they act for an account of another organization (`aws:SourceOrgID`). Make sure that the account of the bucket is in the
   * organization: otherwise nobody but its root user can use the bucket or change its policy.
   *
   * @default - principals of any organization, if a policy grants them access
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
   */
  readonly organizationId?: string;

  /**
   * Which way requests for data come.
   *
   * @default BucketAccess.DIRECT - to the bucket itself, and through its access points
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
   */
  readonly bucketAccess?: BucketAccess;

  /**
   * Further roles that reach the data directly with `BucketAccess.THROUGH_ACCESS_POINTS_ONLY`. The role that CloudFormation
   * deploys this stack with, as the CDK bootstrap names it, always does. A
   * role of another stack needs a name of its own.
   *
   * @default - only the role of the CDK bootstrap
   */
  readonly directAccessRoles?: iam.IRole[];

  /**
   * How the policy of the bucket names the access points that it trusts. It trusts none before the first is made.
   *
   * @default AccessPointDelegation.BY_ACCOUNT: the policy stays as small with a thousand access points as with one
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
   */
  readonly accessPointDelegation?: AccessPointDelegation;

  /**
   * Where the access logs of the bucket go.
   *
   * Access logs are best effort: a request may be logged hours later or not at all. Where every request must be recorded, use
   * AWS CloudTrail data events.
   *
   * @default - no access logs
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
   */
  readonly accessLogs?: AccessLogBucket;

  /**
   * What the keys of the access logs start with. S3 adds no slash, and then account, Region, bucket and day of the event.
   *
   * @default - nothing: the keys already name the source bucket
   */
  readonly accessLogsPrefix?: string;

  /**
   * Send the events of the bucket to Amazon EventBridge. A property of the bucket itself, without custom resource.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
   */
  readonly eventBridge?: boolean;

  /**
   * What becomes of the bucket, its policy and the keys that it created when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN: data outlives the stack, and its protection with it
   */
  readonly removalPolicy?: RemovalPolicy;
}
