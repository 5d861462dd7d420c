/** Who gets what, by which way: each request goes through every policy that it meets on its way. */
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import matrix from './request-matrix.cases.json';
import { RedactingObjectLambdaAccessPoint } from '../../src/object-lambda/redacting-object-lambda-access-point';
import { build } from '../configurations';
import { mutantsOf } from '../guarantees/mutations';
import { Asked, Asker, DeployedView, KEY_OPERATIONS, NOT_OF_OBJECT_LAMBDA, OPERATIONS, Place, refusedAt } from '../simulator/chain';
import { Deployed, read } from '../simulator/deployed';
import { Template as Resources } from '../simulator/intrinsics';
import { principalArn } from '../simulator/principals';
import { PolicyDocument } from '../simulator/simulator';

const { stack, judged } = build('objectLambda');
const view = judged as RedactingObjectLambdaAccessPoint;
const deployed = partsOf(view, stack);
const functionRole = deployed.objectLambda.roleArns.find(arn => arn.includes('FunctionPartsRole'))!;

const ASKERS: Record<string, Asker> = {
  'reader': { principal: 'viewReader', identityPolicies: [ownPolicy(principalArn('viewReader'))] },
  'reader through Athena': { principal: 'viewReader', identityPolicies: [ownPolicy(principalArn('viewReader'))], via: ['athena.amazonaws.com'] },
  'half a reader': { principal: 'owner', identityPolicies: [allowing('s3-object-lambda:*', '*')] },
  'bucket reader': { principal: 'owner', identityPolicies: [allowing(['s3:Get*', 's3:List*', 'kms:Decrypt'], '*')] },
  'administrator': { principal: 'owner', identityPolicies: [allowing('*', '*')] },
  'other role': { principal: 'owner', identityPolicies: [allowing('s3:*', ['arn:aws:s3:::another-bucket', 'arn:aws:s3:::another-bucket/*'])] },
  'function': { principal: functionRole, identityPolicies: [ownPolicy(functionRole)] },
  'partner': { principal: 'partner', identityPolicies: [allowing('*', '*')] },
};

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
    ({ principal, ...each, refusedAt: await refusedAt(deployed.view, ASKERS[principal], each) ?? null, because }))));
  expect(decisions.filter(decision => decision.refusedAt !== expected)).toEqual([]);
});

test('whatever a reader asks and gets has gone through the function, and came from below the prefixes', async () => {
  expect((await passedBy(ASKERS.reader, deployed.view)).sort()).toEqual(
    Object.keys(OPERATIONS).filter(name => OPERATIONS[name].isTransformed).map(name => `objectLambda ${name} orders/a.csv`).sort());
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
function ownPolicy(arn: string): PolicyDocument {
  const { Version, Statement } = deployed.objectLambda.identityPolicies[arn];
  return { Version, Statement: Statement.map(({ Principal: _principal, ...statement }) => statement) };
}

function partsOf(accessPoint: RedactingObjectLambdaAccessPoint, of: Stack): { view: DeployedView; objectLambda: Deployed } {
  const template = Template.fromStack(of).toJSON() as Resources;
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
