import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccessLogAnalytics } from './access-log-analytics';
import { AccessLogBucket } from './access-log-bucket';
import { SecureBucket } from '../bucket/secure-bucket';
import { SecureBucketProps } from '../bucket/secure-bucket-props';
import { ConfigurationError } from '../private/errors';

/** What can be said about a `LoggingBucketPair`: all that a `SecureBucket` takes, but for `accessLogs`, which the pair makes. */
export interface LoggingBucketPairProps extends SecureBucketProps {
  /**
   * How long access logs are kept, in whole days.
   *
   * @default Duration.days(365)
   */
  readonly logRetention?: Duration;

  /**
   * Make the logs ready for Amazon Athena: a table, a workgroup and saved queries.
   *
   * @default false
   */
  readonly analytics?: boolean;
}

/**
 * A `SecureBucket` and the `AccessLogBucket` of its access logs, with `analytics: true` also ready for Athena.
 *
 * The removal policy and `autoDeleteObjects` go for both buckets, the minimum TLS version too; all other options are those of
 * the `SecureBucket`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
export class LoggingBucketPair extends Construct {
  /** The bucket of the data. */
  public readonly bucket: SecureBucket;
  /** The bucket of the access logs. */
  public readonly logs: AccessLogBucket;
  /** With `analytics: true`. */
  public readonly analytics?: AccessLogAnalytics;

  /**
   * @throws if `accessLogs` is given, and as `SecureBucket` and `AccessLogBucket` throw
   */
  constructor(scope: Construct, id: string, props: LoggingBucketPairProps = {}) {
    super(scope, id);
    const { logRetention, analytics, ...bucketProps } = props;
    if (props.accessLogs !== undefined) {
      throw new ConfigurationError(this, `accessLogs is [${props.accessLogs.node.path}], but the pair makes a log bucket of its own`,
        'leave accessLogs out, or use a SecureBucket with accessLogs instead of the pair');
    }
    this.logs = new AccessLogBucket(this, 'Logs', {
      logRetention,
      minimumTlsVersion: props.minimumTlsVersion,
      removalPolicy: props.removalPolicy,
      autoDeleteObjects: props.autoDeleteObjects,
    });
    this.bucket = new SecureBucket(this, 'Bucket', { ...bucketProps, accessLogs: this.logs });
    if (analytics) {
      this.analytics = new AccessLogAnalytics(this, 'Analytics', {
        logs: this.logs,
        prefix: props.accessLogsPrefix,
        removalPolicy: props.removalPolicy,
        autoDeleteObjects: props.autoDeleteObjects,
      });
    }
  }
}
