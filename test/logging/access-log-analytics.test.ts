import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, NestedStack, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessLogAnalytics, AccessLogAnalyticsProps, AccessLogBucket, LoggingBucketPair, SecureBucket } from '../../src';
import { ACCESS_LOG_COLUMNS, ACCESS_LOG_PARTITIONS, ACCESS_LOG_REGEX } from '../../src/logging/access-log-table';

interface LineCase {
  readonly name: string;
  readonly line: string;
  readonly fields: Record<string, string | number>;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
}

const LINES = read<{ cases: LineCase[] }>('access-log-lines.cases.json').cases;
const QUERIES = read<{ queries: { name: string }[] }>('access-log-queries.cases.json').queries;

/** As Athena reads a line, but for the regular expressions of Java, which scripts/access-logs/check.sh tries. */
function parse(line: string): Record<string, string | number> {
  const groups = new RegExp(`^(?:${ACCESS_LOG_REGEX})$`, 's').exec(line)?.slice(1) ?? [];
  return Object.fromEntries(ACCESS_LOG_COLUMNS
    .map(({ name, type }, index) => [name, type === 'string' || groups[index] === undefined ? groups[index] : Number(groups[index])])
    .filter(([, value]) => value !== undefined));
}

describe('a line of the log', () => {
  test.each(LINES)('$name', ({ line, fields }) => {
    expect(parse(line)).toEqual(fields);
  });

  test('has one group for each column', () => {
    expect(new RegExp(`${ACCESS_LOG_REGEX}|`).exec('')!.length - 1).toBe(ACCESS_LOG_COLUMNS.length);
  });

  test.each(ACCESS_LOG_COLUMNS)('is tried with $name filled', ({ name }) => {
    expect(LINES.some(({ fields }) => fields[name] !== undefined && fields[name] !== '-')).toBe(true);
  });

  const alwaysFilled = ['bucket_owner', 'bucket', 'request_time', 'request_id', 'operation', 'host_id'];

  test.each(ACCESS_LOG_COLUMNS.filter(({ name }) => !alwaysFilled.includes(name)))('is tried with a dash for $name', ({ name, type }) => {
    const dash = type === 'string' ? '-' : undefined;
    expect(LINES.some(({ fields }) => fields.bucket_owner !== undefined && fields[name] === dash)).toBe(true);
  });

  test('names no column twice', () => {
    const names = [...ACCESS_LOG_COLUMNS, ...ACCESS_LOG_PARTITIONS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

function setUp(props: Partial<AccessLogAnalyticsProps> = {}, logProps = {}) {
  const app = new App();
  const stack = new Stack(app, 'Logs');
  const logs = new AccessLogBucket(stack, 'Logs', logProps);
  const analytics = new AccessLogAnalytics(stack, 'Analytics', { logs, ...props });
  return { app, stack, logs, analytics };
}

function tableInput(stack: Stack) {
  const [table] = Object.values(Template.fromStack(stack).findResources('AWS::Glue::Table'));
  return table.Properties.TableInput;
}

function sourceBuckets(stack: Stack): unknown[] {
  const values = tableInput(stack).Parameters['projection.source_bucket.values'];
  return (values['Fn::Join']?.[1] ?? [values]).flatMap((part: unknown) => typeof part === 'string' ? part.split(',').filter(Boolean) : [part]);
}

function refOf(stack: Stack, bucket: s3.Bucket) {
  return { Ref: stack.getLogicalId(bucket.node.defaultChild as s3.CfnBucket) };
}

describe('the table', () => {
  test('reads the columns with RegexSerDe', () => {
    const { stack } = setUp();
    const { StorageDescriptor: descriptor, TableType } = tableInput(stack);
    expect(TableType).toBe('EXTERNAL_TABLE');
    expect(descriptor.InputFormat).toBe('org.apache.hadoop.mapred.TextInputFormat');
    expect(descriptor.SerdeInfo).toEqual({
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe',
      Parameters: { 'serialization.format': '1', 'input.regex': ACCESS_LOG_REGEX },
    });
    expect(descriptor.Columns.map(({ Name }: { Name: string }) => Name)).toEqual(ACCESS_LOG_COLUMNS.map(({ name }) => name));
  });

  test('projects partitions from the keys of the logs', () => {
    const { stack, logs } = setUp();
    const { PartitionKeys, Parameters } = tableInput(stack);
    expect(PartitionKeys.map(({ Name, Type }: Record<string, string>) => [Name, Type])).toEqual([['source_bucket', 'string'], ['day', 'string']]);
    expect(Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.source_bucket.type': 'enum',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy/MM/dd',
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
      'storage.location.template': {
        'Fn::Join': ['', ['s3://', refOf(stack, logs), '/', { Ref: 'AWS::AccountId' }, '/', { Ref: 'AWS::Region' }, '/${source_bucket}/${day}/']],
      },
    });
  });

  test('adds no slash to the prefix, as S3 does not', () => {
    const { stack } = setUp({ prefix: 'access-' });
    expect(tableInput(stack).Parameters['storage.location.template']['Fn::Join'][1]).toEqual(
      ['s3://', expect.anything(), '/access-', { Ref: 'AWS::AccountId' }, '/', { Ref: 'AWS::Region' }, '/${source_bucket}/${day}/']);
  });

  test('writes the account and Region of the log bucket where they are known', () => {
    const app = new App();
    const stack = new Stack(app, 'Logs', { env: { account: '111122223333', region: 'eu-west-1' } });
    new LoggingBucketPair(stack, 'Data', { analytics: true });
    expect(tableInput(stack).Parameters['storage.location.template']['Fn::Join'][1].at(-1)).toBe('/111122223333/eu-west-1/${source_bucket}/${day}/');
  });

  test('reaches back as far as logs are kept', () => {
    expect(tableInput(setUp().stack).Parameters['projection.day.range']).toBe('NOW-365DAYS,NOW');
    expect(tableInput(setUp({}, { logRetention: Duration.days(90) }).stack).Parameters['projection.day.range']).toBe('NOW-90DAYS,NOW');
  });

  test('has a database of its own', () => {
    const template = Template.fromStack(setUp().stack);
    template.hasResourceProperties('AWS::Glue::Database', {
      CatalogId: { Ref: 'AWS::AccountId' },
      DatabaseInput: { Name: Match.stringLikeRegexp('^access_logs_[a-z0-9_]+$') },
    });
    Template.fromStack(setUp({ databaseName: 'audit' }).stack).hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'audit' } });
  });
});

describe('the source buckets', () => {
  test('are those that attach before and after, with the results, each once', () => {
    const app = new App();
    const stack = new Stack(app, 'Logs');
    const logs = new AccessLogBucket(stack, 'Logs');
    const before = new SecureBucket(stack, 'Before', { accessLogs: logs });
    const { results } = new AccessLogAnalytics(stack, 'Analytics', { logs });
    const after = new SecureBucket(stack, 'After', { accessLogs: logs });
    expect(sourceBuckets(stack)).toEqual([before, results, after].map(bucket => refOf(stack, bucket)));
  });

  test('are known by name in other stacks', () => {
    const { app, stack, logs, analytics } = setUp();
    const other = new Stack(app, 'Other');
    new SecureBucket(other, 'Named', { accessLogs: logs, bucketName: 'example-data' });
    expect(sourceBuckets(stack)).toEqual([refOf(stack, analytics.results), 'example-data']);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('queries miss them'));
  });

  test('are known in nested stacks', () => {
    const { app, stack, logs } = setUp();
    new SecureBucket(new NestedStack(stack, 'Nested'), 'Bucket', { accessLogs: logs });
    expect(sourceBuckets(stack)).toHaveLength(2);
    app.synth();
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('queries miss them'));
  });

  test('of other apps are given', () => {
    const { stack, analytics } = setUp({ sourceBucketNames: ['example-data', 'example-data', 'example-site'] });
    expect(sourceBuckets(stack)).toEqual([refOf(stack, analytics.results), 'example-data', 'example-site']);
  });

  test('that the table cannot name are told', () => {
    const { app, stack, logs } = setUp();
    new SecureBucket(new Stack(app, 'Other'), 'Unnamed', { accessLogs: logs });
    Annotations.fromStack(stack).hasWarning('/Logs/Analytics', Match.stringLikeRegexp(
      '\\[Logs/Analytics\\] The access logs of \\[Other/Unnamed\\] are in another stack than the log bucket, and the bucket has no name of its own'));
  });

  test('that the table cannot name are not told if names are given', () => {
    const { app, stack, logs } = setUp({ sourceBucketNames: ['example-data'] });
    new SecureBucket(new Stack(app, 'Other'), 'Unnamed', { accessLogs: logs });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('queries miss them'));
  });

  test('with another prefix are told, unless another table reads it', () => {
    const withPrefix = setUp();
    new SecureBucket(withPrefix.stack, 'Data', { accessLogs: withPrefix.logs, accessLogsPrefix: 'data/' });
    Annotations.fromStack(withPrefix.stack).hasWarning('/Logs/Analytics', Match.stringLikeRegexp("\\[Logs/Data\\] have the prefix 'data/'"));

    const withTwoTables = setUp();
    new SecureBucket(withTwoTables.stack, 'Data', { accessLogs: withTwoTables.logs, accessLogsPrefix: 'data/' });
    new AccessLogAnalytics(withTwoTables.stack, 'DataAnalytics', { logs: withTwoTables.logs, prefix: 'data/' });
    Annotations.fromStack(withTwoTables.stack).hasNoWarning('*', Match.stringLikeRegexp('queries miss them'));
  });

  test('and the log bucket may be in another stack', () => {
    const app = new App();
    const logStack = new Stack(app, 'Logs');
    const logs = new AccessLogBucket(logStack, 'Logs');
    new SecureBucket(logStack, 'Data', { accessLogs: logs });
    const stack = new Stack(app, 'Analytics');
    new AccessLogAnalytics(stack, 'Analytics', { logs, resultBucketName: 'example-results' });
    app.synth();
    expect(sourceBuckets(stack)).toHaveLength(3);
    for (const each of [logStack, stack]) {
      Annotations.fromStack(each).hasNoWarning('*', Match.stringLikeRegexp('log-source'));
    }
  });
});

describe('the workgroup', () => {
  test('enforces its settings', () => {
    const { stack, analytics } = setUp();
    Template.fromStack(stack).hasResource('AWS::Athena::WorkGroup', {
      DeletionPolicy: 'Retain',
      Properties: {
        Name: 'Logs-Analytics-73BA6332',
        RecursiveDeleteOption: false,
        WorkGroupConfiguration: {
          EnforceWorkGroupConfiguration: true,
          PublishCloudWatchMetricsEnabled: true,
          BytesScannedCutoffPerQuery: 107_374_182_400,
          EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
          ResultConfiguration: {
            OutputLocation: { 'Fn::Join': ['', ['s3://', refOf(stack, analytics.results)]] },
            EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
            ExpectedBucketOwner: { Ref: 'AWS::AccountId' },
          },
        },
      },
    });
  });

  test('takes another limit', () => {
    const { stack } = setUp({ bytesScannedCutoffPerQuery: Size.gibibytes(1) });
    Template.fromStack(stack).hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 1_073_741_824 },
    });
  });

  test('goes with its queries and results if it may', () => {
    const { stack, analytics } = setUp({ removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Athena::WorkGroup', { DeletionPolicy: 'Delete', Properties: { RecursiveDeleteOption: true } });
    expect(template.toJSON().Resources[refOf(stack, analytics.results).Ref].DeletionPolicy).toBe('Delete');
  });
});

describe('the result bucket', () => {
  function resultBucket(props?: Partial<AccessLogAnalyticsProps>) {
    const { stack, analytics, logs } = setUp(props);
    return { bucket: Template.fromStack(stack).toJSON().Resources[refOf(stack, analytics.results).Ref], logs: refOf(stack, logs) };
  }

  test('lets results expire', () => {
    expect(resultBucket().bucket.Properties.LifecycleConfiguration.Rules).toEqual(expect.arrayContaining([
      { Id: 'ExpireResults', Status: 'Enabled', ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      { Id: 'RemoveDeleteMarkers', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
    ]));
    expect(resultBucket({ resultRetention: Duration.days(7) }).bucket.Properties.LifecycleConfiguration.Rules)
      .toContainEqual(expect.objectContaining({ Id: 'ExpireResults', ExpirationInDays: 7 }));
  });

  test('is encrypted, retained, and logs to the same bucket under the same prefix', () => {
    const { bucket, logs } = resultBucket({ prefix: 'access/' });
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect(bucket.Properties.LoggingConfiguration).toMatchObject({ DestinationBucketName: logs, LogFilePrefix: 'access/' });
  });

  test('has the given name', () => {
    expect(resultBucket({ resultBucketName: 'example-results' }).bucket.Properties.BucketName).toBe('example-results');
  });
});

describe('the saved queries', () => {
  const { stack } = setUp();
  const queries = Object.values(Template.fromStack(stack).findResources('AWS::Athena::NamedQuery')).map(({ Properties }) => Properties);

  test('are those with expected rows', () => {
    expect(queries.map(({ Name }) => Name).sort()).toEqual(QUERIES.map(({ name }) => name).sort());
  });

  test('run in the workgroup on the database', () => {
    const template = Template.fromStack(stack);
    const [[workGroup]] = Object.entries(template.findResources('AWS::Athena::WorkGroup'));
    const [[database]] = Object.entries(template.findResources('AWS::Glue::Database'));
    for (const query of queries) {
      expect(query).toMatchObject({ WorkGroup: { Ref: workGroup }, Database: { Ref: database } });
    }
  });

  test.each(queries.map(({ Name, QueryString, Description }) => ({ Name, QueryString, Description })))(
    '$Name: reads the last 30 days of the table, bounded', ({ QueryString, Description }) => {
      expect(QueryString).toMatch(/\nFROM access_logs\nWHERE day >= date_format\(current_date - interval '30' day, '%Y\/%m\/%d'\)\n/);
      expect(QueryString).toMatch(/\nORDER BY [^\n]+\nLIMIT \d+$/);
      expect(QueryString.length).toBeLessThan(262_144);
      expect(Description.length).toBeLessThanOrEqual(1024);
    });
});

describe('with a LoggingBucketPair', () => {
  test('a guarded stack results', () => {
    const app = new App();
    const stack = new Stack(app, 'Data');
    const pair = new LoggingBucketPair(stack, 'Data', { analytics: true });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Athena::NamedQuery', 8);
    expect(sourceBuckets(stack)).toEqual([pair.bucket, pair.analytics!.results].map(bucket => refOf(stack, bucket)));
    expect(stack.resolve([pair.analytics!.databaseName, pair.analytics!.tableName, pair.analytics!.workGroupName])).toEqual(
      ['AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup'].map(type => ({ Ref: Object.keys(template.findResources(type))[0] })));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

describe('is refused with', () => {
  test.each<[string, Partial<AccessLogAnalyticsProps>, string]>([
    ['a database name that needs quotes', { databaseName: 'Access-Logs' }, "databaseName is 'Access-Logs'"],
    ['a prefix that starts with a slash', { prefix: '/logs' }, "prefix is '/logs'"],
    ['a prefix with a variable of the projection', { prefix: '${day}/' }, "prefix is '${day}/'"],
    ['a list of buckets in one name', { sourceBucketNames: ['example-data, example-site'] }, "sourceBucketNames holds 'example-data, example-site'"],
    ['results that go at once', { resultRetention: Duration.hours(12) }, 'resultRetention is 12 hours'],
    ['results kept for no whole days', { resultRetention: Duration.hours(36) }, 'resultRetention is 1 day 12 hours'],
    ['a limit that Athena does not take', { bytesScannedCutoffPerQuery: Size.mebibytes(9) }, 'bytesScannedCutoffPerQuery is 9437184 bytes'],
  ])('%s', (_what, props, message) => {
    expect(() => setUp(props)).toThrow(`[Logs/Analytics] ${message}`);
  });
});
