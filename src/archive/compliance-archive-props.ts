import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Retention } from './retention';
import { BucketReachProps } from '../bucket/bucket-reach-props';
import { Encryption } from '../bucket/encryption';

/** What can be said about a `ComplianceArchive`. */
export interface ComplianceArchiveProps extends BucketReachProps {
  /**
   * The mode, and for how long each new object version is locked unless its writer asks for another time within the bounds.
   *
   * Changed later, it counts for new versions only.
   */
  readonly retention: Retention;

  /**
   * The shortest retention that a writer may ask for, in whole days.
   *
   * The policy compares the whole days that remain when the request arrives, a moment after the writer computed its date, and
   * AWS does not document how a part of a day is counted. So that a correct date is never refused, the policy refuses from one
   * day below, and a date that is up to a day short may pass. Where each day counts, leave the date to the default retention,
   * which S3 computes itself.
   *
   * @default - the retention; with years, as many days as that many years have at least
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-retention-limits
   */
  readonly minimumRetention?: Duration;

  /**
   * The longest retention that a writer, or an extension, may ask for, in whole days from the request on.
   *
   * @default - the 36,500 days of S3, with a warning that can be acknowledged (`archive-maximum-unbounded`)
   */
  readonly maximumRetention?: Duration;

  /**
   * Who may change the lock configuration, lifecycle, versioning, policy, encryption, replication, ownership, public access
   * block, access logs and inventory of the bucket, and the policy of the key that the archive created; and who may delete
   * objects that are no longer locked. Everyone else is refused, administrators of the account included. These roles have no
   * rights by it: they bring their own. A role of another stack needs a name of its own.
   *
   * Notifications (`s3:PutBucketNotification`) and the archive tiers of Intelligent-Tiering
   * (`s3:PutIntelligentTieringConfiguration`) are not confined: no object is kept shorter or shown to others by them, but whoever may
   * change them can stop events, and decide that objects have to be restored before they are read.
   *
   * The role of AWS Backup changes the inventory configuration of a bucket (`s3:PutInventoryConfiguration`), so it is refused unless
   * it is named here; then it may change the other settings as well, as far as its own rights go.
   *
   * The role that CloudFormation deploys this stack with, as the CDK bootstrap names it, may always change settings, or no later
   * deployment would succeed; who deploys is an administrator of the archive. It may not delete objects.
   *
   * The refusals name roles. Who administers IAM in this account can become each of them: by `iam:PassRole` to a service that acts
   * with it, or by `iam:UpdateAssumeRolePolicy`. Against them, keep the archive in an account of its own, or refuse the same by a
   * service control policy. Compliance mode needs neither to keep what it has locked.
   *
   * @default - only the role of the CDK bootstrap
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForS3Backup.html
   */
  readonly administrators?: iam.IRole[];

  /**
   * To which storage classes objects move, and how many days after they were written; versions that were replaced, how many days
   * after that. INTELLIGENT_TIERING, GLACIER_INSTANT_RETRIEVAL, GLACIER (Flexible Retrieval) and DEEP_ARCHIVE, in this order.
   *
   * Checked are the order that S3 allows and the days that a class is billed for at least: 90, 90 and 180 for the last three.
   * A lock moves with its object. By default, S3 moves no objects under 128 KB.
   *
   * @default - objects stay in the class that they were written to
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
   */
  readonly transitions?: s3.Transition[];

  /**
   * When objects are deleted, in whole days after they were written: not before `maximumRetention` or, without one, `retention`.
   *
   * Current versions get a delete marker then, and are removed a day later unless they are still locked: by a legal hold, or by
   * an extension, which is counted from its own request. Versions that were replaced are removed when their lock ends, and delete
   * markers when no version is left.
   *
   * @default - never
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle
   */
  readonly expiration?: Duration;

  /**
   * Keep a daily inventory of all object versions with their locks, with a table and saved queries in Amazon Athena: objects
   * whose retention ends within 90 days, objects under hold, objects without a lock.
   *
   * @default false
   */
  readonly evidence?: boolean;

  /**
   * How objects are encrypted, by default and by policy.
   *
   * Who deletes a KMS key deletes the archive, so the policy of a key that the archive creates refuses that. KMS takes no key policy
   * that nobody could change, so `administrators` and the deploy role may, in any mode: one of them could lift the refusal and
   * then schedule the deletion of the key, which waits for 7 to 30 days and can be cancelled until then. Against them, refuse
   * `kms:ScheduleKeyDeletion` by a service control policy, or use `Encryption.s3Managed()`, which has no key that anyone could lose.
   * For a key of your own there is a warning that can be acknowledged (`archive-key-unconfined`).
   *
   * @default Encryption.kms(), with a key of its own
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
   */
  readonly encryption?: Encryption;

  /**
   * The name of the bucket.
   *
   * @default - CloudFormation chooses it
   */
  readonly bucketName?: string;

  /**
   * Copies of the objects, with their locks, in other buckets: another Region or account. Give the destinations Object Lock too.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-replication
   */
  readonly replicationRules?: s3.ReplicationRule[];
}
