import { Guarantee } from './guarantee';
import { denyAll } from '../private/statement';

export const minimumTlsVersion: Guarantee = {
  id: 'minimum-tls-version',
  title: 'Requests with an older TLS version than the minimum are refused',
  reason: 'TLS 1.0 and 1.1 have known weaknesses; a bucket should not depend on what an endpoint still accepts.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'bucket policy: refuses `s3:*` when `s3:TlsVersion` is below the minimum',
  remedy: 'leave the statement MinimumTlsVersion of the bucket policy as it is, or set minimumTlsVersion',
  appliesTo: () => true,
  statements: (facts, arns) => [
    denyAll('MinimumTlsVersion', arns, { NumericLessThan: { 's3:TlsVersion': String(facts.minimumTlsVersion) } }),
  ],
};
