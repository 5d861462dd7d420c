import { Duration } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';

/** How a function that transforms objects runs. */
export interface TransformFunctionOptions {
  /**
   * The memory of the function, in MiB, from 128 to 10240. Processor time grows with it: 1769 MiB have one processor.
   *
   * @default 1769
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memorySize?: number;

  /**
   * How long one request may take, from 3 to 60 seconds, which is when S3 Object Lambda ends a response.
   *
   * @default Duration.seconds(60)
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-best-practices.html
   */
  readonly timeout?: Duration;

  /**
   * How many requests may be under way at once; more are refused. Set aside from what the account has.
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
}
