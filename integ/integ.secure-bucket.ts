import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Encryption, PresignedUrls, SecureBucket, SecureBucketProps } from '../src';
import { integApp } from './app';
import { Probe } from './probe';

const MAX_AGE = Duration.seconds(10);
const SSE_C = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: '0123456789abcdef0123456789abcdef' };

const app = integApp();
const stack = new Stack(app, 'SecureBucketInteg');
const props: SecureBucketProps = {
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
  presignedUrls: PresignedUrls.maxAge(MAX_AGE),
};
const sseS3 = new SecureBucket(stack, 'SseS3', props);
const sseKms = new SecureBucket(stack, 'SseKms', { ...props, encryption: Encryption.kms() });
const key = sseKms.encryptionKey!;
const probe = new Probe(stack, 'Probe');
for (const bucket of [sseS3, sseKms]) {
  bucket.grantReadWrite(probe);
  bucket.grantPutAcl(probe);
}

const integ = new IntegTest(app, 'SecureBucket', { testCases: [stack], diffAssets: false, stackUpdateWorkflow: false });

integ.assertions.invokeFunction({
  functionName: probe.functionName,
  payload: probe.payload({
    bucket: sseS3.bucketName,
    presignedMaxAge: MAX_AGE.toSeconds(),
    puts: {
      'no header': {},
      'SSE-S3': { ServerSideEncryption: 'AES256' },
      'SSE-KMS': { ServerSideEncryption: 'aws:kms' },
      'SSE-C': SSE_C,
      'public ACL': { ACL: 'public-read' },
    },
  }),
}).expect(ExpectedResult.objectLike({
  Payload: Match.serializedJson({
    'no header': 'AES256',
    'SSE-S3': 'AES256',
    'SSE-KMS': 'AccessDenied',
    'SSE-C': 'AccessDenied',
    'public ACL': 'AccessControlListNotSupported',
    'plain HTTP': 'AccessDenied',
    'fresh presigned URL': 'allowed',
    'old presigned URL': 'AccessDenied',
  }),
}));

integ.assertions.invokeFunction({
  functionName: probe.functionName,
  payload: probe.payload({
    bucket: sseKms.bucketName,
    puts: {
      'no header': {},
      'its own key': { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key.keyArn },
      'SSE-KMS without a key': { ServerSideEncryption: 'aws:kms' },
      'SSE-S3': { ServerSideEncryption: 'AES256' },
      'SSE-C': SSE_C,
    },
  }),
}).expect(ExpectedResult.objectLike({
  Payload: Match.serializedJson({
    'no header': `aws:kms ${key.keyArn}`,
    'its own key': `aws:kms ${key.keyArn}`,
    'SSE-KMS without a key': 'AccessDenied',
    'SSE-S3': 'AccessDenied',
    'SSE-C': 'AccessDenied',
    'plain HTTP': 'AccessDenied',
  }),
}));

integ.assertions.awsApiCall('S3', 'getBucketVersioning', { Bucket: sseS3.bucketName })
  .expect(ExpectedResult.objectLike({ Status: 'Enabled' }));
