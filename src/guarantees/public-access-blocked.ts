import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';

export const publicAccessBlocked: Guarantee = {
  id: 'public-access-blocked',
  title: 'No policy and no ACL can open the bucket to the public',
  reason: 'One careless statement or object ACL is enough to publish a bucket; the four blocks overrule them all.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  rules: {
    securityHub: ['S3.2', 'S3.3', 'S3.8'],
    cis: ['2.1.4'],
    controlTower: ['CT.S3.PR.1'],
    cdkNag: [
      'AwsSolutions-S2',
      'HIPAA.Security-S3BucketLevelPublicAccessProhibited',
      'NIST.800.53.R5-S3BucketLevelPublicAccessProhibited',
      'PCI.DSS.321-S3BucketLevelPublicAccessProhibited',
      'HIPAA.Security-S3BucketPublicReadProhibited',
      'NIST.800.53.R4-S3BucketPublicReadProhibited',
      'NIST.800.53.R5-S3BucketPublicReadProhibited',
      'PCI.DSS.321-S3BucketPublicReadProhibited',
      'HIPAA.Security-S3BucketPublicWriteProhibited',
      'NIST.800.53.R4-S3BucketPublicWriteProhibited',
      'NIST.800.53.R5-S3BucketPublicWriteProhibited',
      'PCI.DSS.321-S3BucketPublicWriteProhibited',
    ],
    nist: ['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)'],
    pci: ['1.4.4'],
    hipaa: ['164.308(a)(3)(i)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)', '164.312(e)(1)'],
  },
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: the four flags of `PublicAccessBlockConfiguration` are true',
  remedy: 'remove the override; serve public content through CloudFront with origin access control instead',
  appliesTo: () => true,
  properties: () => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
    .map(flag => bucketProperty(`PublicAccessBlockConfiguration.${flag}`, true)),
};
