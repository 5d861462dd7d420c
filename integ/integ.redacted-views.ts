import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { integApp } from './app';
import { Reader } from './reader';
import { RedactedCopy, RedactedEndpoint, Redaction, SecureBucket } from '../src';

const app = integApp();
const stack = new Stack(app, 'RedactedViewsInteg');
const ends = { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true };
const originals = new SecureBucket(stack, 'Originals', { eventBridge: true, ...ends });
const copies = new SecureBucket(stack, 'Copies', ends);
const redaction = Redaction.of();
const endpoint = new RedactedEndpoint(stack, 'Endpoint', { bucket: originals, prefixes: ['orders/'], redaction });
new RedactedCopy(stack, 'Copy', { source: originals, destination: copies, prefixes: ['orders/'], redaction });

const reader = new Reader(stack, 'Reader');
endpoint.grantRead(reader);
const stranger = new Reader(stack, 'Stranger');
const readerOfCopies = new Reader(stack, 'ReaderOfCopies');
copies.grantRead(readerOfCopies);

const integ = new IntegTest(app, 'RedactedViews', { testCases: [stack], diffAssets: false, stackUpdateWorkflow: false });

const put = (Key: string) => integ.assertions.awsApiCall('S3', 'putObject', {
  Bucket: originals.bucketName, Key, Body: 'order 1042 of jane@example.com', ContentType: 'text/plain',
});
const reads = {
  'the view': { url: endpoint.functionUrl, key: 'orders/1042' },
  'a part of the view': { url: endpoint.functionUrl, key: 'orders/1042', range: 'bytes=6-16' },
  'a listing of the view': { url: endpoint.functionUrl, key: 'orders/', list: true },
  'the view outside its prefixes': { url: endpoint.functionUrl, key: 'invoices/1042' },
  'what is not there': { url: endpoint.functionUrl, key: 'orders/1043' },
  'the bucket': { bucket: originals.bucketName, key: 'orders/1042' },
};
const outcomes = (by: Reader, asked: Parameters<Reader['payload']>[0], expected: Record<string, string>) => integ.assertions.invokeFunction({
  functionName: by.functionName, payload: by.payload(asked),
}).expect(ExpectedResult.objectLike({ Payload: Match.serializedJson(expected) }));

put('orders/1042').next(put('invoices/1042'))
  .next(outcomes(reader, reads, {
    'the view': 'order 1042 of [EMAIL]',
    'a part of the view': '1042 of [EM',
    'a listing of the view': 'orders/1042',
    'the view outside its prefixes': '403',
    'what is not there': '404',
    'the bucket': 'AccessDenied',
  }))
  .next(outcomes(stranger, { 'the view': reads['the view'] }, { 'the view': '403' }))
  .next(outcomes(readerOfCopies, {
    'the copy': { bucket: copies.bucketName, key: 'orders/1042' },
    'what is outside the prefixes': { bucket: copies.bucketName, key: 'invoices/1042' },
    'the original': { bucket: originals.bucketName, key: 'orders/1042' },
  }, {
    'the copy': 'order 1042 of [EMAIL]',
    'what is outside the prefixes': 'NoSuchKey',
    'the original': 'AccessDenied',
  }).waitForAssertions({ totalTimeout: Duration.minutes(5) }));
