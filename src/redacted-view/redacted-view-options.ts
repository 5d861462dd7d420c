import { Duration } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { UserMetadata } from '../object-lambda/user-metadata';
import { Redaction } from '../redaction/redaction';

/** What views without Object Lambda have in common: what is redacted, and how the function runs. */
export interface RedactedViewOptions {
  /** What is personal data, and what is written in its place. */
  readonly redaction: Redaction;

  /**
   * The secret that holds the key of `Mask.hash`, at least 16 random bytes, as text or binary. The function may read it, readers may not.
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
   * What the keys that can be read start with, each ending with a slash: `['orders/']`. The function has no right to others. Each has to be
   * known when the app is synthesized.
   *
   * @default - every key of the bucket
   */
  readonly prefixes?: string[];

  /**
   * The memory of the function, in MiB, from 128 to 10240. Processor time grows with it: 1769 MiB have one processor.
   *
   * @default 1769
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memorySize?: number;

  /**
   * How long one object may take, from 3 seconds to the 15 minutes that a function may run.
   *
   * @default Duration.minutes(15)
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
   */
  readonly timeout?: Duration;

  /**
   * How many objects may be under way at once; set aside from what the account has.
   *
   * @default - as many as the account has left
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * How long the log of the function is kept. It holds nothing of the objects.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * A dashboard with the work, the errors and the duration.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}
