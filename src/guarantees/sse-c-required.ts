import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';
import { ALL_WRITES, denyWrites } from '../private/statement';

export const sseCRequired: Guarantee = {
  id: 'sse-c-required',
  title: 'A write without a key that the client provides (SSE-C) is refused',
  reason: 'The bucket was made for objects that AWS cannot decrypt on its own; one object without SSE-C breaks that promise silently.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject` and `s3:ReplicateObject` without the SSE-C header; property: `BlockedEncryptionTypes` is `NONE`',
  remedy: 'leave the statement CustomerProvidedKeyRequired of the bucket policy as it is, or set encryption',
  appliesTo: ({ encryption }) => encryption.mode === 'customerProvided',
  statements: (_facts, arns) => [
    denyWrites('CustomerProvidedKeyRequired', ALL_WRITES, arns, { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'true' } }),
  ],
  properties: () => [
    bucketProperty('BucketEncryption.ServerSideEncryptionConfiguration.0.BlockedEncryptionTypes.EncryptionType', ['NONE']),
  ],
};
