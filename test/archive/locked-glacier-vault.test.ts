import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnParameter, Duration, Lazy, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template as Assertions } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsRequestImpl } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/request/request';
import { RequestContextImpl } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/requestContext';
import { LockedGlacierVault } from '../../src/archive/locked-glacier-vault';
import { LockedGlacierVaultProps } from '../../src/archive/locked-glacier-vault-props';
import { ACCOUNT, newStack, REGION, templateOf } from '../checks/synth';
import { Intrinsics, Template } from '../simulator/intrinsics';
import { Decision, decide, PolicyDocument, PreparedRequest, prepare, simulate } from '../simulator/simulator';

const NAME = 'ledger-2026';
const ARN = `arn:aws:glacier:${REGION}:${ACCOUNT}:vaults/${NAME}`;
const PARTNER = '444455556666';
const UPLOADS = [
  'glacier:UploadArchive', 'glacier:InitiateMultipartUpload', 'glacier:UploadMultipartPart', 'glacier:CompleteMultipartUpload',
  'glacier:AbortMultipartUpload', 'glacier:ListMultipartUploads', 'glacier:ListParts',
];
const READS = ['glacier:InitiateJob', 'glacier:DescribeJob', 'glacier:GetJobOutput', 'glacier:ListJobs', 'glacier:DescribeVault'];

function vaultIn(stack: Stack, props: Partial<LockedGlacierVaultProps> = {}, id = 'Vault'): LockedGlacierVault {
  return new LockedGlacierVault(stack, id, { vaultName: NAME, retention: Duration.days(365), ...props });
}

/** The only resource of a type whose logical id starts like this, with its references resolved. */
function resource(stack: Stack, type: string, id: string): any {
  const template = Assertions.fromStack(stack).toJSON() as Template;
  const found = Object.entries(template.Resources).filter(([logicalId, { Type }]) => Type === type && logicalId.startsWith(id));
  expect(found).toHaveLength(1);
  const { ServiceToken: _function, ...properties } = found[0][1].Properties!;
  return new Intrinsics(template, { account: ACCOUNT, region: REGION }).resolve(properties);
}

/** What the function is told of the vault. */
function custom(stack: Stack): any {
  return resource(stack, 'Custom::LockedGlacierVault', 'Vault');
}

function accessPolicy(stack: Stack): any[] {
  return JSON.parse(custom(stack).AccessPolicy).Statement;
}

function synthesized(props: Partial<LockedGlacierVaultProps> = {}): Stack {
  const stack = newStack();
  vaultIn(stack, props);
  return stack;
}

test('has a name and an ARN', () => {
  const stack = newStack();
  const vault = vaultIn(stack);
  expect(vault.vaultName).toBe(NAME);
  expect(stack.resolve(vault.vaultArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:glacier:${REGION}:${ACCOUNT}:vaults/${NAME}`]] });
});

test('hands its vault to a custom resource', () => {
  expect(custom(synthesized())).toEqual({
    ServiceTimeout: '1200',
    VaultName: NAME,
    LockPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{
        Sid: 'Retention',
        Effect: 'Deny',
        Principal: '*',
        Action: 'glacier:DeleteArchive',
        Resource: ARN,
        Condition: { NumericLessThan: { 'glacier:ArchiveAgeInDays': '365' } },
      }],
    }),
    CompleteLock: 'false',
    LockAttempt: '1',
    RemovalPolicy: 'retain',
  });
});

test('hands over whatever was said', () => {
  const stack = synthesized({
    retention: Duration.hours(240), completeLock: true, legalHold: true, lockAttempt: 7, removalPolicy: RemovalPolicy.DESTROY,
  });
  const { LockPolicy, ...properties } = custom(stack);
  expect(properties).toMatchObject({ CompleteLock: 'true', LockAttempt: '7', RemovalPolicy: 'destroy' });
  expect(JSON.parse(LockPolicy).Statement.map(({ Condition }: any) => Condition)).toEqual([
    { NumericLessThan: { 'glacier:ArchiveAgeInDays': '10' } },
    { StringLike: { 'glacier:ResourceTag/LegalHold': ['true', ''] } },
  ]);
});

describe('the function', () => {
  const VAULT_ACTIONS = [
    'glacier:CreateVault', 'glacier:SetVaultAccessPolicy', 'glacier:DeleteVaultAccessPolicy',
    'glacier:GetVaultLock', 'glacier:InitiateVaultLock', 'glacier:AbortVaultLock', 'glacier:AddTagsToVault', 'glacier:ListTagsForVault',
  ];

  test.each<[string, Partial<LockedGlacierVaultProps>, string[]]>([
    ['creates and initiates', {}, []],
    ['completes only when that is asked for', { completeLock: true }, ['glacier:CompleteVaultLock']],
    ['deletes only when that is asked for', { removalPolicy: RemovalPolicy.DESTROY }, ['glacier:DeleteVault']],
  ])('%s, on this vault, and writes its log', (_name, props, added) => {
    const stack = synthesized(props);
    const policies = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'));
    expect(policies).toHaveLength(1);
    expect(policies[0].Properties.PolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('Logs'), 'Arn'] } },
        {
          Effect: 'Allow',
          Action: [...VAULT_ACTIONS, ...added],
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:glacier:${REGION}:${ACCOUNT}:vaults/${NAME}`]] },
        },
      ],
    });
    expect(Object.values(templateOf(stack).findResources('AWS::IAM::Role'))).toEqual([expect.objectContaining({
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
      },
    })]);
  });

  test('runs what was bundled, and has its permissions before it is called', () => {
    const template = templateOf(synthesized());
    template.hasResource('AWS::Lambda::Function', {
      Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 300, Code: { S3Key: Match.anyValue() } },
      DependsOn: [Match.stringLikeRegexp('RoleDefaultPolicy'), Match.stringLikeRegexp('Role')],
    });
    const bundled = readFileSync(join(__dirname, '..', '..', 'assets', 'locked-glacier-vault', 'index.js'), 'utf8');
    expect(bundled).toContain('InitiateVaultLock');
    expect(bundled).not.toContain('aws-cdk-lib');
  });

  test('keeps its log for a year, also without the stack', () => {
    templateOf(synthesized()).hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 365 }, DeletionPolicy: 'Retain' });
  });

  test('is another one for a vault of another name, so that the old one can leave the old vault', () => {
    const ids = (vaultName: string) => Object.keys(templateOf(synthesized({ vaultName })).toJSON().Resources);
    expect(ids('a.b')).toEqual(ids('a.b'));
    expect(ids('a.b').filter(id => [...ids('ab'), ...ids('a_b')].includes(id))).toEqual([]);
  });

  test('is told of each deletion: the custom resource is not retained', () => {
    templateOf(synthesized()).hasResource('Custom::LockedGlacierVault', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});

describe('warnings', () => {
  const told = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));

  test('always: AWS takes no new customers', () => {
    expect(told(synthesized())).toEqual([expect.stringMatching(
      /^\[Stack\/Vault\] AWS takes no new customers of Glacier vaults since December 15, 2025.*use ComplianceArchive for new archives.*glacier-vaults-closed/)]);
  });

  test('with completeLock: what cannot be undone', () => {
    expect(told(synthesized({ completeLock: true }))).toEqual([expect.anything(), expect.stringMatching(
      /completeLock makes the lock of vault ledger-2026 permanent: no archive can be deleted before it is 365 days old.*neither the retention nor the lock can be taken back/)]);
  });

  test('can be acknowledged', () => {
    const stack = newStack();
    const vault = vaultIn(stack, { completeLock: true });
    for (const id of ['glacier-vaults-closed', 'vault-lock-irreversible']) {
      Validations.of(vault).acknowledge({ id, reason: 'records of 2026 have to be in a vault' });
    }
    expect(told(stack)).toEqual([]);
  });
});

describe('refuses', () => {
  const NAME_REMEDY = 'give 1 to 255 of the characters a-z, A-Z, 0-9, "_", "-" and ".", known at synthesis';
  const DAYS_REMEDY = 'Glacier counts the age of archives in whole days: give at least Duration.days(1)';

  test.each(['', 'a b', 'a/b', 'ä', 'a'.repeat(256), 'a\n'])('the name %j', vaultName => {
    expect(() => synthesized({ vaultName })).toThrow(`[Stack/Vault] vaultName is "${vaultName}": ${NAME_REMEDY}`);
  });

  test.each(['a', 'A.b_c-9', '-', 'a'.repeat(255)])('not the name %j', vaultName => {
    expect(custom(synthesized({ vaultName })).VaultName).toBe(vaultName);
  });

  test('a name that is known at deployment only', () => {
    const stack = newStack();
    const { valueAsString } = new CfnParameter(stack, 'Name');
    expect(() => vaultIn(stack, { vaultName: valueAsString })).toThrow(NAME_REMEDY);
  });

  test.each<[string, Duration]>([
    ['0 days', Duration.days(0)],
    ['12 hours', Duration.hours(12)],
    ['1 day 1 hour', Duration.hours(25)],
    ['<token> days', Duration.days(Lazy.number({ produce: () => 1 }))],
  ])('a retention of %s', (text, retention) => {
    expect(() => synthesized({ retention })).toThrow(`[Stack/Vault] retention is ${text}: ${DAYS_REMEDY}`);
  });

  test.each([0, -1, 1.5, NaN, Infinity])('lockAttempt %d', lockAttempt => {
    expect(() => synthesized({ lockAttempt })).toThrow(`[Stack/Vault] lockAttempt is ${lockAttempt}: count the attempts: 1, 2, 3`);
  });

  test.each([RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])('the removal policy %s', removalPolicy => {
    expect(() => synthesized({ removalPolicy })).toThrow(`[Stack/Vault] removalPolicy is ${removalPolicy}: give RemovalPolicy.RETAIN or RemovalPolicy.DESTROY`);
  });

  test.each<[string, iam.IPrincipal]>([['AnyPrincipal', new iam.AnyPrincipal()], ['StarPrincipal', new iam.StarPrincipal()], ['an ARN', new iam.ArnPrincipal('*')]])(
    'an access policy for everyone, by %s', (_name, principal) => {
      const statement = (conditions?: object) => new iam.PolicyStatement({ actions: ['glacier:InitiateJob'], principals: [principal], conditions: { ...conditions } });
      const text = '[Stack/Vault] the access policy allows everyone on the internet: name the principals, or add a condition that confines them';
      expect(() => synthesized({ accessPolicy: [statement()] })).toThrow(text);
      expect(() => vaultIn(newStack()).addToResourcePolicy(statement())).toThrow(text);
      expect(accessPolicy(synthesized({ accessPolicy: [statement({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } })] }))).toHaveLength(1);
    });

  test('a statement of the access policy that names nobody', () => {
    expect(() => templateOf(synthesized({ accessPolicy: [new iam.PolicyStatement({ actions: ['glacier:InitiateJob'] })] })))
      .toThrow(/\[Stack\/Vault\] the access policy is not complete: A PolicyStatement used in a resource-based policy must specify at least one IAM principal/);
  });

  test('an access policy over 20 KB, with its size', () => {
    const accounts = (count: number) => Array.from({ length: count }, (_, index) => new iam.ArnPrincipal(`arn:aws:iam::${PARTNER}:role/reader-${index + 1000}`));
    const statement = (count: number) => new iam.PolicyStatement({ actions: READS, principals: accounts(count) });
    expect(() => templateOf(synthesized({ accessPolicy: [statement(600)] }))).toThrow(/\[Stack\/Vault\] the access policy has about 2\d{4} bytes of 20480: name fewer principals/);
    expect(JSON.stringify(accessPolicy(synthesized({ accessPolicy: [statement(400)] }))).length).toBeLessThan(20_480);
  });
});

describe('the access policy', () => {
  test('is about this vault where a statement says nothing else', () => {
    const principals = [new iam.AccountPrincipal(PARTNER)];
    const stack = newStack();
    const vault = vaultIn(stack, {
      accessPolicy: [
        new iam.PolicyStatement({ sid: 'Read', actions: ['glacier:InitiateJob'], principals }),
        new iam.PolicyStatement({ sid: 'Deny', effect: iam.Effect.DENY, actions: ['glacier:DeleteArchive'], principals: [new iam.AnyPrincipal()] }),
      ],
    });
    expect(vault.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Named', actions: ['glacier:ListJobs'], principals, resources: [vault.vaultArn] })))
      .toMatchObject({ statementAdded: true });
    expect(accessPolicy(stack).map(({ Sid, Resource }) => [Sid, Resource])).toEqual([['Read', ARN], ['Deny', ARN], ['Named', ARN]]);
  });

  test('leaves the statements that it was given as they were', () => {
    const statement = new iam.PolicyStatement({ actions: ['glacier:InitiateJob'], principals: [new iam.AccountPrincipal(PARTNER)] });
    synthesized({ accessPolicy: [statement] });
    expect(statement.resources).toEqual([]);
  });
});

describe('grants', () => {
  const GRANTS: [string, (vault: LockedGlacierVault, grantee: iam.IGrantable) => iam.Grant, string[]][] = [
    ['grantUpload', (vault, grantee) => vault.grantUpload(grantee), UPLOADS],
    ['grantRead', (vault, grantee) => vault.grantRead(grantee), READS],
  ];

  test.each(GRANTS)('%s lets a role of the account do this, and no more, by its identity policy', (_name, give, actions) => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    expect(give(vaultIn(stack), role).success).toBe(true);
    expect(resource(stack, 'AWS::IAM::Policy', 'RoleDefaultPolicy').PolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: actions, Resource: ARN }]);
    expect(custom(stack).AccessPolicy).toBeUndefined();
  });

  test.each(GRANTS)('%s names another account in the access policy', (_name, give, actions) => {
    const stack = newStack();
    give(vaultIn(stack), new iam.AccountPrincipal(PARTNER));
    expect(accessPolicy(stack)).toEqual([{ Effect: 'Allow', Action: actions, Principal: { AWS: `arn:aws:iam::${PARTNER}:root` }, Resource: ARN }]);
  });

  test('to everyone is refused', () => {
    expect(() => vaultIn(newStack()).grantRead(new iam.AnyPrincipal())).toThrow(/allows everyone on the internet/);
  });
});

describe('the lock policy', () => {
  interface Row {
    readonly name: string;
    readonly legalHold?: boolean;
    readonly principal: string;
    readonly action: string;
    readonly vault?: string;
    readonly ageInDays?: number;
    readonly holdTag?: string;
    readonly alsoAllowed?: boolean;
    readonly expect: Decision;
    readonly because: string;
  }

  const TAG = 'glacier:ResourceTag/LegalHold';
  const table = JSON.parse(readFileSync(join(__dirname, 'locked-glacier-vault.cases.json'), 'utf8')) as { page: string; retentionDays: number; cases: Row[] };
  const policies = new Map([true, false].map(legalHold =>
    [legalHold, JSON.parse(custom(synthesized({ retention: Duration.days(table.retentionDays), legalHold })).LockPolicy) as PolicyDocument]));

  /**
   * The simulator's data do not list the tag among the keys of the action, as AWS does:
   * https://docs.aws.amazon.com/amazonglacier/latest/dev/glacier-api-permissions-ref.html
   */
  async function requestOf(row: Row): Promise<PreparedRequest> {
    const { ageInDays, holdTag, action } = row;
    const vaultArn = `arn:aws:glacier:${REGION}:${ACCOUNT}:vaults/${row.vault ?? NAME}`;
    const prepared = await prepare({
      principal: row.principal,
      action,
      resource: vaultArn,
      resourceAccount: ACCOUNT,
      alsoAllowed: row.alsoAllowed,
      ...ageInDays === undefined ? {} : { context: { 'glacier:ArchiveAgeInDays': String(ageInDays) } },
    });
    if (holdTag === undefined) {
      return prepared;
    }
    const context = { ...prepared.context, [TAG]: holdTag };
    const vault = { resource: vaultArn, accountId: ACCOUNT };
    return { ...prepared, context, request: new AwsRequestImpl(prepared.request.principalInput, vault, action, new RequestContextImpl(context)) };
  }

  test.each(table.cases)('$name: $expect', async row => {
    const decision = decide(policies.get(row.legalHold ?? false)!, await requestOf(row));
    expect({ decision, because: row.because }).toEqual({ decision: row.expect, because: row.because });
  });

  test.each(table.cases)('$name: no key of the request is ignored, and the public entry of the simulator agrees', async row => {
    const { decision, ignored } = await simulate(policies.get(row.legalHold ?? false)!, await requestOf(row));
    expect(ignored).toEqual(row.holdTag === undefined ? [] : [TAG]);
    if (row.holdTag === undefined) {
      expect(decision).toBe(row.expect);
    }
  });
});
