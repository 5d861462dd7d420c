import * as s3 from 'aws-cdk-lib/aws-s3';

/** What can be said about an `AccessPoint`. */
export interface AccessPointProps {
  /**
   * The bucket that the access point leads to. A `SecureBucket` leaves the decision about its requests to the access point; to a
   * plain `s3.Bucket` the statement that does is added, and for an imported one a warning says what to add.
   */
  readonly bucket: s3.IBucket;

  /**
   * What the keys that can be reached start with, each ending with a slash: `['finance/']`. Objects outside of them and listings
   * outside of them are refused through this access point, whoever asks and whatever another policy allows. So is `HeadBucket`: it needs
   * `s3:ListBucket` and carries no prefix. Each has to be known when the app is synthesized.
   *
   * @default - no boundary: every key of the bucket
   */
  readonly prefixes?: string[];

  /**
   * The name of the access point: 3 to 50 lower case letters, digits and hyphens, unique in account and Region. It is part of a
   * public host name.
   *
   * @default - made from the construct path
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
   */
  readonly name?: string;

  /**
   * The account that owns the bucket, where it is not the account of this stack and not known from the bucket. The owner has to
   * delegate to this account: a `SecureBucket` in the same app does.
   *
   * @default - the account that the bucket says
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-access-points.html
   */
  readonly bucketAccountId?: string;
}
