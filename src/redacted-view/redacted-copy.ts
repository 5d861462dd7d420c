import { CfnElement, CfnOutput, Duration, Resource, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { checkNear, checkReadable, checkWritable } from './bucket-check';
import { checkNoCircle } from './copy-circle';
import { COPY_PROPS } from './props-check';
import { reachOf } from './reach';
import { COPY_SETTINGS, CopySettings, REDACTED_COPY } from './redacted-copy-contract';
import { RedactedCopyProps } from './redacted-copy-props';
import { PERIOD, ViewMonitoring } from './view-monitoring';
import { AccessPoint } from '../access-point/access-point';
import { checkPropTypes } from '../access-point/props-check';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { warn } from '../checks/warning';
import { checkHashKey, redactingFunction } from '../object-lambda/redacting-function';
import { ConfigurationError, Place } from '../private/errors';
import { checkPrefix } from '../private/prefix';

const LONGEST = Duration.minutes(15);
/** How often an event is tried, before it waits in the dead-letter queue: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const TRIES = 5;
/** The bounds of the concurrency of a queue: https://docs.aws.amazon.com/lambda/latest/dg/API_ScalingConfig.html */
const [LEAST_AT_ONCE, MOST_AT_ONCE] = [2, 1000];
const KEPT = Duration.days(14);
/** An event is tried again after six times the time that an object may take. */
const LATE = Duration.hours(3);

/**
 * Copies of the objects of a bucket without personal data, in another bucket: for accounts that have no S3 Object Lambda, for objects that are too
 * large for `RedactedEndpoint`, and for readers that need a bucket.
 *
 * Whenever an object is written, the function redacts it as it streams and writes the copy: type, caching and redacted metadata of the
 * original, the encryption of the destination, neither tags, ACL nor checksums of the original. What cannot be judged has no copy. An object
 * appears when all of it is redacted: an upload that fails is aborted.
 *
 * A copy becomes what its original is at that moment, so events may come late, twice and in any order. Two functions at the same object do
 * not write over each other's copies, but look again. What failed is tried five times, and then waits for 14 days in `deadLetterQueue`, which
 * has an alarm, as has the age of what waits before it. What was there before is copied by S3 Batch Operations: `backfillCommand`.
 *
 * The function may read the originals below `prefixes`, through an access point, and read, write and delete copies below `destinationPrefix`
 * through another, with the keys of both buckets, and nothing else.
 *
 * Limits: an object has the 15 minutes of a Lambda function, in which 1769 MiB of memory redact 10 GB and more of plain text; one that takes longer
 * ends in the dead-letter queue, without a copy. Its memory does not grow with the size of the object. Keys are those of the
 * originals, also if they hold personal data. A copy stays as it was made when the redaction changes: run `backfillCommand` again. Versions of
 * originals have no copies of their own.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class RedactedCopy extends Resource {
  /** The function that copies. */
  public readonly handler: lambda.Function;

  /** Events that wait for the function. */
  public readonly queue: sqs.Queue;

  /**
   * Events that failed. Move them back with `aws sqs start-message-move-task` when the reason is gone, and name `queue` with
   * `--destination-arn`: events that EventBridge could not deliver come from no queue.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
   */
  public readonly deadLetterQueue: sqs.Queue;

  /** The role of the jobs of `backfillCommand`. */
  public readonly batchRole: iam.Role;

  /** They notify nobody until they have an action. */
  public readonly alarms: cloudwatch.Alarm[];

  /** With the work, the errors and the duration, unless it is switched off. */
  public readonly dashboard?: cloudwatch.Dashboard;

  /**
   * The command that starts a job of S3 Batch Operations that copies what is there already, as an output of the stack tells it. It needs
   * `s3:CreateJob` and `iam:PassRole` of whoever runs it, and may be run again: what has its copy is left alone.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html
   */
  public readonly backfillCommand: string;

  /**
   * @throws if source and destination are one bucket, or copies would be copied back, a prefix is no boundary, the redaction uses `Mask.hash`
   * without a `hashKey` or a `hashKey` is given for nothing, memory or timeout are out of bounds, more is
   * to be copied at once than the function takes on, or a bucket is encrypted with SSE-C or by its clients, or of another account or Region
   */
  constructor(scope: Construct, id: string, props: RedactedCopyProps) {
    const place = { scope, id };
    checkPropTypes(place, props, COPY_PROPS);
    const { source, destination, destinationPrefix = '', deletes = true, timeout = LONGEST } = props;
    checkHashKey(place, props);
    checkReadable(place, source);
    checkWritable(place, destination);
    [source, destination].forEach(bucket => checkNear(place, scope, bucket));
    checkDestinationPrefix(place, destinationPrefix);
    checkConcurrency(place, props);
    checkNoCircle(place, scope, source, destination);
    super(scope, id);

    const originals = new AccessPoint(this, 'Source', { bucket: source, prefixes: props.prefixes });
    const copies = new AccessPoint(this, 'Copies', { bucket: destination, prefixes: destinationPrefix === '' ? undefined : [destinationPrefix] });
    const settings: CopySettings = {
      bucketName: source.bucketName,
      source: `https://${originals.domainName}/`,
      destination: `https://${copies.domainName}/`,
      destinationPrefix,
      prefixes: props.prefixes ?? [],
      deletes,
    };
    const handler = redactingFunction(this, 'Function', props, {
      asset: REDACTED_COPY,
      description: `Writes redacted copies of ${source.node.path}`.slice(0, 256),
      environment: { [COPY_SETTINGS]: this.stack.toJsonString(settings) },
      longest: { seconds: LONGEST.toSeconds(), says: 'a function runs for 15 minutes at most' },
      memorySize: props.memorySize,
      timeout,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      logRetention: props.logRetention,
    });
    this.handler = handler;
    originals.grantRead(this.handler);
    copies.grantReadWrite(this.handler);
    if (deletes) {
      copies.grantDelete(this.handler);
    }

    const queueProps: sqs.QueueProps = { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: KEPT };
    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetters', queueProps);
    this.queue = new sqs.Queue(this, 'Queue', {
      ...queueProps,
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: TRIES },
    });
    this.handler.addEventSource(new SqsEventSource(this.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: atOnce(props) }));
    this.follow(props, deletes);

    this.batchRole = this.roleOfJobs(props);
    this.backfillCommand = this.commandOf(props);
    new CfnOutput(this, 'BackfillCommand', { value: this.backfillCommand, description: 'Copies what is there already' });
    this.node.defaultChild = handler.node.defaultChild;
    SecureS3Plugin.register({
      construct: this,
      facts: {
        construct: 'RedactedCopy',
        ownFunction: handler.facts(),
        source: reachOf(originals, source),
        destination: reachOf(copies, destination),
        deletes,
        queueArn: this.queue.queueArn,
        batchRoleLogicalId: (this.batchRole.node.defaultChild as CfnElement).logicalId,
      },
    });
    const monitoring = this.monitoring(props);
    this.alarms = monitoring.alarms;
    this.dashboard = monitoring.dashboard;
  }

  /** Has every alarm notify, a topic of Amazon SNS for example. */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarms.forEach(alarm => alarm.addAlarmAction(...actions));
  }

  private follow({ source, prefixes }: RedactedCopyProps, deletes: boolean): void {
    if (source.node.defaultChild === undefined) {
      warn(this, 'imported-source',
        `[${this.node.path}] copies the imported bucket ${source.bucketName}, which is not made to send events here: copies follow their originals `
        + 'if it sends them to EventBridge');
    } else if (!sendsEvents(source)) {
      source.enableEventBridgeNotification();
    }
    new events.Rule(this, 'Events', {
      description: `Events of ${source.node.path} that change what is to be copied`.slice(0, 512),
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created', ...deletes ? ['Object Deleted'] : []],
        account: [this.stack.account],
        detail: {
          bucket: { name: [source.bucketName] },
          ...prefixes === undefined ? {} : { object: { key: prefixes.map(prefix => ({ prefix })) } },
        },
      },
      targets: [new targets.SqsQueue(this.queue, { deadLetterQueue: this.deadLetterQueue })],
    });
  }

  private roleOfJobs({ source, reports }: RedactedCopyProps): iam.Role {
    const role = new iam.Role(this, 'BatchRole', {
      description: `Has S3 Batch Operations copy what is in ${source.node.path}`.slice(0, 1000),
      assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.stack.account } },
      }),
    });
    this.handler.grantInvoke(role);
    // S3 lists the objects for the job: https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutInventoryConfiguration'], resources: [source.bucketArn] }));
    reports?.grantPut(role, `${REPORTS}*`);
    return role;
  }

  private commandOf({ source, prefixes, reports }: RedactedCopyProps): string {
    const { account, region } = this.stack;
    const json = (value: object) => `'${this.stack.toJsonString(value)}'`;
    return [
      `aws s3control create-job --account-id ${account} --region ${region} --no-confirmation-required --priority 10 --role-arn ${this.batchRole.roleArn}`,
      `--operation ${json({ LambdaInvoke: { FunctionArn: this.handler.functionArn, InvocationSchemaVersion: '2.0' } })}`,
      `--manifest-generator ${json({
        S3JobManifestGenerator: {
          SourceBucket: source.bucketArn,
          EnableManifestOutput: false,
          ...prefixes === undefined ? {} : { Filter: { KeyNameConstraint: { MatchAnyPrefix: prefixes } } },
        },
      })}`,
      `--report ${json(reports === undefined ? { Enabled: false } : {
        Enabled: true, Bucket: reports.bucketArn, Prefix: REPORTS.slice(0, -1), Format: 'Report_CSV_20180820', ReportScope: 'FailedTasksOnly',
      })}`,
    ].join(' ');
  }

  private monitoring({ dashboard }: RedactedCopyProps): ViewMonitoring {
    const failed = this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'Maximum' });
    const age = this.queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: 'Maximum' });
    return new ViewMonitoring(this, 'Monitoring', {
      name: `Redacted copy ${this.node.path}`,
      handler: this.handler,
      alarms: [
        { id: 'DeadLetters', says: 'objects have no copy, or an old one', metric: failed, from: 1 },
        { id: 'Late', says: 'objects wait for their copies for more than three hours', metric: age, from: LATE.toSeconds() },
      ],
      graphs: dashboard === false ? undefined : {
        'Waiting and failed': [this.queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'Maximum' }), failed],
        'Age of what waits': [age],
      },
    });
  }
}

const REPORTS = 'redacted-copy/';

/** Those of `SecureBucket` with `eventBridge`. */
function sendsEvents({ node: { defaultChild } }: s3.IBucket): boolean {
  const configuration = (defaultChild as s3.CfnBucket).notificationConfiguration;
  return configuration !== undefined && !Token.isUnresolved(configuration) && 'eventBridgeConfiguration' in configuration;
}

/** What the queue hands to a function that is throttled counts as tried. */
function atOnce({ maximumConcurrency, reservedConcurrentExecutions: reserved }: RedactedCopyProps): number | undefined {
  const isKnown = reserved !== undefined && !Token.isUnresolved(reserved);
  return maximumConcurrency ?? (isKnown ? Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, reserved)) : undefined);
}

function checkConcurrency(place: Place, { maximumConcurrency: most, reservedConcurrentExecutions: reserved }: RedactedCopyProps): void {
  if (most !== undefined && reserved !== undefined && !Token.isUnresolved(most) && !Token.isUnresolved(reserved) && most > reserved) {
    throw new ConfigurationError(place, `maximumConcurrency is ${most}, of which the function takes on ${reserved} and throttles the rest, as reservedConcurrentExecutions says`,
      'give at most as many');
  }
}

function checkDestinationPrefix(place: Place, prefix: string): void {
  checkPrefix(place, 'destinationPrefix', prefix);
  if (Token.isUnresolved(prefix) || (prefix !== '' && !prefix.endsWith('/'))) {
    throw new ConfigurationError(place, `destinationPrefix is '${Stack.of('scope' in place ? place.scope : place).resolve(prefix)}'`,
      "write it out, with a slash at its end, such as 'redacted/'");
  }
}
