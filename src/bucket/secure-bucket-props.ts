import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketBaseProps } from './bucket-base-props';
import { BucketReachProps } from './bucket-reach-props';
import { Encryption } from './encryption';
import { MfaDelete } from './mfa-delete';

/**
 * What can be said about a `SecureBucket`: the options of `s3.BucketProps`, less those that the construct itself decides,
 * plus its own.
 */
export interface SecureBucketProps extends BucketBaseProps, BucketReachProps {
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
   * What becomes of the bucket, its policy and the keys that it created when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN: data outlives the stack, and its protection with it
   */
  readonly removalPolicy?: RemovalPolicy;
}
