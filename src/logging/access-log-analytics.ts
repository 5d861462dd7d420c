import { Aspects, Aws, CfnResource, Duration, Lazy, Names, RemovalPolicy, Size, SizeRoundingBehavior, Stack, Token, Validations } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessLogBucket } from './access-log-bucket';
import { accessLogQueries } from './access-log-queries';
import { ACCESS_LOG_COLUMNS, ACCESS_LOG_PARTITIONS, ACCESS_LOG_REGEX, accessLogLocation } from './access-log-table';
import { SecureBucket } from '../bucket/secure-bucket';
import { ConfigurationError, Place } from '../private/errors';
import { checkPrefix } from '../private/prefix';
import { wholeDays } from '../private/whole-days';

/** What can be said about `AccessLogAnalytics`. */
export interface AccessLogAnalyticsProps {
  /** The bucket whose logs are read. */
  readonly logs: AccessLogBucket;

  /**
   * What the keys of the logs start with, as in `accessLogsPrefix` of the sources.
   *
   * One table reads one prefix. For sources with other prefixes there is a warning that can be acknowledged
   * (`log-source-not-queried`); make one `AccessLogAnalytics` for each prefix.
   *
   * @default - nothing, as for the sources
   */
  readonly prefix?: string;

  /**
   * Names of further source buckets, of other apps or of other stacks.
   *
   * Known without it are all sources of the log bucket's stack, and those of other stacks of the app that have a name of their
   * own. For the others there is a warning that can be acknowledged (`log-source-not-queried`), unless names are given here.
   *
   * @default - only the sources that are known
   */
  readonly sourceBucketNames?: string[];

  /**
   * The name of the Glue database: a lower case letter, then up to 254 lower case letters, digits and underscores.
   *
   * @default - made from the path of the construct
   */
  readonly databaseName?: string;

  /**
   * The name of the bucket of the query results.
   *
   * Worth giving if the log bucket is in another stack: log delivery is then confined to this bucket.
   *
   * @default - CloudFormation chooses it
   */
  readonly resultBucketName?: string;

  /**
   * How long query results are kept, in whole days. Older versions of them go one day later.
   *
   * @default Duration.days(30): results are copies, and can be had again as long as the logs are kept
   */
  readonly resultRetention?: Duration;

  /**
   * The amount of data that one query may scan before Athena cancels it, at least 10 MB (10,000,000 bytes).
   *
   * Athena bills the bytes that a query scans, also of one that was cancelled. At 5 USD for a terabyte, the price in most
   * Regions, the default bounds a query at about 0.50 USD.
   *
   * @default Size.gibibytes(100)
   * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html
   */
  readonly bytesScannedCutoffPerQuery?: Size;

  /**
   * What becomes of the query results, and of the workgroup with its query history, when the stack is deleted.
   *
   * With `RemovalPolicy.DESTROY` the workgroup is deleted also if queries have run in it, which Athena refuses otherwise.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Delete the query results with the stack, for test stacks. Needs `RemovalPolicy.DESTROY`.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;
}

/**
 * The access logs of a log bucket as a table in Amazon Athena, with saved queries for the questions that security asks first.
 *
 * - A Glue database and a table `access_logs` with a column for each field of the log format. Partitions are projected from the
 *   keys of the logs, source bucket and day, so there is no crawler and nothing to repair. Source buckets are enumerated and not
 *   injected, since Athena refuses queries that leave an injected column open, and the first question is seldom about one bucket.
 *   Athena recommends a few dozen at most. Days reach back as far as the log bucket keeps logs.
 * - An Athena workgroup whose settings clients cannot override: result location, encryption, expected bucket owner, engine
 *   version 3 and a limit to the data that a query scans.
 * - A `SecureBucket` for the results, which expire. Results hold log data, so reading them is on record too: its access logs go
 *   to the same log bucket, which is no loop, since delivered logs are no requests to the result bucket.
 * - Saved queries over the last 30 days: refused requests, requests by TLS version and cipher, anonymous requests, top
 *   requesters, deletes, SSE-C use, requests that needed an ACL, and lines that could not be read.
 *
 * Request-URI, Referer and User-Agent hold what the requester sent, also text that looks like the end of the field and like the
 * fields behind it. It is read as text of its own field, and what of a line does not fit the format is NULL instead of guessed.
 *
 * Access logs are best effort and hold no request headers. So the query for SSE-C finds presigned URLs that name it and requests
 * that failed for it; for SSE-C in the headers of a request that worked, ask AWS CloudTrail data events.
 *
 * Athena costs nothing until queries run, and then for the bytes they scan: restrict `day`, and `source_bucket` where you can.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-s3-access-logs-to-identify-requests.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export class AccessLogAnalytics extends Construct {
  /** The name of the Glue database. */
  public readonly databaseName: string;
  /** The name of the table in the database. */
  public readonly tableName: string;
  /** The name of the Athena workgroup. */
  public readonly workGroupName: string;
  /** The bucket of the query results. */
  public readonly results: SecureBucket;

  private readonly logs: AccessLogBucket;
  private readonly prefix: string;

  /**
   * @throws if `databaseName` is no name for Athena, `prefix` holds a wildcard or starts with a slash, one of `sourceBucketNames`
   *   is no name of a bucket, `resultRetention` is not at least one whole day, or `bytesScannedCutoffPerQuery` is less than 10 MB
   */
  constructor(scope: Construct, id: string, props: AccessLogAnalyticsProps) {
    super(scope, id);
    this.logs = props.logs;
    this.prefix = props.prefix ?? '';
    checkPrefix(this, 'prefix', this.prefix);
    checkBucketNames(this, props.sourceBucketNames ?? []);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;

    this.results = new SecureBucket(this, 'Results', {
      bucketName: props.resultBucketName,
      accessLogs: this.logs,
      accessLogsPrefix: props.prefix,
      lifecycleRules: resultRules(wholeDays(this, 'resultRetention', props.resultRetention ?? Duration.days(30))),
      removalPolicy,
      autoDeleteObjects: props.autoDeleteObjects,
    });

    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: databaseName(this, props.databaseName),
        description: `Access logs of ${this.logs.node.path}`,
      },
    });
    const table = this.createTable(database, () => [...new Set([...this.knownSources(), ...props.sourceBucketNames ?? []])]);
    const workGroup = this.createWorkGroup(scanLimit(this, props.bytesScannedCutoffPerQuery ?? Size.gibibytes(100)), removalPolicy);

    this.databaseName = database.ref;
    this.tableName = table.ref;
    this.workGroupName = workGroup.ref;
    for (const query of accessLogQueries(TABLE_NAME)) {
      new athena.CfnNamedQuery(this, query.id, {
        name: query.name,
        description: query.description,
        database: this.databaseName,
        workGroup: this.workGroupName,
        queryString: query.sql,
      });
    }

    const namesGiven = props.sourceBucketNames !== undefined;
    Aspects.of(this).add({
      visit: node => {
        if (node === this) {
          this.warnOfUnreadSources(namesGiven);
        }
      },
    });
  }

  private createTable(database: glue.CfnDatabase, sourceBucketNames: () => string[]): glue.CfnTable {
    const { account, region } = Stack.of(this.logs);
    const columns = (those: typeof ACCESS_LOG_COLUMNS) => those.map(({ name, type, comment }) => ({ name, type, comment }));
    return new glue.CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database.ref,
      tableInput: {
        name: TABLE_NAME,
        description: `Access logs of ${this.logs.node.path}`,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: columns(ACCESS_LOG_PARTITIONS),
        parameters: {
          'EXTERNAL': 'TRUE',
          'projection.enabled': 'true',
          'projection.source_bucket.type': 'enum',
          // Sources attach later, some of them after this construct.
          'projection.source_bucket.values': Lazy.uncachedString({ produce: () => sourceBucketNames().join(',') }),
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy/MM/dd',
          'projection.day.range': `NOW-${Math.ceil(this.logs.logRetention.toDays({ integral: false }))}DAYS,NOW`,
          'projection.day.interval': '1',
          'projection.day.interval.unit': 'DAYS',
          'storage.location.template': accessLogLocation(this.logs.bucketName, this.prefix, account, region),
        },
        storageDescriptor: {
          columns: columns(ACCESS_LOG_COLUMNS),
          location: `s3://${this.logs.bucketName}/`,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe',
            parameters: { 'serialization.format': '1', 'input.regex': ACCESS_LOG_REGEX },
          },
        },
      },
    });
  }

  private createWorkGroup(bytesScannedCutoffPerQuery: number, removalPolicy: RemovalPolicy): athena.CfnWorkGroup {
    const workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: Names.uniqueResourceName(this, { separator: '-', maxLength: 128 }),
      description: `Queries on the access logs of ${this.logs.node.path}`,
      recursiveDeleteOption: removalPolicy === RemovalPolicy.DESTROY,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: this.results.s3UrlForObject(),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
          expectedBucketOwner: Aws.ACCOUNT_ID,
        },
      },
    });
    workGroup.applyRemovalPolicy(removalPolicy);
    return workGroup;
  }

  private knownSources(): string[] {
    return [...this.logs._sourceBucketNames, this.results.bucketName];
  }

  private warnOfUnreadSources(namesGiven: boolean): void {
    const readPrefixes = new Set(this.node.root.node.findAll()
      .filter((other): other is AccessLogAnalytics => other instanceof AccessLogAnalytics && other.logs === this.logs)
      .map(other => other.prefix));
    for (const source of sourcesOf(this.logs)) {
      const prefix = prefixOf(source);
      if (!readPrefixes.has(prefix)) {
        this.warnOfUnreadSource(source, `have the prefix '${prefix}'`, 'Make another AccessLogAnalytics with that prefix');
      } else if (prefix === this.prefix && !namesGiven && !isNamedIn(this.knownSources(), source)) {
        this.warnOfUnreadSource(source, 'are in another stack than the log bucket, and the bucket has no name of its own',
          'Give it a bucketName or a bucketNamePrefix, or name it in sourceBucketNames');
      }
    }
  }

  private warnOfUnreadSource(source: s3.CfnBucket, why: string, remedy: string): void {
    Validations.of(this).addWarning('log-source-not-queried',
      `[${this.node.path}] The access logs of [${source.node.scope!.node.path}] ${why}, so queries miss them. ${remedy}`);
  }
}

const TABLE_NAME = 'access_logs';

/** All buckets of the app that write their access logs to this one. */
function sourcesOf(logs: AccessLogBucket): s3.CfnBucket[] {
  return logs.node.root.node.findAll().filter((node): node is s3.CfnBucket =>
    CfnResource.isCfnResource(node) && node.cfnResourceType === s3.CfnBucket.CFN_RESOURCE_TYPE_NAME
      && loggingOf(node as s3.CfnBucket)?.destinationBucketName === logs.bucketName);
}

function loggingOf(source: s3.CfnBucket): s3.CfnBucket.LoggingConfigurationProperty | undefined {
  return Token.isUnresolved(source.loggingConfiguration) ? undefined : source.loggingConfiguration as s3.CfnBucket.LoggingConfigurationProperty;
}

function prefixOf(source: s3.CfnBucket): string {
  return loggingOf(source)?.logFilePrefix ?? '';
}

function isNamedIn(names: string[], source: s3.CfnBucket): boolean {
  const { scope } = source.node;
  return (scope instanceof s3.Bucket && names.includes(scope.bucketName))
    || (source.bucketName !== undefined && names.includes(source.bucketName))
    || (source.bucketNamePrefix !== undefined && names.some(name => name.startsWith(`${source.bucketNamePrefix}-`)));
}

function resultRules(days: number): s3.LifecycleRule[] {
  return [
    { id: 'ExpireResults', expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(1) },
    // S3 takes the removal of delete markers in no rule that also expires by age.
    { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
  ];
}

function scanLimit(place: Place, limit: Size): number {
  const bytes = limit.toBytes({ rounding: SizeRoundingBehavior.FLOOR });
  if (bytes < 10_000_000) {
    throw new ConfigurationError(place, `bytesScannedCutoffPerQuery is ${bytes} bytes`, 'Athena takes no limit below 10,000,000 bytes: give at least Size.mebibytes(10)');
  }
  return bytes;
}

function checkBucketNames(place: Place, names: string[]): void {
  const wrong = names.find(name => !Token.isUnresolved(name) && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name));
  if (wrong !== undefined) {
    throw new ConfigurationError(place, `sourceBucketNames holds '${wrong}'`, 'give names of buckets: 3 to 63 lower case letters, digits, dots and hyphens');
  }
}

function databaseName(place: Construct, given: string | undefined): string {
  if (given !== undefined && !Token.isUnresolved(given) && !/^[a-z][a-z0-9_]{0,254}$/.test(given)) {
    throw new ConfigurationError(place, `databaseName is '${given}'`,
      'Athena takes a lower case letter, then up to 254 lower case letters, digits and underscores: write access_logs, for example');
  }
  return given ?? `access_logs_${Names.uniqueResourceName(place, { separator: '_', maxLength: 200 }).toLowerCase()}`;
}
