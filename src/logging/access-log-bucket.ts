import { Duration, Lazy, RemovalPolicy, Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ABORT_STALE_UPLOADS, deletionPolicyOf, enforceGuarantees, HARDENED_PROPS } from '../bucket/hardened-bucket';
import { PresignedUrls } from '../bucket/presigned-urls';
import { TlsVersion } from '../bucket/tls-version';
import { LogDeliveryFacts } from '../guarantees/facts';
import { logDeliveryStatement } from '../guarantees/log-writer-confined';
import { ConfigurationError, Place } from '../private/errors';
import { wholeDays } from '../private/whole-days';

/** What can be said about an `AccessLogBucket`. */
export interface AccessLogBucketProps {
  /**
   * The name of the bucket.
   *
   * @default - CloudFormation chooses it
   */
  readonly bucketName?: string;

  /**
   * How long logs are kept, in whole days. Before they expire, they move to cheaper storage classes where that pays:
   * to Standard-IA after 30 days and to Glacier Instant Retrieval after 90 days, if they stay there for the time that S3
   * bills at least (30 and 90 days).
   *
   * @default Duration.days(365)
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/deleting-log-files-lifecycle.html
   */
  readonly logRetention?: Duration;

  /**
   * Where the access logs of this log bucket itself go, if reading logs must be on record too. Never in a circle.
   *
   * @default - no access logs
   */
  readonly accessLogs?: AccessLogBucket;

  /**
   * The oldest TLS version that is accepted. Plain HTTP is refused always.
   *
   * @default TlsVersion.TLS_1_2
   */
  readonly minimumTlsVersion?: TlsVersion;

  /**
   * What becomes of the logs when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Delete the logs with the stack, for test stacks. Needs `RemovalPolicy.DESTROY`.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;
}

/** What a source of access logs says of itself. @internal */
export interface LogSourceOptions {
  readonly accessLogsPrefix?: string;
  readonly bucketName?: string;
  readonly bucketNamePrefix?: string;
}

/**
 * The bucket of other buckets' access logs. One serves many sources, also of other stacks of the same account and Region.
 *
 * As protected as a `SecureBucket`, except for versioning: logs are written once, and are there to expire. It is what S3
 * needs of such a bucket: same account and Region as its sources, SSE-S3, no Object Lock, and never a source of its own logs.
 * Log delivery may write for the named sources of this account only: its statement always has `aws:SourceArn` and
 * `aws:SourceAccount`.
 *
 * Keys are partitioned by the time of the event: prefix, account, Region, source bucket, year, month, day. So sources with the
 * same prefix stay apart.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogBucket extends s3.Bucket {
  /** How long logs are kept. */
  public readonly logRetention: Duration;

  private readonly sourceArnsByPrefix = new Map<string, string[]>();
  private readonly deliveries: LogDeliveryFacts[] = [];
  private readonly sourceNames: string[] = [];

  /**
   * @throws if `logRetention` is not at least one whole day
   */
  constructor(scope: Construct, id: string, props: AccessLogBucketProps = {}) {
    const place = { scope, id };
    const logRetention = props.logRetention ?? Duration.days(365);
    const days = wholeDays(place, 'logRetention', logRetention);
    super(scope, id, {
      bucketName: props.bucketName,
      autoDeleteObjects: props.autoDeleteObjects,
      removalPolicy: props.removalPolicy,
      ...HARDENED_PROPS,
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
      lifecycleRules: [
        { id: 'ExpireLogs', expiration: Duration.days(days), transitions: cheaperClasses(days) },
        ABORT_STALE_UPLOADS,
      ],
    });
    this.logRetention = logRetention;
    if (props.accessLogs !== undefined) {
      (this.node.defaultChild as s3.CfnBucket).loggingConfiguration = props.accessLogs._receiveFrom(this, place, props);
    }
    enforceGuarantees(this, {
      construct: 'AccessLogBucket',
      encryption: { mode: 's3Managed', createdKeyLogicalIds: [] },
      requireEncryptionHeaders: false,
      minimumTlsVersion: (props.minimumTlsVersion ?? TlsVersion.TLS_1_2).value,
      presignedUrls: PresignedUrls.maxAge(Duration.hours(1))._facts,
      accessLogs: props.accessLogs && { destinationBucketName: props.accessLogs.bucketName },
      ownerAccount: this.env.account,
      versioned: false,
      deletionPolicy: deletionPolicyOf(props.removalPolicy),
      logRetentionDays: days,
      logDeliveries: this.deliveries,
    }, [], props.removalPolicy);
  }

  /**
   * The names of the source buckets as far as they are known: references for sources of this stack, literal names for others.
   * Complete only at the end of synthesis.
   * @internal
   */
  public get _sourceBucketNames(): string[] {
    return [...this.sourceNames];
  }

  /**
   * Lets log delivery write for a source, and gives the logging configuration of the source.
   * @internal
   */
  public _receiveFrom(source: s3.Bucket, place: Place, options: LogSourceOptions): s3.CfnBucket.LoggingConfigurationProperty {
    this.checkSameEnvironment(source, place);
    const prefix = options.accessLogsPrefix ?? '';
    const { arn, name } = this.identify(source, options);
    if (name !== undefined) {
      this.sourceNames.push(name);
    }
    const known = this.sourceArnsByPrefix.get(prefix);
    if (known === undefined) {
      const arns = [arn];
      this.sourceArnsByPrefix.set(prefix, arns);
      this.allowDelivery({ objectsArn: this.arnForObjects(`${prefix}*`), sourceArns: Lazy.any({ produce: () => arns }) });
    } else if (!known.includes(arn)) {
      known.push(arn);
    }
    return {
      destinationBucketName: this.bucketName,
      logFilePrefix: options.accessLogsPrefix,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
  }

  private allowDelivery(delivery: LogDeliveryFacts): void {
    this.addToResourcePolicy(iam.PolicyStatement.fromJson(logDeliveryStatement(delivery, this.deliveries.length, this.env.account)));
    this.deliveries.push(delivery);
  }

  private checkSameEnvironment(source: s3.Bucket, place: Place): void {
    const differences = (['account', 'region'] as const)
      .filter(part => Token.compareStrings(source.env[part], this.env[part]) === TokenComparison.DIFFERENT)
      .map(part => `${part} ${source.env[part]}, its log bucket [${this.node.path}] in ${this.env[part]}`);
    if (differences.length > 0) {
      throw new ConfigurationError(place, `the bucket is in ${differences.join(', and in ')}`,
        'S3 delivers access logs within one account and Region: make an AccessLogBucket there');
    }
  }

  /**
   * A reference to the source from the policy of this bucket, as the source references this bucket. Between stacks that would
   * be a circle, so there the ARN is written from the name, where the name is known.
   */
  private identify(source: s3.Bucket, options: LogSourceOptions): { arn: string; name?: string } {
    const arnOf = (name: string) => this.stack.formatArn({ service: 's3', region: '', account: '', resource: name });
    if (isWithin(source.stack, this.stack)) {
      return { arn: source.bucketArn, name: source.bucketName };
    }
    if (options.bucketName !== undefined && !Token.isUnresolved(options.bucketName)) {
      return { arn: arnOf(options.bucketName), name: options.bucketName };
    }
    if (options.bucketNamePrefix !== undefined && !Token.isUnresolved(options.bucketNamePrefix)) {
      const name = `${options.bucketNamePrefix}-${this.stack.account}-${this.stack.region}-an`;
      return { arn: arnOf(name), name };
    }
    Validations.of(source).addWarning('log-source-unnamed',
      `[${source.node.path}] is in another stack than its log bucket [${this.node.path}] and has no name of its own, so log delivery is confined `
      + 'to the buckets of this account instead of to this bucket. Give it a bucketName or a bucketNamePrefix');
    return { arn: arnOf('*') };
  }
}

/** Whether a stack is `ancestor` or nested in it: a reference from there down makes no circle. */
function isWithin(stack: Stack, ancestor: Stack): boolean {
  return stack === ancestor || (stack.nestedStackParent !== undefined && isWithin(stack.nestedStackParent, ancestor));
}

/** Only where the logs stay for what S3 bills at least: 30 days in Standard-IA, 90 days in Glacier Instant Retrieval. */
function cheaperClasses(retentionDays: number): s3.Transition[] | undefined {
  const transitions: s3.Transition[] = [];
  if (retentionDays >= 60) {
    transitions.push({ storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) });
  }
  if (retentionDays >= 180) {
    transitions.push({ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) });
  }
  return transitions.length > 0 ? transitions : undefined;
}
