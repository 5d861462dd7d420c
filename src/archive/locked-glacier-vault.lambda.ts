import {
  AbortVaultLockCommand, AddTagsToVaultCommand, CompleteVaultLockCommand, CreateVaultCommand, DeleteVaultAccessPolicyCommand, DeleteVaultCommand,
  GetVaultLockCommand, GlacierClient, GlacierServiceException, InitiateVaultLockCommand, ListTagsForVaultCommand, SetVaultAccessPolicyCommand,
} from '@aws-sdk/client-glacier';
import { LOCK_ID_TAG, samePolicy, VaultProperties } from './locked-glacier-vault-contract';
import { answerCloudFormation, CustomResourceEvent, InvocationContext } from '../private/custom-resource';

type VaultEvent = CustomResourceEvent<VaultProperties>;

interface VaultLock {
  readonly isLocked: boolean;
  readonly policy: string;
}

type Step = 'keep' | 'initiate' | 'abort and initiate' | 'complete';

/** `AccessDeniedException` of these says something of the state of the lock, not of permissions. */
const STATE_COMMANDS = ['InitiateVaultLockCommand', 'AbortVaultLockCommand'];

/** Every request may come twice, and after a part of it was done: each starts from what Glacier says of the vault. */
export async function handler(event: VaultEvent, context: InvocationContext): Promise<void> {
  const { VaultName } = event.ResourceProperties;
  await answerCloudFormation(event, context, `${VaultName}/not-created`, async signal => {
    const vault = new Vault(VaultName, signal);
    await (event.RequestType === 'Delete' ? remove(event, vault) : deploy(event, vault)).catch(explain);
    return event.RequestType === 'Delete' ? event.PhysicalResourceId! : VaultName;
  });
}

async function deploy(event: VaultEvent, vault: Vault): Promise<void> {
  const { LockPolicy, AccessPolicy } = event.ResourceProperties;
  const lock = await vault.lock();
  const lockId = lock === undefined || lock.isLocked ? '' : await vault.lockId();
  const step = nextStep(event, lock, lockId);
  console.log(`${event.RequestType} of vault ${vault.name}: lock ${stateOf(lock)}, next: ${step}`);

  await vault.create();
  if (AccessPolicy !== undefined) {
    await vault.setAccessPolicy(AccessPolicy);
  } else if (event.OldResourceProperties?.AccessPolicy !== undefined) {
    await vault.deleteAccessPolicy();
  }
  if (step === 'initiate' || step === 'abort and initiate') {
    await vault.initiateLock(LockPolicy, step === 'abort and initiate');
  } else if (step === 'complete') {
    await vault.completeLock(lockId);
  }
}

/** What has to be done about the lock. Whatever is refused is refused before anything changes. */
function nextStep(event: VaultEvent, lock: VaultLock | undefined, lockId: string): Step {
  const { VaultName, LockPolicy, CompleteLock, LockAttempt } = event.ResourceProperties;
  const isNew = event.PhysicalResourceId !== VaultName;
  const isSame = lock !== undefined && samePolicy(lock.policy, LockPolicy);
  const isNewAttempt = event.OldResourceProperties !== undefined && event.OldResourceProperties.LockAttempt !== LockAttempt;
  if (lock?.isLocked) {
    if (!isSame) {
      throw new Error(`vault ${VaultName} is locked with another policy, and a locked policy never changes: `
        + 'give the retention and legalHold that it was locked with');
    }
    return 'keep';
  }
  if (CompleteLock === 'true') {
    if (isNew) {
      throw new Error(`completeLock is true at the first deployment of vault ${VaultName}: deploy it with completeLock: false, try the policy, `
        + 'and deploy completeLock: true within 24 hours');
    }
    if (lock === undefined) {
      throw new Error(`no lock of vault ${VaultName} is in progress: its lock id expired 24 hours after the lock was initiated, or the lock was aborted. `
        + 'The rollback of this deployment initiates it anew; if there is none, deploy completeLock: false with another lockAttempt. '
        + 'Then deploy completeLock: true within 24 hours');
    }
    if (!isSame || isNewAttempt) {
      throw new Error(`the lock of vault ${VaultName} would change and be completed at once: `
        + 'deploy retention, legalHold and lockAttempt with completeLock: false, try the policy, and deploy completeLock: true within 24 hours');
    }
    if (lockId === '') {
      throw new Error(`the lock id of vault ${VaultName} is not in its tag ${LOCK_ID_TAG}: deploy completeLock: false with another lockAttempt`);
    }
    return 'complete';
  }
  if (lock === undefined) {
    return 'initiate';
  }
  if (isNew && !isSame) {
    throw new Error(`another policy is being tried on vault ${VaultName}: abort that lock, or wait until it expires, at most 24 hours`);
  }
  return isSame && !isNewAttempt && lockId !== '' ? 'keep' : 'abort and initiate';
}

async function remove(event: VaultEvent, vault: Vault): Promise<void> {
  const { VaultName, LockPolicy, RemovalPolicy } = event.ResourceProperties;
  const lock = await vault.lock();
  if (lock?.isLocked) {
    console.log(`vault ${VaultName} is locked and stays, with its archives`);
    return;
  }
  if (lock !== undefined && !samePolicy(lock.policy, LockPolicy)) {
    console.log(`another policy is being tried on vault ${VaultName}: the vault and that lock stay`);
    return;
  }
  if (lock !== undefined) {
    await vault.abortLock();
  }
  // After a creation that failed, the physical id is another one: the vault may have been there before.
  if (RemovalPolicy === 'destroy' && event.PhysicalResourceId === VaultName) {
    await vault.delete();
  }
  console.log(`vault ${VaultName} had its lock ${stateOf(lock)}; removal policy: ${RemovalPolicy}`);
}

function stateOf(lock: VaultLock | undefined): string {
  return lock === undefined ? 'not initiated' : lock.isLocked ? 'locked' : 'in progress';
}

/** The name of a service error says more than its message. */
function explain(error: Error): never {
  if (error.name === 'NoLongerSupportedException') {
    throw new Error('AWS takes no new customers of Glacier vaults, and this account has none: use ComplianceArchive');
  }
  throw error instanceof GlacierServiceException ? new Error(`${error.name}: ${error.message}`) : error;
}

/** One vault in Amazon S3 Glacier. */
class Vault {
  private readonly target: { readonly accountId: string; readonly vaultName: string };
  private readonly client = new GlacierClient({ maxAttempts: 15, retryMode: 'standard' });
  private readonly options: { readonly abortSignal: AbortSignal };

  constructor(public readonly name: string, signal: AbortSignal) {
    this.target = { accountId: '-', vaultName: name };
    this.options = { abortSignal: signal };
    // Permissions that were given by the same deployment take a while to reach the service.
    this.client.middlewareStack.add((next, { commandName }) => async args => next(args).catch(error => {
      throw error.name === 'AccessDeniedException' && !STATE_COMMANDS.includes(commandName!) ? Object.assign(error, { $retryable: {} }) : error;
    }), { step: 'deserialize', priority: 'high' });
  }

  public async lock(): Promise<VaultLock | undefined> {
    const found = await unlessMissing(this.client.send(new GetVaultLockCommand(this.target), this.options));
    return found && { isLocked: found.State === 'Locked', policy: found.Policy! };
  }

  public async lockId(): Promise<string> {
    const { Tags } = await this.client.send(new ListTagsForVaultCommand(this.target), this.options);
    return Tags?.[LOCK_ID_TAG] ?? '';
  }

  public async create(): Promise<void> {
    await this.client.send(new CreateVaultCommand(this.target), this.options);
  }

  public async setAccessPolicy(Policy: string): Promise<void> {
    await this.client.send(new SetVaultAccessPolicyCommand({ ...this.target, policy: { Policy } }), this.options);
  }

  public async deleteAccessPolicy(): Promise<void> {
    await this.client.send(new DeleteVaultAccessPolicyCommand(this.target), this.options);
  }

  /** Ends with a lock in progress whose id is in the tag. If it stops on the way, the tag is empty: an old id is never taken for this one. */
  public async initiateLock(Policy: string, abortFirst: boolean): Promise<void> {
    await this.keepLockId('');
    if (abortFirst) {
      await this.abortLock();
    }
    const command = new InitiateVaultLockCommand({ ...this.target, policy: { Policy } });
    const initiated = await this.client.send(command, this.options).catch(async error => {
      const lock = error.name === 'AccessDeniedException' ? await this.lock() : undefined;
      if (lock === undefined || lock.isLocked || !samePolicy(lock.policy, Policy)) {
        throw error;
      }
      // It was initiated, and the answer with the id got lost.
      await this.abortLock();
      return this.client.send(command, this.options);
    });
    await this.keepLockId(initiated.lockId!);
  }

  public async abortLock(): Promise<void> {
    await this.client.send(new AbortVaultLockCommand(this.target), this.options);
  }

  public async completeLock(lockId: string): Promise<void> {
    await this.client.send(new CompleteVaultLockCommand({ ...this.target, lockId }), this.options).catch(error => {
      throw ['InvalidParameterValueException', 'ResourceNotFoundException'].includes(error.name)
        ? new Error(`the lock id of vault ${this.name} is not valid any more (${error.message}): deploy completeLock: false with another lockAttempt, `
          + 'and completeLock: true within 24 hours')
        : error;
    });
  }

  public async delete(): Promise<void> {
    await this.client.send(new DeleteVaultCommand(this.target), this.options).catch(error => {
      throw error.name === 'InvalidParameterValueException'
        ? new Error(`vault ${this.name} cannot be deleted (${error.message}): Glacier deletes a vault that was empty at its last inventory, about once a day, `
          + 'and was not written to since; delete its archives and wait, or retain it')
        : error;
    });
  }

  private async keepLockId(lockId: string): Promise<void> {
    await this.client.send(new AddTagsToVaultCommand({ ...this.target, Tags: { [LOCK_ID_TAG]: lockId } }), this.options);
  }
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch(error => {
    if (error.name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  });
}
