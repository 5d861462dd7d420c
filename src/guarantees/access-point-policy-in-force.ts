import { AccessPointFacts } from './access-point-facts';
import { property } from './expect';
import { Guarantee } from './guarantee';
import { oversizedPolicy } from './oversized-policy';

export const accessPointPolicyInForce: Guarantee<AccessPointFacts> = {
  id: 'access-point-policy-in-force',
  title: 'The policy of the access point speaks of that access point, which leads to its bucket, and is always deployed and within the size that S3 takes',
  reason: 'Under another name, the access point is none that its policy refuses anything on; S3 refuses more than 20 KB; and a policy that is deployed under a condition may be missing.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html',
  rules: {},
  constructs: ['AccessPoint', 'VpcAccessPoint', 'MultiRegionAccessPoint'],
  enforcedBy: 'properties: the name and the bucket of the access point; a policy without a condition of its own, of at most 20 KB',
  remedy: 'give the name and the bucket to the construct, and split the prefixes or the grantees over several access points: each has a policy of its own',
  appliesTo: () => true,
  properties: ({ construct, name, buckets }, view) => [
    property('subject', 'Properties.Name', view.resolve(name)),
    ...construct === 'MultiRegionAccessPoint' ? [
      property('subject', 'Properties.Regions', buckets.map(({ bucketName, accountId }) => view.resolve({ Bucket: bucketName, BucketAccountId: accountId }))),
      property('policy', 'Properties.MrapName', { Ref: view.logicalId }),
    ] : [
      property('subject', 'Properties.Bucket', view.resolve(buckets[0].bucketName)),
      property('subject', 'Properties.BucketAccountId', view.resolve(buckets[0].accountId)),
    ],
  ],
  inspect: view => [
    ...view.policies.every(({ resource, property: document }) => resource.Properties?.[document] === undefined) ? [{ problem: 'the access point has no policy', location: 'Properties/Policy' }] : [],
    ...view.policies.filter(({ resource: { Condition } }) => Condition !== undefined && Condition !== view.resource.Condition)
      .map(({ resource: { Condition }, logicalId }) => ({
        problem: `the policy is deployed only when the condition '${Condition}' holds, the access point also without it`,
        location: 'Condition',
        logicalId,
      })),
    ...view.policies.slice(1).map(({ logicalId, sameTemplate }) => ({
      problem: `a second policy '${logicalId}' for the same access point: whichever is deployed last replaces the other`,
      location: 'Properties/MrapName',
      logicalId: sameTemplate ? logicalId : undefined,
    })),
    ...oversizedPolicy(view),
  ],
};
