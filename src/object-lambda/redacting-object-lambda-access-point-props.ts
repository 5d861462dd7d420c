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
}
