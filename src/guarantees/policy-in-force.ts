import { Finding, Guarantee } from './guarantee';
import { oversizedPolicy } from './oversized-policy';
import { BucketView } from './view';

export const policyInForce: Guarantee = {
  id: 'policy-in-force',
  title: 'The bucket has one policy, always deployed and within the size that S3 takes',
  reason: 'A bucket holds one policy: a second resource for it replaces the first, a condition may leave it out, and S3 refuses more than 20 KB.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'one `AWS::S3::BucketPolicy` for the bucket over all templates, without condition, of at most 20 KB',
  remedy: 'add statements with addToResourcePolicy, and give prefixes or teams an access point each instead of a statement each',
  appliesTo: () => true,
  inspect: view => [...secondPolicies(view), ...conditionedPolicy(view), ...oversizedPolicy(view)],
};

function secondPolicies(view: BucketView): Finding[] {
  return view.policies.slice(1).map(policy => ({
    problem: `a second bucket policy '${policy.logicalId}' for the same bucket: whichever is deployed last replaces the other`,
    location: 'Properties/Bucket',
    logicalId: policy.sameTemplate ? policy.logicalId : undefined,
  }));
}

function conditionedPolicy(view: BucketView): Finding[] {
  const policy = view.policies[0];
  return policy === undefined || policy.resource.Condition === undefined || policy.resource.Condition === view.resource.Condition ? [] : [{
    problem: `the bucket policy is deployed only when the condition '${policy.resource.Condition}' holds, the bucket also without it`,
    location: 'Condition',
    logicalId: policy.logicalId,
  }];
}
