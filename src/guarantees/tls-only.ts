import { Guarantee } from './guarantee';
import { denyAll } from '../private/statement';

/** The condition stands alone in its statement, and both ARNs in one list: CT.S3.PR.8 and cdk-nag look for exactly that. */
export const tlsOnly: Guarantee = {
  id: 'tls-only',
  title: 'Requests without TLS are refused',
  reason: 'Plain HTTP shows credentials-bearing URLs and object data to everyone on the way, and lets them be changed.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  rules: {
    securityHub: ['S3.5'],
    cis: ['2.1.1'],
    controlTower: ['CT.S3.PR.8'],
    cdkNag: [
      'AwsSolutions-S10',
      'HIPAA.Security-S3BucketSSLRequestsOnly',
      'NIST.800.53.R5-S3BucketSSLRequestsOnly',
      'PCI.DSS.321-S3BucketSSLRequestsOnly',
      'NIST.800.53.R4-S3BucketSSLRequestsOnly',
    ],
    nist: ['AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SI-7(6)'],
    pci: ['4.2.1'],
    hipaa: ['164.312(a)(2)(iv)', '164.312(c)(2)', '164.312(e)(1)', '164.312(e)(2)(i)', '164.312(e)(2)(ii)'],
  },
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'bucket policy: refuses `s3:*` when `aws:SecureTransport` is false',
  remedy: 'leave the statement TlsOnly of the bucket policy as it is',
  appliesTo: () => true,
  statements: (_facts, arns) => [denyAll('TlsOnly', arns, { Bool: { 'aws:SecureTransport': 'false' } })],
};
