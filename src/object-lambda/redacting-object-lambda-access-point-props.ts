import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ObjectLambdaAccessPointOptions } from './object-lambda-access-point-props';
import { TransformFunctionOptions } from './transform-function-options';
import { UserMetadata } from './user-metadata';
import { Redaction } from '../redaction/redaction';

/** What can be said about a `RedactingObjectLambdaAccessPoint`. */
export interface RedactingObjectLambdaAccessPointProps extends ObjectLambdaAccessPointOptions, TransformFunctionOptions {
  /** What is personal data, and what is written in its place. */
  readonly redaction: Redaction;

  /**
   * The secret that holds the key of `Mask.hash`, at least 16 random bytes, as text or binary. The function may read it, readers may not.
   * Whoever has it can find out by trial which value a pseudonym stands for.
   *
   * @default - none; needed if the redaction uses `Mask.hash`, refused otherwise
   */
  readonly hashKey?: secretsmanager.ISecret;

  /**
   * What happens to the values of user metadata (`x-amz-meta-*`).
   *
   * @default UserMetadata.REDACTED
   */
  readonly userMetadata?: UserMetadata;

  /**
   * Redact the keys of listings, too, for buckets whose keys hold personal data. A redacted key is not one that can be read with. Listings
   * then go by folders only, so that nobody finds a key letter by letter: prefixes end with `/`, no delimiter but `/` is taken, and no key to
   * start after. So those of version 1 are refused if they do not fit into one answer. Whoever guesses a whole key can still read by it.
   *
   * @default false
   */
  readonly redactKeys?: boolean;

  /**
   * Show the sizes of the originals in listings. They say how long the originals are, and are not those of what is read. Some
   * clients fail on listings without sizes, `aws s3 ls` among them.
   *
   * @default false - sizes are left out
   */
  readonly showSizes?: boolean;

  /**
   * Tell the length of the redacted object with HEAD (`Content-Length`), which many clients ask for first: `aws s3 cp`, `download_file` of
   * boto3, Hadoop S3A. Nobody knows it before the object is redacted, and S3 Object Lambda lets the function that answers HEAD read nothing
   * of the object. So the function reads the first byte of the redacted object through this access point, in its own name, after the
   * presigned URL of HEAD has shown that the caller may. Refusals of GET become those of HEAD, and HEAD of an object that cannot be redacted
   * in time is answered with 503.
   *
   * Each HEAD then redacts the whole object, as a GET does, and is two requests and two invocations that run at once: give
   * `reservedConcurrentExecutions` and the concurrency of the account room for both. The role of the function becomes a reader of this
   * redacted view, below its prefixes, and gets no right to originals or listings.
   *
   * @default false - HEAD has no `Content-Length`, and the function writes answers only
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html#olap-headobject
   */
  readonly measureOnHead?: boolean;
}
