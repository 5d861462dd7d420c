import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';

export const versioned: Guarantee = {
  id: 'versioned',
  title: 'Overwritten and deleted objects can be brought back',
  reason: 'Without versions, one wrong job or one stolen credential destroys data for good.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  rules: {
    securityHub: ['S3.14'],
    controlTower: ['CT.S3.PR.11'],
    cdkNag: [
      'HIPAA.Security-S3BucketVersioningEnabled',
      'NIST.800.53.R5-S3BucketVersioningEnabled',
      'PCI.DSS.321-S3BucketVersioningEnabled',
      'NIST.800.53.R4-S3BucketVersioningEnabled',
    ],
    nist: ['AU-9(2)', 'CP-10', 'CP-6', 'CP-6(1)', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SI-12', 'SI-13(5)'],
    hipaa: ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(A)', '164.308(a)(7)(ii)(B)', '164.312(c)(1)', '164.312(c)(2)'],
  },
  constructs: ['SecureBucket'],
  enforcedBy: 'property: `VersioningConfiguration.Status` is `Enabled`',
  remedy: 'remove the override; limit the cost of old versions with noncurrentVersionExpiration instead',
  appliesTo: facts => facts.versioned,
  properties: () => [bucketProperty('VersioningConfiguration.Status', 'Enabled')],
};
