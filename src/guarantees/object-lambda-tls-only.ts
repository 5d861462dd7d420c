import { Guarantee } from './guarantee';
import { ObjectLambdaFacts } from './object-lambda-facts';
import { EVERYONE } from '../private/statement';

export const objectLambdaTlsOnly: Guarantee<ObjectLambdaFacts> = {
  id: 'object-lambda-tls-only',
  title: 'Requests to the Object Lambda access point without TLS are refused',
  reason: 'Plain HTTP shows credentials-bearing URLs and object data to everyone on the way, and lets them be changed. S3 Object Lambda takes HTTPS only; the policy says so, too.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-security.html',
  rules: {},
  constructs: ['ObjectLambdaAccessPoint'],
  enforcedBy: 'policy of the Object Lambda access point: refuses `s3-object-lambda:*` when `aws:SecureTransport` is false',
  remedy: 'leave the statement TlsOnly of the policy as it is',
  appliesTo: () => true,
  statements: (_facts, { own }) => [{
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: EVERYONE,
    Action: 's3-object-lambda:*',
    Resource: [own],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }],
};
