import { property } from './expect';
import { Guarantee } from './guarantee';
import { RedactedEndpointFacts } from './redacted-view-facts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

export const endpointNothingKept: Guarantee<RedactedEndpointFacts> = {
  id: 'endpoint-nothing-kept',
  title: 'CloudFront keeps no answer of the redacted endpoint, and no error',
  reason: 'What is kept is given to whoever asks next, without asking the function who it is; a kept error tells them whether an object is there.',
  awsPage: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html',
  rules: {},
  constructs: ['RedactedEndpoint'],
  enforcedBy: 'properties: the one behavior of the distribution has the managed policy CachingDisabled; errors are kept for 0 seconds',
  remedy: 'leave the cache policy and the error responses of the distribution as they are, and add no behavior',
  appliesTo: ({ distribution }) => distribution !== undefined,
  properties: ({ distribution }) => [
    property(distribution!, 'Properties.DistributionConfig.DefaultCacheBehavior.CachePolicyId', CACHING_DISABLED),
    property(distribution!, 'Properties.DistributionConfig.CacheBehaviors', undefined),
    ...distribution!.errors.flatMap((status, index) => [
      property(distribution!, `Properties.DistributionConfig.CustomErrorResponses.${index}.ErrorCode`, status),
      property(distribution!, `Properties.DistributionConfig.CustomErrorResponses.${index}.ErrorCachingMinTTL`, 0),
    ]),
  ],
};
