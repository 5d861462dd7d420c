import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessPointDelegation, BucketAccess } from './bucket-access';
import { NetworkPerimeter } from './network-perimeter';
import { PresignedUrls } from './presigned-urls';
import { TlsVersion } from './tls-version';
import type { AccessLogBucket } from '../logging/access-log-bucket';

/** How a bucket is reached, and what is told of it: the options of every construct that is a `SecureBucket`. */
export interface BucketReachProps {
  /**
   * The oldest TLS version that is accepted. Plain HTTP is refused always.
   *
   * @default TlsVersion.TLS_1_2
   */
  readonly minimumTlsVersion?: TlsVersion;

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
}
