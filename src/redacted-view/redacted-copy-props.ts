import * as s3 from 'aws-cdk-lib/aws-s3';
import { RedactedViewOptions } from './redacted-view-options';

/** What can be said about a `RedactedCopy`. */
export interface RedactedCopyProps extends RedactedViewOptions {
  /**
   * The bucket with the originals, of the account and the Region of the stack. It sends its events to EventBridge: of a bucket of the same app it
   * is made to, natively with `eventBridge: true` of `SecureBucket`; for an imported one a warning says what to do.
   */
  readonly source: s3.IBucket;

  /**
   * The bucket that the copies are written to, encrypted as it encrypts: another bucket than the source, of the account and the Region of
   * the stack. It should hold nothing else below `destinationPrefix`: an object of the key of a copy is written over.
   */
  readonly destination: s3.IBucket;

  /**
   * What the keys of the copies start with, before the key of the original: `redacted/` makes `redacted/orders/1.csv`.
   *
   * @default - nothing: a copy has the key of its original
   */
  readonly destinationPrefix?: string;

  /**
   * Whether the copy is deleted when its original is. Only what this construct has written is; in a bucket with versions it is hidden.
   *
   * @default true - what was deleted is not to be had redacted, either
   */
  readonly deletes?: boolean;

  /**
   * The bucket that the jobs of `backfillCommand` write to which objects they could not copy. It names keys of the source.
   *
   * @default - none: the log of the function says how many could not be copied and why, and no keys
   */
  readonly reports?: s3.IBucket;

  /**
   * How many objects are copied at once for events, from 2 to 1000, and at most `reservedConcurrentExecutions`.
   *
   * @default - `reservedConcurrentExecutions`, or as many as Lambda takes on
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   */
  readonly maximumConcurrency?: number;
}
