import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** What can be said about a `LockedGlacierVault`. */
export interface LockedGlacierVaultProps {
  /**
   * The name of the vault, unique in its account and Region: 1 to 255 of the characters a-z, A-Z, 0-9, `_`, `-` and `.`. A vault of
   * this name that exists already is taken over, with its archives. Another name makes another vault; the old one stays behind as
   * `removalPolicy` says.
   */
  readonly vaultName: string;

  /**
   * How long no archive can be deleted, in whole days from its upload. Can be changed until the lock is complete, never after.
   *
   * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html
   */
  readonly retention: Duration;

  /**
   * Whether no archive can be deleted either while the vault has the tag `LegalHold` with the value `true` or an empty one.
   * `glacier:AddTagsToVault` and `glacier:RemoveTagsFromVault` decide who sets and lifts the hold. Can be changed until the lock is
   * complete, never after.
   *
   * @default false
   */
  readonly legalHold?: boolean;

  /**
   * Whether to complete the lock. That is for ever: a locked policy can be neither changed nor deleted.
   *
   * The first deployment initiates the lock, with `false`; its policy is in force from then on, and can be tried, for 24 hours.
   * A deployment with `true` within this time completes it. After that the lock id has expired and the policy is gone, and a
   * deployment with `true` fails and says so. It fails as well at the first deployment of a vault, and together with a change of
   * `retention`, `legalHold` or `lockAttempt`: only a policy that could be tried is ever locked. Back to `false`, the lock stays
   * complete.
   *
   * @default false
   * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-how-to-api.html
   */
  readonly completeLock?: boolean;

  /**
   * Another number than at the last deployment aborts a lock that is in progress, and initiates it anew: for another 24 hours, or
   * after it has expired. Has no effect on a complete lock.
   *
   * @default 1
   */
  readonly lockAttempt?: number;

  /**
   * Statements of the vault access policy, which can be changed at any time. A statement without resources is about this vault.
   *
   * @default - no access policy; one that an existing vault has is left alone
   * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-access-policy.html
   */
  readonly accessPolicy?: iam.PolicyStatement[];

  /**
   * What becomes of a vault whose lock is not complete when it is removed from the stack. A lock in progress is aborted. With
   * `DESTROY` the vault is deleted, if it is empty. A locked vault always stays.
   *
   * @default RemovalPolicy.RETAIN
   * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/deleting-vaults.html
   */
  readonly removalPolicy?: RemovalPolicy;
}
