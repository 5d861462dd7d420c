import { App, Resource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { grantWithConditions } from '../../src/private/grant';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const PARTNER = '444455556666';
const ARN = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/finance';
const CONDITIONS = { StringLike: { 's3:prefix': 'finance/*' } };

/** A resource whose policy takes statements, or not. */
class Guarded extends Resource implements iam.IResourceWithPolicy {
  readonly statements: iam.PolicyStatement[] = [];

  constructor(stack: Stack, private readonly takes: boolean) {
    super(stack, 'Guarded');
  }

  addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    if (this.takes) {
      this.statements.push(statement);
    }
    return { statementAdded: this.takes, policyDependable: this.takes ? this : undefined };
  }
}

const newStack = (env = ENV) => new Stack(new App(), 'Stack', { env });

function granted(grantee: iam.IGrantable, { takes = true, unconditional = false, stack = newStack() } = {}) {
  const resource = new Guarded(stack, takes);
  const refused: iam.PolicyStatement[] = [];
  const grant = grantWithConditions({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [ARN],
    resource,
    refused: statement => refused.push(statement),
    conditions: unconditional ? undefined : CONDITIONS,
  });
  const json = (statements: iam.PolicyStatement[]) => statements.map(statement => stack.resolve(statement.toStatementJson()));
  return { grant, resource, added: json(resource.statements), refused: json(refused), identity: identityPolicy(grantee.grantPrincipal) };
}

function role(account: string, stack = newStack({ ...ENV, account })): iam.Role {
  return new iam.Role(stack, 'Role', { roleName: 'reader', assumedBy: new iam.AccountRootPrincipal() });
}

function identityPolicy(principal: iam.IPrincipal): any[] {
  const policies = principal instanceof iam.Role ? Template.fromStack(principal.stack).findResources('AWS::IAM::Policy') : {};
  return Object.values(policies).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const STATEMENT = { Effect: 'Allow', Action: 's3:ListBucket', Resource: ARN, Condition: CONDITIONS };
const ROOT = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${PARTNER}:root`]] } };

test('a role of the account: its policy, with the conditions', () => {
  const stack = newStack();
  const { added, identity, refused, grant } = granted(role(ENV.account, stack), { stack });
  expect({ added, identity, refused }).toEqual({ added: [], identity: [STATEMENT], refused: [] });
  expect(grant.success).toBe(true);
});

test('who has no policy of its own: the policy of the resource, with the conditions', () => {
  const { added, refused, grant } = granted(new iam.AccountPrincipal(PARTNER));
  expect({ added, refused }).toEqual({ added: [{ ...STATEMENT, Principal: ROOT }], refused: [] });
  expect(grant.success).toBe(true);
});

test('the conditions of the principal are kept', () => {
  const { added } = granted(new iam.OrganizationPrincipal('o-exampleorg1'));
  expect(added[0].Condition).toEqual({ ...CONDITIONS, StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } });
  expect(granted(new iam.OrganizationPrincipal('o-exampleorg1'), { unconditional: true }).added[0].Condition)
    .toEqual({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } });
});

test('without conditions there are none', () => {
  expect(granted(new iam.AccountPrincipal(PARTNER), { unconditional: true }).added[0]).not.toHaveProperty('Condition');
});

test('a role of another account, which may not exist yet: both, by its account under a condition', () => {
  const { added, identity } = granted(role(PARTNER));
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${PARTNER}:role/reader`]] };
  expect(identity).toEqual([STATEMENT]);
  expect(added).toEqual([{ ...STATEMENT, Principal: ROOT, Condition: { ...CONDITIONS, ArnEquals: { 'aws:PrincipalArn': arn } } }]);
});

test('an imported role of another account: the policy of the resource, by its ARN', () => {
  const arn = `arn:aws:iam::${PARTNER}:role/reader`;
  const { added } = granted(iam.Role.fromRoleArn(newStack(), 'Role', arn));
  expect(added).toEqual([{ ...STATEMENT, Principal: { AWS: arn } }]);
});

test.each<[string, () => iam.IGrantable]>([
  ['an account', () => new iam.AccountPrincipal(PARTNER)],
  ['a role of another account', () => role(PARTNER)],
  ['a service', () => new iam.ServicePrincipal('firehose.amazonaws.com')],
])('what the policy of the resource does not take is told, with the conditions: %s', (_who, grantee) => {
  const { added, refused } = granted(grantee(), { takes: false });
  expect(added).toEqual([]);
  expect(refused).toEqual([expect.objectContaining({ ...STATEMENT, Principal: expect.anything(), Condition: expect.objectContaining(CONDITIONS) })]);
});

test('nothing is told of a role of the account, whatever the resource takes', () => {
  const stack = newStack();
  expect(granted(role(ENV.account, stack), { stack, takes: false }).refused).toEqual([]);
});
