import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { integApp } from './app';
import { Reader } from './reader';
import { Encryption, RedactingObjectLambdaAccessPoint, Redaction, SecureBucket } from '../src';

const app = integApp();
const stack = new Stack(app, 'ObjectLambdaInteg');
const bucket = new SecureBucket(stack, 'Orders', {
  encryption: Encryption.kms(),
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
});
const view = new RedactingObjectLambdaAccessPoint(stack, 'View', { bucket, prefixes: ['orders/'], redaction: Redaction.of(), measureOnHead: true });
Validations.of(view).acknowledge({ id: 'annotation::object-lambda-new-accounts', reason: 'the account of this test used S3 Object Lambda before' });
const reader = new Reader(stack, 'Reader');
view.grantRead(reader);

const integ = new IntegTest(app, 'ObjectLambda', { testCases: [stack], diffAssets: false, stackUpdateWorkflow: false });

const put = (Key: string) => integ.assertions.awsApiCall('S3', 'putObject', {
  Bucket: bucket.bucketName, Key, Body: 'order 1042 of jane@example.com', ContentType: 'text/plain',
});
const read = (bucketName: string, key: string) => ({ bucket: bucketName, key });
put('orders/1042').next(put('invoices/1042')).next(integ.assertions.invokeFunction({
  functionName: reader.functionName,
  payload: reader.payload({
    'the view': read(view.objectLambdaAccessPointArn, 'orders/1042'),
    'a part of the view': { ...read(view.objectLambdaAccessPointArn, 'orders/1042'), range: 'bytes=6-16' },
    'the length of the view': { ...read(view.objectLambdaAccessPointArn, 'orders/1042'), head: true },
    'a listing of the view': { ...read(view.objectLambdaAccessPointArn, 'orders/'), list: true },
    'the view outside its prefixes': read(view.objectLambdaAccessPointArn, 'invoices/1042'),
    'the supporting access point': read(view.supportingAccessPointArn, 'orders/1042'),
    'the bucket': read(bucket.bucketName, 'orders/1042'),
  }),
}).expect(ExpectedResult.objectLike({
  Payload: Match.serializedJson({
    'the view': 'order 1042 of [EMAIL]',
    'a part of the view': '1042 of [EM',
    'the length of the view': '21',
    'a listing of the view': 'orders/1042',
    'the view outside its prefixes': 'AccessDenied',
    'the supporting access point': 'AccessDenied',
    'the bucket': 'AccessDenied',
  }),
})));
