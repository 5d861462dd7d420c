import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { applyBucket } from './bucket';
import { Properties } from './properties';
import { Report } from './report';
import { assertSame } from './same';
import { Statement, translate } from './statements';
import { Intrinsics, Template } from '../../test/simulator/intrinsics';
import { ACCOUNT, iam, owner, REGION, server } from '../server';

/** The values of a template, whose KMS keys are keys that the server has. */
class LiveIntrinsics extends Intrinsics {
  private readonly keyIds: string[];

  public constructor(template: Template) {
    super(template, { account: ACCOUNT, region: REGION });
    this.keyIds = Object.keys(template.Resources).filter(id => template.Resources[id].Type === 'AWS::KMS::Key');
    if (this.keyIds.length > server.keyArns.length) {
      throw new Error(`the server has ${server.keyArns.length} keys, and the template ${this.keyIds.length}: add some in scripts/live/start.sh`);
    }
  }

  public ref(logicalId: string): string {
    const key = server.keyArns[this.keyIds.indexOf(logicalId)];
    return key === undefined ? super.ref(logicalId) : key.split('/')[1];
  }
}

/** In which order the resources are made: whom a policy names comes before the policy. */
const TYPES = ['AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::IAM::Policy'];

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: Statement[];
}

/**
 * Deploys a synthesized template to the server. Every property is applied, or left out or rewritten because of a difference that
 * the report names; anything else makes it fail.
 */
export async function apply(template: Template): Promise<Report> {
  const report = new Report();
  const intrinsics = new LiveIntrinsics(template);
  const resources = Object.entries(template.Resources);
  const unknown = resources.filter(([, { Type }]) => !TYPES.includes(Type));
  if (unknown.length > 0) {
    throw new Error(`the applier does not know ${unknown.map(([id, { Type }]) => `${Type} (${id})`).join(', ')}`);
  }
  for (const type of TYPES) {
    for (const [id, { Properties: values }] of resources.filter(([, { Type }]) => Type === type)) {
      const path = `${type}(${id})`;
      const properties = new Properties(path, intrinsics.resolve(values ?? {}) as object, report);
      await applyResource(type, id, properties, intrinsics, report);
      properties.done();
    }
  }
  return report;
}

async function applyResource(type: string, id: string, properties: Properties, intrinsics: Intrinsics, report: Report): Promise<void> {
  switch (type) {
    case 'AWS::S3::Bucket': return applyBucket(intrinsics.ref(id), properties);
    case 'AWS::S3::BucketPolicy': return applyBucketPolicy(properties, report);
    case 'AWS::IAM::Role': return applyRole(intrinsics.ref(id), properties, report);
    case 'AWS::IAM::Policy': return applyRolePolicy(properties, report);
    case 'AWS::KMS::Key':
      // The server has keys, but no key service: nothing but the name of the key counts.
      for (const name of ['KeyPolicy', 'EnableKeyRotation', 'Description', 'Tags']) {
        properties.leaveOut(name, 'key-service');
      }
  }
}

async function applyBucketPolicy(properties: Properties, report: Report): Promise<void> {
  const Bucket = properties.take<string>('Bucket');
  const Policy = document(properties, report);
  if (Policy !== undefined) {
    await owner.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    assertSame((await owner.send(new GetBucketPolicyCommand({ Bucket }))).Policy, Policy);
  }
}

async function applyRole(RoleName: string, properties: Properties, report: Report): Promise<void> {
  properties.take('RoleName');
  const trust = properties.take<object>('AssumeRolePolicyDocument');
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  for (const policy of properties.list('Policies')) {
    await putRolePolicy(RoleName, policy.take<string>('PolicyName')!, document(policy, report));
    policy.done();
  }
}

async function applyRolePolicy(properties: Properties, report: Report): Promise<void> {
  const policy = document(properties, report);
  const name = properties.take<string>('PolicyName')!;
  for (const role of properties.take<string[]>('Roles')!) {
    await putRolePolicy(role, name, policy);
  }
}

async function putRolePolicy(RoleName: string, PolicyName: string, PolicyDocument: string | undefined): Promise<void> {
  if (PolicyDocument !== undefined) {
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
}

/** The text of a policy for the server; none if no statement is left. */
function document(properties: Properties, report: Report): string | undefined {
  const policy = properties.take<PolicyDocument>('PolicyDocument')!;
  const statements = translate(policy.Statement, properties.path, report);
  return statements.length === 0 ? undefined : JSON.stringify({ ...policy, Statement: statements });
}
