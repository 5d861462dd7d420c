import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { FakeCloudFormation } from './locked-glacier-vault-cloudformation';
import { FakeGlacier, FakeVault, Fault, THROTTLED, UNAVAILABLE } from './locked-glacier-vault-glacier';
import { LOCK_ID_TAG } from '../../src/archive/locked-glacier-vault-contract';
import { LockedGlacierVaultProps } from '../../src/archive/locked-glacier-vault-props';

const NAME = 'ledger-2026';
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

let glacier: FakeGlacier;
let cloudFormation: FakeCloudFormation;
let log: jest.SpyInstance[];

beforeAll(async () => {
  glacier = await FakeGlacier.start();
  cloudFormation = await FakeCloudFormation.start(glacier);
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_GLACIER: glacier.url });
});

beforeEach(() => {
  glacier.reset();
  cloudFormation.reset();
  // The pauses between two tries are a random share of their maximum.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  log = (['log', 'error', 'warn'] as const).map(method => jest.spyOn(console, method).mockReturnValue());
});

afterEach(() => jest.restoreAllMocks());

afterAll(async () => {
  await cloudFormation.stop();
  await glacier.stop();
});

function props(changes: Partial<LockedGlacierVaultProps> = {}): LockedGlacierVaultProps {
  return { vaultName: NAME, retention: Duration.days(365), ...changes };
}

const LONGER = { retention: Duration.days(3650) };
const COMPLETE = { completeLock: true };
const AUDITORS = new iam.PolicyStatement({ actions: ['glacier:ListVaults'], principals: [new iam.AccountPrincipal('444455556666')] });

function vault(): FakeVault {
  return glacier.vaults.get(NAME)!;
}

function lockedDays(): [state: string, days: string] | undefined {
  const { lock } = vault();
  return lock && [lock.state, JSON.parse(lock.policy).Statement[0].Condition.NumericLessThan['glacier:ArchiveAgeInDays']];
}

/** What was called since it was asked last. */
function calls(): string[] {
  return glacier.calls.splice(0);
}

async function deployed(...steps: Partial<LockedGlacierVaultProps>[]): Promise<void> {
  for (const step of steps) {
    expect(await cloudFormation.deploy(props(step))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NAME });
  }
  calls();
}

describe('the first deployment', () => {
  test('creates the vault and initiates its lock', async () => {
    const answer = await cloudFormation.deploy(props());
    expect(answer).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: NAME,
      RequestId: expect.stringMatching(/^request-/),
      LogicalResourceId: 'Vault',
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Stack/1',
    });
    expect(lockedDays()).toEqual(['InProgress', '365']);
    expect(vault().tags).toEqual({ [LOCK_ID_TAG]: vault().lock!.id });
    expect(calls()).toEqual(['GetVaultLock', 'CreateVault', 'AddTagsToVault', 'InitiateVaultLock', 'AddTagsToVault']);
  });

  test('sets the access policy', async () => {
    await deployed({ accessPolicy: [AUDITORS] });
    expect(JSON.parse(vault().accessPolicy!).Statement).toEqual([{
      Effect: 'Allow',
      Action: 'glacier:ListVaults',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Resource: 'arn:aws:glacier:eu-west-1:111122223333:vaults/ledger-2026',
    }]);
  });

  test('takes over a vault that exists, and leaves its access policy and tags alone', async () => {
    glacier.addVault(NAME, { archives: 3, accessPolicy: '{}', tags: { Owner: 'finance' } });
    await deployed({});
    expect(vault()).toMatchObject({ archives: 3, accessPolicy: '{}', tags: { Owner: 'finance' }, lock: { state: 'InProgress' } });
  });

  test('refuses to complete at once, and touches nothing', async () => {
    const answer = await cloudFormation.deploy(props(COMPLETE));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: `${NAME}/not-created` });
    expect(answer.Reason).toMatch(/completeLock is true at the first deployment.*deploy it with completeLock: false.*within 24 hours/);
    expect(glacier.vaults.size).toBe(0);
    expect(calls()).toEqual(['GetVaultLock', 'GetVaultLock']);
  });

  test('takes over a vault that is locked with the same policy, complete or not', async () => {
    await deployed({}, COMPLETE);
    cloudFormation.reset();
    await deployed(COMPLETE);
    cloudFormation.reset();
    await deployed({ accessPolicy: [AUDITORS] });
    expect(lockedDays()).toEqual(['Locked', '365']);
    expect(vault().accessPolicy).toBeDefined();
  });

  test('refuses a vault that is locked with another policy, and its rollback leaves it alone', async () => {
    await deployed({}, COMPLETE);
    const before = structuredClone(vault());
    cloudFormation.reset();
    const answer = await cloudFormation.deploy(props({ ...LONGER, accessPolicy: [AUDITORS], removalPolicy: RemovalPolicy.DESTROY }));
    expect(answer.Reason).toMatch(/locked with another policy, and a locked policy never changes/);
    expect(vault()).toEqual(before);
  });

  test('refuses a vault on which somebody tries another policy, and its rollback leaves that alone', async () => {
    glacier.addVault(NAME);
    glacier.initiate(NAME, '{"Version":"2012-10-17","Statement":[]}');
    const before = structuredClone(vault());
    const answer = await cloudFormation.deploy(props({ removalPolicy: RemovalPolicy.DESTROY }));
    expect(answer.Reason).toMatch(/another policy is being tried on vault ledger-2026: abort that lock, or wait until it expires/);
    expect(cloudFormation.answers.at(-1)).toMatchObject({ Status: 'SUCCESS' });
    expect(vault()).toEqual(before);
  });

  test('initiates anew what somebody else initiated with the same policy, since its id is not known', async () => {
    await deployed({});
    const { policy } = vault().lock!;
    glacier.reset();
    cloudFormation.reset();
    glacier.addVault(NAME);
    glacier.initiate(NAME, policy);
    await deployed({}, COMPLETE);
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('says when the account cannot have vaults', async () => {
    glacier.fail('CreateVault', { status: 400, code: 'NoLongerSupportedException' }, 1);
    expect((await cloudFormation.deploy(props())).Reason).toMatch(/^AWS takes no new customers of Glacier vaults.*use ComplianceArchive/);
  });

  test('says when the account has as many vaults as it can', async () => {
    glacier.maximumVaults = 0;
    expect((await cloudFormation.deploy(props())).Reason).toMatch(/^LimitExceededException: Vault limit exceeded/);
  });
});

describe('completing the lock', () => {
  test('in time locks the policy that was tried, with the id that was kept', async () => {
    await deployed({});
    glacier.pass(23.9);
    await cloudFormation.deploy(props(COMPLETE));
    expect(lockedDays()).toEqual(['Locked', '365']);
    expect(calls()).toEqual(['GetVaultLock', 'ListTagsForVault', 'CreateVault', 'CompleteVaultLock']);
  });

  test('too late says that the lock id expired; the rollback initiates the lock anew, which can be completed', async () => {
    await deployed({});
    const firstId = vault().lock!.id;
    glacier.pass(24);
    const answer = await cloudFormation.deploy(props(COMPLETE));
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(/its lock id expired 24 hours after the lock was initiated.*rollback of this deployment initiates it anew/);
    expect(cloudFormation.answers.at(-1)).toMatchObject({ Status: 'SUCCESS' });
    expect(lockedDays()).toEqual(['InProgress', '365']);
    expect(vault().lock!.id).not.toBe(firstId);
    await deployed(COMPLETE);
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('too late, without a rollback: another lockAttempt initiates it anew', async () => {
    await deployed({});
    glacier.pass(25);
    expect((await cloudFormation.deploy(props(COMPLETE), 'no rollback')).Reason).toMatch(/deploy completeLock: false with another lockAttempt/);
    expect(lockedDays()).toBeUndefined();
    await deployed({ lockAttempt: 2 }, { lockAttempt: 2, ...COMPLETE });
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test.each<[string, Partial<LockedGlacierVaultProps>]>([
    ['retention', LONGER],
    ['legalHold', { legalHold: true }],
    ['lockAttempt', { lockAttempt: 2 }],
  ])('together with a change of %s is refused', async (_name, change) => {
    await deployed({});
    const before = structuredClone(vault().lock);
    const answer = await cloudFormation.deploy(props({ ...change, ...COMPLETE }), 'no rollback');
    expect(answer.Reason).toMatch(/would change and be completed at once/);
    expect(vault().lock).toEqual(before);
  });

  test('is refused when the id that was kept is gone', async () => {
    await deployed({});
    vault().tags = {};
    expect((await cloudFormation.deploy(props(COMPLETE), 'no rollback')).Reason).toMatch(/the lock id of vault ledger-2026 is not in its tag cdk-secure-s3:vault-lock-id/);
    expect(lockedDays()).toEqual(['InProgress', '365']);
    await deployed({ lockAttempt: 2 }, { lockAttempt: 2, ...COMPLETE });
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('is refused when the lock in progress has another id', async () => {
    await deployed({});
    glacier.initiate(NAME, vault().lock!.policy);
    expect((await cloudFormation.deploy(props(COMPLETE))).Reason).toMatch(/the lock id of vault ledger-2026 is not valid any more \(Invalid lock id/);
    expect(lockedDays()).toEqual(['InProgress', '365']);
  });

  test('is refused when the lock expires between the two looks at it', async () => {
    await deployed({});
    glacier.fail('CompleteVaultLock', { status: 404, code: 'ResourceNotFoundException' }, 1);
    expect((await cloudFormation.deploy(props(COMPLETE))).Reason).toMatch(/is not valid any more/);
  });

  test('recognizes the policy however Glacier writes it', async () => {
    await deployed({ legalHold: true });
    glacier.rewrite = policy => {
      const { Version, Statement } = JSON.parse(policy);
      return JSON.stringify({
        Statement: Statement.map(({ Principal: _principal, Action, Resource, ...rest }: Record<string, unknown>) =>
          ({ Action: [Action], Resource: [Resource], ...rest, Principal: { AWS: '*' } })).reverse(),
        Version,
      }, undefined, 1);
    };
    await deployed({ legalHold: true, ...COMPLETE });
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('happens once: taking it back, and doing it again, changes nothing', async () => {
    await deployed({}, COMPLETE);
    const before = structuredClone(vault());
    await deployed({}, COMPLETE, { lockAttempt: 3 });
    glacier.pass(1000);
    await deployed({}, COMPLETE);
    expect(vault()).toEqual(before);
  });

  test('stands when the deployment fails elsewhere afterwards; the rollback succeeds', async () => {
    await deployed({});
    expect(await cloudFormation.deployAndFailElsewhere(props(COMPLETE))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NAME });
    expect(lockedDays()).toEqual(['Locked', '365']);
  });
});

describe('an update', () => {
  test('of the retention, while the lock is in progress, aborts it and initiates the new one', async () => {
    await deployed({});
    glacier.pass(23);
    await cloudFormation.deploy(props(LONGER));
    expect(calls()).toEqual(['GetVaultLock', 'ListTagsForVault', 'CreateVault', 'AddTagsToVault', 'AbortVaultLock', 'InitiateVaultLock', 'AddTagsToVault']);
    expect(lockedDays()).toEqual(['InProgress', '3650']);
    glacier.pass(23);
    await deployed({ ...LONGER, ...COMPLETE });
    expect(lockedDays()).toEqual(['Locked', '3650']);
  });

  test('of the retention, after the lock has expired, initiates the new one', async () => {
    await deployed({});
    glacier.pass(48);
    await deployed(LONGER);
    expect(lockedDays()).toEqual(['InProgress', '3650']);
  });

  test('of the retention of a locked vault is refused; the rollback succeeds', async () => {
    await deployed({}, COMPLETE);
    const before = structuredClone(vault());
    const answer = await cloudFormation.deploy(props({ ...LONGER, accessPolicy: [AUDITORS] }));
    expect(answer.Reason).toMatch(/vault ledger-2026 is locked with another policy, and a locked policy never changes: give the retention and legalHold/);
    expect(cloudFormation.answers.at(-1)).toMatchObject({ Status: 'SUCCESS' });
    expect(vault()).toEqual(before);
  });

  test('that fails elsewhere goes back to the policy that was tried before', async () => {
    await deployed({});
    expect(await cloudFormation.deployAndFailElsewhere(props({ ...LONGER, accessPolicy: [AUDITORS] }))).toMatchObject({ Status: 'SUCCESS' });
    expect(lockedDays()).toEqual(['InProgress', '365']);
    expect(vault().accessPolicy).toBeUndefined();
    await deployed(COMPLETE);
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('of the access policy sets and deletes it, also when locked, and leaves the lock and its 24 hours alone', async () => {
    await deployed({});
    const before = structuredClone(vault().lock);
    glacier.pass(1);
    await deployed({ accessPolicy: [AUDITORS] });
    expect(vault().accessPolicy).toContain('444455556666');
    await deployed({});
    expect(vault()).toMatchObject({ accessPolicy: undefined, lock: before });
    await deployed(COMPLETE, { accessPolicy: [AUDITORS], ...COMPLETE });
    expect(vault().accessPolicy).toContain('444455556666');
  });

  test('of lockAttempt starts another 24 hours', async () => {
    await deployed({});
    glacier.pass(20);
    await deployed({ lockAttempt: 2 });
    glacier.pass(20);
    await deployed({ lockAttempt: 2, ...COMPLETE });
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('makes a vault anew that was deleted by hand', async () => {
    await deployed({});
    glacier.vaults.clear();
    await deployed({ accessPolicy: [AUDITORS] });
    expect(lockedDays()).toEqual(['InProgress', '365']);
  });
});

describe('a deletion', () => {
  const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };

  test.each<[string, Partial<LockedGlacierVaultProps>]>([['retained', {}], ['to be destroyed', DESTROY]])('of a locked vault that is %s keeps it', async (_name, policy) => {
    await deployed(policy, { ...policy, ...COMPLETE });
    const before = structuredClone(vault());
    expect(await cloudFormation.delete()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NAME });
    expect(vault()).toEqual(before);
    expect(calls()).toEqual(['GetVaultLock']);
    expect(log[0]).toHaveBeenLastCalledWith('vault ledger-2026 is locked and stays, with its archives');
  });

  test('keeps the vault and aborts its lock, by default', async () => {
    await deployed({ accessPolicy: [AUDITORS] });
    expect(await cloudFormation.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect(vault()).toMatchObject({ lock: undefined, accessPolicy: expect.any(String) });
    expect(calls()).toEqual(['GetVaultLock', 'AbortVaultLock']);
  });

  test('deletes an empty vault with DESTROY, whether its lock is in progress or expired', async () => {
    for (const hours of [1, 30]) {
      cloudFormation.reset();
      await deployed(DESTROY);
      glacier.pass(hours);
      expect(await cloudFormation.delete()).toMatchObject({ Status: 'SUCCESS' });
      expect(glacier.vaults.size).toBe(0);
    }
  });

  test.each<[string, Partial<FakeVault>]>([
    ['has archives', { archives: 1 }],
    ['was written to after its last inventory', { isWrittenSinceInventory: true }],
  ])('with DESTROY fails when the vault %s', async (_name, state) => {
    await deployed(DESTROY);
    Object.assign(vault(), state);
    const answer = await cloudFormation.delete();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NAME });
    expect(answer.Reason).toMatch(/vault ledger-2026 cannot be deleted.*empty at its last inventory.*or retain it/);
    expect(glacier.vaults.has(NAME)).toBe(true);
  });

  test('leaves a lock alone that somebody else initiated, and its vault', async () => {
    await deployed(DESTROY);
    glacier.initiate(NAME, '{"Version":"2012-10-17","Statement":[]}');
    const before = structuredClone(vault());
    expect(await cloudFormation.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect(vault()).toEqual(before);
  });

  test('succeeds when the vault is gone', async () => {
    for (const policy of [{}, DESTROY]) {
      cloudFormation.reset();
      await deployed(policy);
      glacier.vaults.clear();
      expect(await cloudFormation.delete()).toMatchObject({ Status: 'SUCCESS' });
    }
  });

  test('after a creation that failed does not delete a vault that was there before', async () => {
    glacier.addVault(NAME);
    glacier.fail('InitiateVaultLock', { status: 400, code: 'InvalidParameterValueException' }, 1);
    expect((await cloudFormation.deploy(props(DESTROY))).Status).toBe('FAILED');
    expect(cloudFormation.answers.at(-1)).toMatchObject({ Status: 'SUCCESS' });
    expect(glacier.vaults.has(NAME)).toBe(true);
  });
});

describe('repetition, throttling and partial failure', () => {
  const OPERATIONS = [
    'GetVaultLock', 'ListTagsForVault', 'CreateVault', 'SetVaultAccessPolicy', 'DeleteVaultAccessPolicy', 'AddTagsToVault', 'AbortVaultLock',
    'InitiateVaultLock', 'CompleteVaultLock',
  ];
  const DEPLOYMENTS: [string, Partial<LockedGlacierVaultProps>[], Partial<LockedGlacierVaultProps>, string[]][] = [
    ['creation', [], { accessPolicy: [AUDITORS] }, ['InProgress', '365']],
    ['change of the retention, without the access policy,', [{ accessPolicy: [AUDITORS] }], LONGER, ['InProgress', '3650']],
    ['completion', [{}], COMPLETE, ['Locked', '365']],
  ];

  test.each(DEPLOYMENTS)('the same event of a %s a second time changes nothing', async (_name, before, after, expected) => {
    await deployed(...before, after);
    const state = structuredClone(vault());
    expect(await cloudFormation.repeat()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NAME });
    expect(vault()).toEqual(state);
    expect(lockedDays()).toEqual(expected);
  });

  test('the same event of a deletion a second time succeeds', async () => {
    await deployed({ removalPolicy: RemovalPolicy.DESTROY });
    await cloudFormation.delete();
    expect(await cloudFormation.repeat()).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each(DEPLOYMENTS)('a %s gets through when each of its calls is throttled three times', async (_name, before, after, expected) => {
    await deployed(...before);
    OPERATIONS.forEach(operation => glacier.fail(operation, THROTTLED, 3));
    expect(await cloudFormation.deploy(props(after))).toMatchObject({ Status: 'SUCCESS' });
    expect(lockedDays()).toEqual(expected);
    const tried = calls();
    tried.forEach(operation => expect(tried.filter(other => other === operation).length).toBeGreaterThan(3));
  });

  test.each(DEPLOYMENTS)('a %s gets through when each of its calls loses one answer', async (_name, before, after, expected) => {
    await deployed(...before);
    OPERATIONS.forEach(operation => glacier.fail(operation, 'answer lost', 1));
    expect(await cloudFormation.deploy(props(after))).toMatchObject({ Status: 'SUCCESS' });
    expect(lockedDays()).toEqual(expected);
    expect(vault().tags[LOCK_ID_TAG]).toBe(vault().lock!.id);
  });

  test('a lock that was initiated, but whose id got lost, is aborted and initiated anew, without waiting for permissions', async () => {
    glacier.fail('InitiateVaultLock', 'answer lost', 1);
    await cloudFormation.deploy(props());
    expect(calls()).toEqual([
      'GetVaultLock', 'CreateVault', 'AddTagsToVault', 'InitiateVaultLock', 'InitiateVaultLock',
      'GetVaultLock', 'AbortVaultLock', 'InitiateVaultLock', 'AddTagsToVault',
    ]);
    await deployed(COMPLETE);
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  /** Deploys once for each call that a deployment makes, and spoils this call and its repetitions. */
  async function atEveryCall(
    before: Partial<LockedGlacierVaultProps>[], after: Partial<LockedGlacierVaultProps>, fault: Fault, then: () => Promise<void>,
  ): Promise<void> {
    await deployed(...before);
    await cloudFormation.deploy(props(after));
    const count = calls().length;
    expect(count).toBeGreaterThan(3);
    for (let call = 0; call < count; call++) {
      glacier.reset();
      cloudFormation.reset();
      await deployed(...before);
      glacier.breakAt(call, fault);
      expect(await cloudFormation.deploy(props(after), 'no rollback')).toMatchObject({ Status: 'FAILED' });
      glacier.heal();
      await then();
    }
  }

  const FAULTS: [string, Fault][] = [['has no success', UNAVAILABLE], ['loses its answers', 'answer lost']];
  const FAILURES = DEPLOYMENTS.flatMap(([name, ...deployment]) => FAULTS.map(([effect, fault]) => [name, effect, fault, ...deployment] as const));

  test.each(FAILURES)('a %s of which any call %s succeeds when the event is repeated', async (_name, _effect, fault, before, after, expected) => {
    await atEveryCall(before, after, fault, async () => {
      expect(await cloudFormation.repeat()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NAME });
      expect(lockedDays()).toEqual(expected);
    });
  });

  test.each(FAILURES)('a %s of which any call %s is rolled back, and succeeds when it is deployed again', async (_name, _effect, fault, before, after, expected) => {
    await atEveryCall(before, after, fault, async () => {
      const wasCompleted = vault()?.lock?.state === 'Locked';
      expect(await cloudFormation.rollBack()).toMatchObject({ Status: 'SUCCESS' });
      if (vault() !== undefined && !wasCompleted) {
        expect(lockedDays()).toEqual(before.length === 0 ? undefined : ['InProgress', '365']);
      }
      if (before.length > 0) {
        expect(vault().accessPolicy !== undefined).toBe(before[0].accessPolicy !== undefined);
      }
      await deployed(after);
      expect(lockedDays()).toEqual(expected);
    });
  });

  test('a vault with as many tags as it can have is left without a lock', async () => {
    glacier.addVault(NAME, { tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, 'x'])) });
    expect((await cloudFormation.deploy(props())).Reason).toMatch(/^LimitExceededException: Tag limit exceeded/);
    expect(vault().lock).toBeUndefined();
  });

  test('a deployment that cannot finish in time says so, and does nothing after its answer', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    cloudFormation.remainingMilliseconds = 30_300;
    glacier.fail('CreateVault', THROTTLED, Infinity);
    const answer = await cloudFormation.deploy(props(), 'no rollback');
    expect(answer.Reason).toMatch(/^not done within 0\.\d+ seconds/);
    const made = calls();
    glacier.heal();
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(calls()).toEqual([]);
    expect(made).not.toContain('InitiateVaultLock');
    // of 15 tries
    expect(made.filter(operation => operation === 'CreateVault').length).toBeLessThan(4);
  });

  test('permissions may take a while to arrive', async () => {
    glacier.deniedRequests = 5;
    await deployed({});
    glacier.deniedRequests = 5;
    await deployed(COMPLETE);
    expect(lockedDays()).toEqual(['Locked', '365']);
  });

  test('CloudFormation may take a while to take the answer', async () => {
    cloudFormation.refusals = 4;
    await deployed({});
    cloudFormation.refusals = 5;
    await expect(cloudFormation.deploy(props(LONGER))).rejects.toThrow('the answer did not reach CloudFormation: status 403');
    cloudFormation.refusals = 0;
    expect(await cloudFormation.repeat()).toMatchObject({ Status: 'SUCCESS' });
    expect(lockedDays()).toEqual(['InProgress', '3650']);
  });

  test('a long error message does not make the answer too long', async () => {
    glacier.fail('CreateVault', { status: 400, code: 'InvalidParameterValueException', message: '€'.repeat(10_000) }, 1);
    expect((await cloudFormation.deploy(props(), 'no rollback')).Reason).toMatch(/^InvalidParameterValueException: €+ \(log stream/);
  });
});

test('logs show neither policies nor the URL of the answer', async () => {
  await deployed({ accessPolicy: [AUDITORS] }, COMPLETE);
  await cloudFormation.deploy(props(LONGER));
  await cloudFormation.delete();
  const lines = log.flatMap(spy => spy.mock.calls).flat().join('\n');
  expect(lines).toContain('Update of vault ledger-2026: lock in progress, next: complete');
  expect(lines).toContain('Update failed: vault ledger-2026 is locked with another policy');
  expect(lines).not.toMatch(/Statement|444455556666|presigned|secret|lock-id-/);
});

test('the role of the function allows whatever it ever called, and nothing that it never calls', async () => {
  const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };
  for (const last of [DESTROY, COMPLETE]) {
    for (const step of [{ accessPolicy: [AUDITORS] }, LONGER, { ...LONGER, ...last }]) {
      expect(await cloudFormation.deploy(props(step))).toMatchObject({ Status: 'SUCCESS' });
    }
    expect(await cloudFormation.delete()).toMatchObject({ Status: 'SUCCESS' });
  }
  expect([...new Set(calls())].map(operation => `glacier:${operation}`).sort()).toEqual([...cloudFormation.granted].sort());
});
