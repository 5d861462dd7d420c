import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LoggingBucketPair } from '../src';
import { integApp } from './app';

const app = integApp();
const stack = new Stack(app, 'LoggingBucketPairInteg');
const pair = new LoggingBucketPair(stack, 'Pair', {
  analytics: true,
  logRetention: Duration.days(1),
  accessLogsPrefix: 'data/',
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
});
const analytics = pair.analytics!;

const integ = new IntegTest(app, 'LoggingBucketPair', { testCases: [stack], diffAssets: false, stackUpdateWorkflow: false });

integ.assertions.awsApiCall('S3', 'getBucketLogging', { Bucket: pair.bucket.bucketName })
  .expect(ExpectedResult.objectLike({ LoggingEnabled: { TargetBucket: pair.logs.bucketName, TargetPrefix: 'data/' } }));

integ.assertions.awsApiCall('Athena', 'getWorkGroup', { WorkGroup: analytics.workGroupName })
  .expect(ExpectedResult.objectLike({ WorkGroup: { State: 'ENABLED', Configuration: { EnforceWorkGroupConfiguration: true } } }));

// Delivery takes hours, so what the query shows is that Athena takes the table and its projection, not what is in the logs.
const query = integ.assertions.awsApiCall('Athena', 'startQueryExecution', {
  QueryString: `SELECT count(*) FROM "${analytics.tableName}" WHERE day = date_format(now(), '%Y/%m/%d')`,
  QueryExecutionContext: { Database: analytics.databaseName },
  WorkGroup: analytics.workGroupName,
});
// Athena reads catalog and buckets with the rights of who asks.
query.provider.addToRolePolicy({
  Effect: 'Allow',
  Action: ['glue:GetTable', 'glue:GetDatabase', 'glue:GetPartitions', 's3:GetBucketLocation', 's3:ListBucket', 's3:GetObject', 's3:PutObject'],
  Resource: ['*'],
});
const finished = integ.assertions.awsApiCall('Athena', 'getQueryExecution', { QueryExecutionId: query.getAttString('QueryExecutionId') });
query.next(finished);
finished.expect(ExpectedResult.objectLike({ QueryExecution: { Status: { State: 'SUCCEEDED' } } }))
  .waitForAssertions({ totalTimeout: Duration.minutes(3) });
