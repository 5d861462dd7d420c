import { serverSideAlgorithm } from './facts';
import { Guarantee } from './guarantee';
import { ALL_WRITES, CLIENT_WRITES, denyWrites } from '../private/statement';

export const encryptionKey: Guarantee = {
  id: 'encryption-key',
  title: 'A write under another KMS key is refused, the AWS managed key included',
  reason: 'Under a foreign key the owner of that key decides who reads the object; and a KMS header without a key id means the AWS managed key, whose policy nobody can narrow.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject` when the key id header is another, or missing beside a KMS algorithm',
  remedy: 'leave the statements EncryptionKey and NoAwsManagedKey of the bucket policy as they are, or set encryption',
  appliesTo: ({ encryption }) => encryption.keyArn !== undefined,
  statements: ({ encryption: { mode, keyArn } }, arns) => [
    denyWrites('EncryptionKey', ALL_WRITES, arns, {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
    }),
    denyWrites('NoAwsManagedKey', CLIENT_WRITES, arns, {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' },
      StringEquals: { 's3:x-amz-server-side-encryption': serverSideAlgorithm(mode) },
    }),
  ],
};
