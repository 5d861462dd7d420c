import { bucketProperty } from './expect';
import { serverSideAlgorithm } from './facts';
import { Guarantee } from './guarantee';

const DEFAULT_RULE = 'BucketEncryption.ServerSideEncryptionConfiguration.0';

export const defaultEncryption: Guarantee = {
  id: 'default-encryption',
  title: 'An object that is written without encryption headers gets the encryption of the bucket',
  reason: 'Most clients send no encryption header; what they store then depends on the default alone.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html',
  rules: {
    securityHub: ['S3.17'],
    controlTower: ['CT.S3.PR.10'],
    cdkNag: ['HIPAA.Security-S3DefaultEncryptionKMS', 'NIST.800.53.R5-S3DefaultEncryptionKMS', 'PCI.DSS.321-S3DefaultEncryptionKMS'],
    nist: ['AU-9', 'CA-9(1)', 'CM-3(6)', 'SC-12(2)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    pci: ['3.5.1'],
    hipaa: ['164.312(a)(2)(iv)', '164.312(e)(2)(ii)'],
    note: 'they want a KMS key and are met with `Encryption.kms()`; `Encryption.dualLayerKms()` meets those of Security Hub and Control Tower, but cdk-nag does not know `aws:kms:dsse`',
  },
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: `ServerSideEncryptionByDefault` with the algorithm, the key and (SSE-KMS) the bucket key',
  remedy: 'remove the override and say the encryption with the prop encryption',
  appliesTo: () => true,
  properties: ({ encryption: { mode, keyArn } }, view) => [
    bucketProperty(`${DEFAULT_RULE}.ServerSideEncryptionByDefault.SSEAlgorithm`, serverSideAlgorithm(mode)),
    ...keyArn === undefined ? [] : [
      bucketProperty(`${DEFAULT_RULE}.ServerSideEncryptionByDefault.KMSMasterKeyID`, view.resolve(keyArn)),
    ],
    ...mode === 'kms' ? [bucketProperty(`${DEFAULT_RULE}.BucketKeyEnabled`, true)] : [],
  ],
};
