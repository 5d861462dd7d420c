import { BucketView } from './bucket-view';
import { Finding, Guarantee } from './guarantee';
import { statementsOf } from './verify';
import { deployedBytes, KnownBucket, MAXIMUM_POLICY_BYTES } from '../private/policy-size';
import { listOf } from '../private/statement';

/** How many of the largest statements an error names. */
const NAMED_STATEMENTS = 3;

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

function oversizedPolicy(view: BucketView): Finding[] {
  const policy = view.policies[0];
  const used = policyBytes(view);
  if (used <= MAXIMUM_POLICY_BYTES) {
    return [];
  }
  const bucket = knownBucketOf(view);
  const groups = new Map<string, { count: number; bytes: number }>();
  for (const statement of statementsOf(policy.resource)) {
    const name = String(statement.Sid ?? `${statement.Effect} ${listOf(statement.Action).join(', ')}`);
    const { count, bytes } = groups.get(name) ?? { count: 0, bytes: 0 };
    groups.set(name, { count: count + 1, bytes: bytes + deployedBytes(statement, bucket) });
  }
  const largest = [...groups].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, NAMED_STATEMENTS)
    .map(([name, { count, bytes }]) => `${name} (${count === 1 ? '' : `${count} statements, `}${bytes} bytes)`);
  return [{
    problem: `the bucket policy has about ${used} bytes, and S3 takes at most ${MAXIMUM_POLICY_BYTES}; `
      + `the largest statements are ${largest.join(', ')}`,
    location: 'Properties/PolicyDocument',
    logicalId: policy.logicalId,
  }];
}

/** The estimated size of the deployed bucket policy; 0 without one. */
export function policyBytes(view: BucketView): number {
  return view.policies.length === 0 ? 0 : deployedBytes(view.policies[0].resource.Properties?.PolicyDocument, knownBucketOf(view));
}

function knownBucketOf({ logicalId, resource }: BucketView): KnownBucket {
  const name = resource.Properties?.BucketName;
  return { logicalId, name: typeof name === 'string' ? name : undefined };
}
