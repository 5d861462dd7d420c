import { Guarantee } from './guarantee';
import { CLIENT_WRITES, denyWrites } from '../private/statement';

export const encryptionHeadersRequired: Guarantee = {
  id: 'encryption-headers-required',
  title: 'A write that does not name its encryption is refused',
  reason: 'Some rules of conduct want every writer to say the encryption, so that a changed default cannot go unnoticed.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject` when `s3:x-amz-server-side-encryption` is absent',
  remedy: 'leave the statement EncryptionHeadersRequired of the bucket policy as it is, or unset requireEncryptionHeaders',
  appliesTo: facts => facts.requireEncryptionHeaders,
  statements: (_facts, arns) => [denyWrites('EncryptionHeadersRequired', CLIENT_WRITES, arns, { Null: { 's3:x-amz-server-side-encryption': 'true' } })],
};
