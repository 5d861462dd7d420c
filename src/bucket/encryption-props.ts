import * as s3 from 'aws-cdk-lib/aws-s3';
import { Encryption } from './encryption';

/** What the L2 takes for an encryption. */
export function encryptionProps(encryption: Encryption): s3.BucketProps {
  const common = { blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C] };
  switch (encryption._mode) {
    case 'kms':
      return { ...common, encryption: s3.BucketEncryption.KMS, encryptionKey: encryption._key, bucketKeyEnabled: true };
    case 'dualLayerKms':
      return { ...common, encryption: s3.BucketEncryption.DSSE, encryptionKey: encryption._key, bucketKeyEnabled: undefined };
    default:
      return {
        encryption: s3.BucketEncryption.S3_MANAGED,
        encryptionKey: undefined,
        bucketKeyEnabled: undefined,
        blockedEncryptionTypes: encryption._mode === 'customerProvided' ? [s3.BlockedEncryptionType.NONE] : common.blockedEncryptionTypes,
      };
  }
}
