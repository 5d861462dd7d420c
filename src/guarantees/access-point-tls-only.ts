import { AccessPointFacts } from './access-point-facts';
import { Guarantee } from './guarantee';
import { denyAll } from '../private/statement';

/** Also where the bucket belongs to somebody else, whose policy may not say so. */
export const accessPointTlsOnly: Guarantee<AccessPointFacts> = {
  id: 'access-point-tls-only',
  title: 'Requests through the access point without TLS are refused',
  reason: 'Plain HTTP shows credentials-bearing URLs and object data to everyone on the way, and lets them be changed.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  rules: {},
  constructs: ['AccessPoint', 'VpcAccessPoint', 'MultiRegionAccessPoint'],
  enforcedBy: 'access point policy: refuses `s3:*` when `aws:SecureTransport` is false',
  remedy: 'leave the statement TlsOnly of the access point policy as it is',
  appliesTo: () => true,
  statements: (_facts, arns) => [denyAll('TlsOnly', arns, { Bool: { 'aws:SecureTransport': 'false' } })],
};
