import { Facts } from './facts';
import { Finding } from './guarantee';
import { noun, statementsOf } from './verify';
import { View } from './view';
import { deployedBytes, KnownBucket, MAXIMUM_POLICY_BYTES } from '../private/policy-size';
import { listOf } from '../private/statement';

/** How many of the largest statements an error names. */
const NAMED_STATEMENTS = 3;

/** Whether S3 would refuse the policy for its size, and which statements make it large. */
export function oversizedPolicy<F extends Facts>(view: View<F>): Finding[] {
  const policy = view.policies[0];
  const used = policyBytes(view);
  if (used <= MAXIMUM_POLICY_BYTES) {
    return [];
  }
  const bucket = knownBucketOf(view);
  const groups = new Map<string, { count: number; bytes: number }>();
  for (const statement of statementsOf(policy)) {
    const name = String(statement.Sid ?? `${statement.Effect} ${listOf(statement.Action).join(', ')}`);
    const { count, bytes } = groups.get(name) ?? { count: 0, bytes: 0 };
    groups.set(name, { count: count + 1, bytes: bytes + deployedBytes(statement, bucket) });
  }
  const largest = [...groups].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, NAMED_STATEMENTS)
    .map(([name, { count, bytes }]) => `${name} (${count === 1 ? '' : `${count} statements, `}${bytes} bytes)`);
  return [{
    problem: `the ${noun(view)} policy has about ${used} bytes, and S3 takes at most ${MAXIMUM_POLICY_BYTES}; `
      + `the largest statements are ${largest.join(', ')}`,
    location: `Properties/${policy.property}`,
    logicalId: policy.logicalId,
  }];
}

/** The estimated size of the deployed policy; 0 without one. */
export function policyBytes(view: View): number {
  const policy = view.policies[0];
  const document = policy?.resource.Properties?.[policy.property];
  return document === undefined ? 0 : deployedBytes(document, knownBucketOf(view));
}

function knownBucketOf({ logicalId, resource }: View): KnownBucket {
  const name = resource.Properties?.BucketName;
  return { logicalId, name: typeof name === 'string' ? name : undefined };
}
