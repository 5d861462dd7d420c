/** Who gets what, by which way: each request goes through every policy that it meets on its way. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import matrix from './request-matrix.cases.json';
import { AccessPointDelegation, BucketAccess } from '../../src/bucket/bucket-access';
import { Encryption } from '../../src/bucket/encryption';
import { NetworkPerimeter } from '../../src/bucket/network-perimeter';
import { PresignedUrls } from '../../src/bucket/presigned-urls';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { SecureS3Plugin } from '../../src/checks/secure-s3-plugin';
import { RedactingObjectLambdaAccessPoint } from '../../src/object-lambda/redacting-object-lambda-access-point';
import { Redaction } from '../../src/redaction/redaction';
import { ACCOUNT, build, ORGANIZATION, REGION } from '../configurations';
import { fc } from '../fast-check';
import { mutantsOf, Statement as OneStatement } from '../guarantees/mutations';
import { Asked, Asker, DeployedView, KEY_OPERATIONS, NOT_OF_OBJECT_LAMBDA, OPERATIONS, Place, refusedAt } from '../simulator/chain';
import { Deployed, read } from '../simulator/deployed';
import { Template as Resources } from '../simulator/intrinsics';
import { principalArn } from '../simulator/principals';
import { PolicyDocument } from '../simulator/simulator';

const deployed = partsOf(build('objectLambda').judged as RedactingObjectLambdaAccessPoint);
/** The view whose function reads through it to tell lengths. */
const measured = partsOf(build('objectLambdaMeasured').judged as RedactingObjectLambdaAccessPoint);
const functionRole = deployed.objectLambda.roleArns.find(arn => arn.includes('FunctionPartsRole'))!;

const ASKERS: Record<string, Asker> = {
  'reader': { principal: 'viewReader', identityPolicies: [ownPolicy(principalArn('viewReader'), deployed)] },
  'reader through Athena': { principal: 'viewReader', identityPolicies: [ownPolicy(principalArn('viewReader'), deployed)], via: ['athena.amazonaws.com'] },
  'half a reader': { principal: 'owner', identityPolicies: [allowing('s3-object-lambda:*', '*')] },
  'bucket reader': { principal: 'owner', identityPolicies: [allowing(['s3:Get*', 's3:List*', 'kms:Decrypt'], '*')] },
  'administrator': { principal: 'owner', identityPolicies: [allowing('*', '*')] },
  'other role': { principal: 'owner', identityPolicies: [allowing('s3:*', ['arn:aws:s3:::another-bucket', 'arn:aws:s3:::another-bucket/*'])] },
  'function': { principal: functionRole, identityPolicies: [ownPolicy(functionRole, deployed)] },
  'function that tells lengths': { principal: functionRole, identityPolicies: [ownPolicy(functionRole, measured)] },
  'partner': { principal: 'partner', identityPolicies: [allowing('*', '*')] },
};

const viewOf = (principal: string) => principal === 'function that tells lengths' ? measured.view : deployed.view;

const PLACES: Place[] = ['objectLambda', 'supportingAccessPoint', 'bucket', 'key', 'function'];

/** The view with a supporting access point like any other. */
const OPEN: DeployedView = {
  ...deployed.view,
  policies: {
    ...deployed.view.policies,
    supportingAccessPoint: {
      Version: '2012-10-17',
      Statement: deployed.view.policies.supportingAccessPoint!.Statement.filter(({ Sid }) => !['ObjectLambdaOnly', 'PrefixBoundary', 'ListBoundary'].includes(String(Sid))),
    },
  },
};

/** And with a key that everyone may use. */
const UNENCRYPTED: DeployedView = {
  ...OPEN,
  policies: { ...OPEN.policies, key: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] } },
};

test.each(matrix.cases)('$name', async ({ principals, entries, operations, keys = ['orders/2026.csv'], prefixes = ['orders/'], refusedAt: expected, because }) => {
  const asked = entries.flatMap(entry => operationsAt(entry as Place, operations).flatMap(operation =>
    keys.flatMap(key => prefixes.map((prefix): Asked => ({ entry: entry as Place, operation, key, prefix })))));
  const decisions = await Promise.all(principals.flatMap(principal => asked.map(async each =>
    ({ principal, ...each, refusedAt: await refusedAt(viewOf(principal), ASKERS[principal], each) ?? null, because }))));
  expect(decisions.filter(decision => decision.refusedAt !== expected)).toEqual([]);
});

test('whatever a reader asks and gets has gone through the function, and came from below the prefixes', async () => {
  expect((await passedBy(ASKERS.reader, deployed.view)).sort()).toEqual(
    Object.keys(OPERATIONS).filter(name => OPERATIONS[name].isTransformed).map(name => `objectLambda ${name} orders/a.csv`).sort());
});

test('whatever a function that tells lengths asks and gets has gone through the function, too, and lists nothing', async () => {
  expect((await passedBy(ASKERS['function that tells lengths'], measured.view)).sort()).toEqual(
    ['GetObject', 'GetObjectOfVersion', 'HeadObject'].map(name => `objectLambda ${name} orders/a.csv`));
});

test('whatever a reader tries, of whatever key and through whatever services: transformed objects from below the prefixes, and nothing else', async () => {
  const pieces = ['orders', 'order', 'Orders', 'payroll', '2026', 'a.csv', '/', '/', '$', ' ', '+', 'ü'];
  const rest = fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map(parts => parts.join(''));
  const key = fc.oneof(rest, rest.map(end => `orders/${end}`));
  const ways = PLACES.flatMap(entry => operationsAt(entry, 'all').map(operation => ({ entry, operation })));
  const services = fc.uniqueArray(fc.constantFrom('athena.amazonaws.com', 'glue.amazonaws.com', 'cloudformation.amazonaws.com', 's3.amazonaws.com'), { maxLength: 2 });
  await fc.assert(fc.asyncProperty(key, fc.constantFrom(...ways), services, async (name, { entry, operation }, via) => {
    const refused = await refusedAt(deployed.view, { ...ASKERS.reader, via }, { entry, operation, key: name, prefix: name });
    const isRight = entry === 'objectLambda' && OPERATIONS[operation].isTransformed === true && name.startsWith('orders/');
    expect([entry, operation, name, refused === undefined]).toEqual([entry, operation, name, isRight]);
  }), { numRuns: 400 });
});

describe('a reader gets the same of a bucket', () => {
  test.each<[string, SecureBucketProps]>([
    ['with presigned URLs of 61 seconds', { presignedUrls: PresignedUrls.maxAge(Duration.seconds(61)) }],
    ['with a network perimeter', { network: NetworkPerimeter.of({ vpcIds: ['vpc-0123456789abcdef0'] }) }],
    ['of an organization', { organizationId: ORGANIZATION }],
    ['that is reached through access points only', { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY }],
    ['that names its access points', { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY, accessPointDelegation: AccessPointDelegation.BY_ARN }],
  ])('%s', async (_which, props) => {
    const stack = new Stack(new App(), 'Example', { env: { account: ACCOUNT, region: REGION } });
    const bucket = new SecureBucket(stack, 'Bucket', { encryption: Encryption.kms(), ...props });
    const view = new RedactingObjectLambdaAccessPoint(stack, 'View', { bucket, redaction: Redaction.of(), prefixes: ['orders/'] });
    view.grantRead(new iam.Role(stack, 'Reader', { roleName: 'view-reader', assumedBy: new iam.AccountRootPrincipal() }));
    const other = partsOf(view);
    const reader = { ...ASKERS.reader, identityPolicies: [ownPolicy(principalArn('viewReader'), other)], context: { 'aws:PrincipalOrgID': ORGANIZATION } };
    expect(await passedBy(reader, other.view)).toEqual(await passedBy(ASKERS.reader, deployed.view));
  });
});

test('the rights of a reader alone keep it from the originals, also if the supporting access point answered everyone', async () => {
  expect(await passedBy(ASKERS.reader, OPEN)).toEqual(await passedBy(ASKERS.reader, deployed.view));
});

describe('each weakening of a reader\'s rights changes what it gets', () => {
  const [{ Statement }] = ASKERS.reader.identityPolicies;
  const mutants = Statement.flatMap((statement, index) => mutantsOf({ Effect: 'Allow', ...statement })
    .filter(({ name }) => !['for one account only', 'effect inverted'].includes(name))
    .map(mutant => [`${[statement.Action].flat().join(', ')}: ${mutant.name}`, [...Statement.slice(0, index), mutant.statement ?? [], ...Statement.slice(index + 1)].flat()] as const));

  const operations = ['GetObject', 'GetObjectOfVersion', 'ListObjectsV2', 'Invoke', ...KEY_OPERATIONS];
  const got = async (asker: Asker) => (await Promise.all([OPEN, UNENCRYPTED].map(of => passedBy(asker, of, operations)))).flat();

  const unweakened = got(ASKERS.reader);

  test.each(mutants)('%s', async (_name, weakened) => {
    const asker = { ...ASKERS.reader, identityPolicies: [{ Version: '2012-10-17', Statement: [...weakened] }] };
    expect(await got(asker)).not.toEqual(await unweakened);
  });
});

describe('each weakening of the rights of a function that tells lengths is a finding, or takes something from it', () => {
  const { stack, judged } = build('objectLambdaMeasured');
  Stage.of(stack)!.synth();
  const path = join(Stage.of(stack)!.outdir, stack.templateFile);
  const original = readFileSync(path, 'utf8');
  const policyId = Object.keys(JSON.parse(original).Resources).find(id => id.includes('OwnViewPolicy'))!;
  const { Statement } = JSON.parse(original).Resources[policyId].Properties.PolicyDocument;

  const asker = ASKERS['function that tells lengths'];
  const unweakened = passedBy(asker, measured.view);

  afterAll(() => writeFileSync(path, original));

  test.each((Statement as OneStatement[]).flatMap((statement, index) => mutantsOf(statement)
    .filter(({ name }) => name !== 'for one account only')
    .map(mutant => [`${[statement.Action].flat().join(', ')}: ${mutant.name}`, index, mutant.statement] as const)))('%s', async (_name, index, mutant) => {
    const template = JSON.parse(original) as Resources;
    const document = template.Resources[policyId].Properties!.PolicyDocument as { Statement: OneStatement[] };
    document.Statement.splice(index, 1, ...mutant === undefined ? [] : [mutant]);
    writeFileSync(path, JSON.stringify(template));
    const findings = SecureS3Plugin.of(stack)!.verdicts().filter(({ subject, guarantee }) => subject.construct === judged && guarantee.id === 'object-lambda-function-confined')
      .flatMap(verdict => verdict.findings);
    const weakened = { ...asker, identityPolicies: [ownPolicy(functionRole, partsIn(template, judged as RedactingObjectLambdaAccessPoint))] };

    expect(findings.length > 0 || JSON.stringify(await passedBy(weakened, measured.view)) !== JSON.stringify(await unweakened)).toBe(true);
  });
});

test('the table asks every operation of every place, and of everyone', () => {
  const asked = new Set(matrix.cases.flatMap(({ principals, entries, operations }) => principals.flatMap(principal =>
    entries.flatMap(entry => operationsAt(entry as Place, operations).map(operation => `${principal} ${entry} ${operation}`)))));
  const everything = ['reader', 'other role', 'partner'].flatMap(principal => PLACES.flatMap(entry =>
    operationsAt(entry, 'all').map(operation => `${principal} ${entry} ${operation}`)));
  expect(everything.filter(one => !asked.has(one))).toEqual([]);
});

/** Everything that somebody gets, of what can be asked. */
async function passedBy(asker: Asker, of: DeployedView, operations?: string[]): Promise<string[]> {
  const asked = PLACES.flatMap(entry => operationsAt(entry, 'all').filter(name => operations?.includes(name) ?? true).flatMap(operation =>
    ['orders/a.csv', 'payroll/a.csv'].map((key): Asked => ({ entry, operation, key, prefix: key }))));
  const decisions = await Promise.all(asked.map(async each => ({ ...each, refused: await refusedAt(of, asker, each) })));
  return decisions.filter(({ refused }) => refused === undefined).map(({ entry, operation, key }) => `${entry} ${operation} ${key}`);
}

function operationsAt(entry: Place, operations: string | string[]): string[] {
  const all = entry === 'key' ? KEY_OPERATIONS : entry === 'function' ? ['Invoke'] : Object.keys(OPERATIONS)
    .filter(name => entry !== 'objectLambda' || !NOT_OF_OBJECT_LAMBDA.includes(name));
  return Array.isArray(operations) ? operations : all;
}

function allowing(Action: string | string[], Resource: string | string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] };
}

/** What a role of the stack may do by its own policies. */
function ownPolicy(arn: string, { objectLambda }: { objectLambda: Deployed }): PolicyDocument {
  const { Version, Statement } = objectLambda.identityPolicies[arn];
  return { Version, Statement: Statement.map(({ Principal: _principal, ...statement }) => statement) };
}

function partsOf(accessPoint: RedactingObjectLambdaAccessPoint): { view: DeployedView; objectLambda: Deployed } {
  return partsIn(Template.fromStack(Stack.of(accessPoint)).toJSON() as Resources, accessPoint);
}

function partsIn(template: Resources, accessPoint: RedactingObjectLambdaAccessPoint): { view: DeployedView; objectLambda: Deployed } {
  const of = Stack.of(accessPoint);
  const idOf = (type: string) => {
    const ids = Object.keys(template.Resources).filter(id => template.Resources[id].Type === type);
    expect(ids).toHaveLength(1);
    return ids[0];
  };
  const keyId = idOf('AWS::KMS::Key');
  const objectLambda = read(template, idOf('AWS::S3ObjectLambda::AccessPoint'), keyId);
  const [supportingAccessPoint, bucket] = ['AWS::S3::AccessPoint', 'AWS::S3::Bucket'].map(type => read(template, idOf(type)));
  const functionId = of.resolve((accessPoint.handler.node.defaultChild as CfnFunction).logicalId);
  return {
    objectLambda,
    view: {
      arns: {
        objectLambda: objectLambda.arn,
        function: `arn:aws:lambda:${of.region}:${of.account}:function:${functionId}`,
        supportingAccessPoint: supportingAccessPoint.arn,
        bucket: bucket.arn,
        key: objectLambda.keyArn!,
      },
      policies: {
        objectLambda: objectLambda.policy, supportingAccessPoint: supportingAccessPoint.policy, bucket: bucket.policy, key: objectLambda.keyPolicy,
      },
    },
  };
}
