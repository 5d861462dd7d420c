import { serverSideAlgorithm } from './facts';
import { Guarantee } from './guarantee';
import { denyWrites, ENCRYPTIONS } from '../private/statement';

/** `Null` beside the negated operator: alone, `StringNotEquals` would match header-less writes too. */
export const encryptionAlgorithm: Guarantee = {
  id: 'encryption-algorithm',
  title: 'A write, or a change of encryption, that asks for another algorithm is refused',
  reason: 'The default of a bucket is only a default: a header on the request overrules it.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject`, `s3:ReplicateObject` and `s3:UpdateObjectEncryption` when `s3:x-amz-server-side-encryption` is present and another',
  remedy: 'leave the statement EncryptionAlgorithm of the bucket policy as it is, or set encryption',
  appliesTo: () => true,
  statements: ({ encryption: { mode } }, arns) => [denyWrites('EncryptionAlgorithm', ENCRYPTIONS, arns, {
    Null: { 's3:x-amz-server-side-encryption': 'false' },
    StringNotEquals: { 's3:x-amz-server-side-encryption': serverSideAlgorithm(mode) },
  })],
};
