import { property } from './expect';
import { Guarantee } from './guarantee';
import { RedactedEndpointFacts } from './redacted-view-facts';

export const endpointTlsOnly: Guarantee<RedactedEndpointFacts> = {
  id: 'endpoint-tls-only',
  title: 'The redacted endpoint is asked over HTTPS only, and asks its function so',
  reason: 'A token that goes out once in plain HTTP can be used by everyone on the way, also if the answer is a redirection. Function URLs take HTTPS only.',
  awsPage: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html',
  rules: { securityHub: ['CloudFront.3', 'CloudFront.9'] },
  constructs: ['RedactedEndpoint'],
  enforcedBy: 'properties: the one behavior of the distribution refuses HTTP; its one origin is asked over HTTPS',
  remedy: 'leave the behavior and the origin of the distribution as they are',
  appliesTo: ({ distribution }) => distribution !== undefined,
  properties: ({ distribution }) => [
    property(distribution!, 'Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', 'https-only'),
    property(distribution!, 'Properties.DistributionConfig.CacheBehaviors', undefined),
    property(distribution!, 'Properties.DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy', 'https-only'),
    property(distribution!, 'Properties.DistributionConfig.Origins.1', undefined),
  ],
};
