import { serverSideAlgorithm } from './facts';
import { Guarantee } from './guarantee';
import { CLIENT_WRITES, denyWrites, ENCRYPTIONS } from '../private/statement';

export const encryptionKey: Guarantee = {
  id: 'encryption-key',
  title: 'A write, or a change of encryption, under another KMS key is refused, the AWS managed key included',
  reason: 'Under a foreign key the owner of that key decides who reads the object; and a KMS header without a key id means the AWS managed key, whose policy nobody can narrow.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject`, `s3:ReplicateObject` and `s3:UpdateObjectEncryption` when the key id header is another, or missing beside a KMS algorithm',
  remedy: 'leave the statements EncryptionKey and NoAwsManagedKey of the bucket policy as they are, or set encryption',
  appliesTo: ({ encryption }) => encryption.keyArn !== undefined,
  statements: ({ encryption: { mode, keyArn } }, arns) => [
    denyWrites('EncryptionKey', ENCRYPTIONS, arns, {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
    }),
    denyWrites('NoAwsManagedKey', CLIENT_WRITES, arns, {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' },
      StringEquals: { 's3:x-amz-server-side-encryption': serverSideAlgorithm(mode) },
    }),
  ],
};
