import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';
import { ALL_WRITES, denyWrites } from '../private/statement';

export const sseCRefused: Guarantee = {
  id: 'sse-c-refused',
  title: 'A write under a key that only the client holds (SSE-C) is refused',
  reason: 'Whoever gets hold of write access can re-encrypt every object with SSE-C and sell the key back.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject` and `s3:ReplicateObject` with the SSE-C header; property: `BlockedEncryptionTypes` holds `SSE-C`',
  remedy: 'remove the override, or set encryption: Encryption.customerProvided() if clients must bring their keys',
  appliesTo: ({ encryption }) => encryption.mode !== 'customerProvided',
  statements: (_facts, arns) => [
    denyWrites('NoCustomerProvidedKeys', ALL_WRITES, arns, { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } }),
  ],
  properties: () => [
    bucketProperty('BucketEncryption.ServerSideEncryptionConfiguration.0.BlockedEncryptionTypes.EncryptionType', ['SSE-C']),
  ],
};
