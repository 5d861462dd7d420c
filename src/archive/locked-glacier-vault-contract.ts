import { canonicalStatement } from '../private/statement';

/** The properties of the custom resource, as CloudFormation hands them to its function: all of them strings. */
export interface VaultProperties {
  readonly VaultName: string;
  /** JSON. */
  readonly LockPolicy: string;
  /** JSON. */
  readonly AccessPolicy?: string;
  readonly CompleteLock: 'true' | 'false';
  readonly LockAttempt: string;
  readonly RemovalPolicy: 'destroy' | 'retain';
}

/**
 * The tag of the vault that keeps the lock id from the deployment that initiates the lock to the one that completes it: Glacier
 * tells the id only once. Empty while there is none.
 */
export const LOCK_ID_TAG = 'cdk-secure-s3:vault-lock-id';

/** Whether two policies, as JSON, say the same. Glacier may give a policy back written in another way. */
export function samePolicy(a: string, b: string): boolean {
  const [left, right] = [a, b].map(policy =>
    (JSON.parse(policy).Statement as Record<string, unknown>[]).map(statement => canonicalStatement(statement)).sort().join());
  return left === right;
}
