/**
 * The matrix of the three teams: who, through which way in, may do what below which prefix. A request is judged as AWS judges it:
 * by the policy of the endpoint if it comes through one, by that of the access point, by that of the bucket, and by that of the key,
 * each together with the identity policies of the role.
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { TeamsStack } from '../../examples/data-lake/teams';
import { ACCOUNT, REGION } from '../configurations';
import { read } from '../simulator/deployed';
import { Intrinsics, Template } from '../simulator/intrinsics';
import { judge, PolicyDocument, prepare } from '../simulator/simulator';

type Action = 'read' | 'write' | 'delete' | 'list';

interface Matrix {
  readonly page: string;
  readonly who: string[];
  readonly ways: { readonly [way: string]: string };
  readonly prefixes: string[];
  readonly actions: Action[];
  readonly allowed: { readonly who: string; readonly way: string; readonly prefix: string; readonly actions: Action[] }[];
}

const MATRIX: Matrix = JSON.parse(readFileSync(join(__dirname, 'teams.cases.json'), 'utf8'));
const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

const S3_ACTIONS: { [action in Action]: string } = { read: 's3:GetObject', write: 's3:PutObject', delete: 's3:DeleteObject', list: 's3:ListBucket' };
const KEY_ACTIONS: { [action in Action]?: string[] } = { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] };
const PARTNER = 'arn:aws:iam::444455556666:role/Partner';

const stack: Stack = new TeamsStack(new App(), 'Teams', { env: { account: ACCOUNT, region: REGION } });
const template = Assertions.fromStack(stack).toJSON() as Template;
const intrinsics = new Intrinsics(template, { account: ACCOUNT, region: REGION });

function idOf(start: string, type: string): string {
  return Object.entries(template.Resources).find(([id, { Type }]) => Type === type && id.startsWith(start))![0];
}

const keyId = idOf('Shared', 'AWS::KMS::Key');
const bucket = read(template, idOf('Shared', 'AWS::S3::Bucket'), keyId);
const endpoint = read(template, Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::EC2::VPCEndpoint')![0]);
const vpcContext = {
  'aws:SourceVpc': intrinsics.ref(idOf('Vpc', 'AWS::EC2::VPC')),
  'aws:SourceVpce': intrinsics.ref(endpoint.logicalId),
  'aws:VpcSourceIp': '10.0.0.5',
  'aws:SourceIp': null,
};

function arnOf(who: string): string {
  return who === 'Partner' ? PARTNER : intrinsics.attribute(idOf(who, 'AWS::IAM::Role'), 'Arn');
}

/** What the identity policies of a role say, as statements that name it. The partner has every right that its own account can give. */
function identityStatements(who: string): Record<string, unknown>[] {
  if (who === 'Partner') {
    return [];
  }
  const role = idOf(who, 'AWS::IAM::Role');
  return Object.values(template.Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && (Properties!.Roles as { Ref: string }[]).some(({ Ref }) => Ref === role))
    .flatMap(({ Properties }) => (intrinsics.resolve(Properties!.PolicyDocument) as PolicyDocument).Statement)
    .map(statement => ({ ...statement, Principal: { AWS: arnOf(who) } }));
}

type Context = Record<string, string | null>;

async function passes(who: string, policy: PolicyDocument, action: string, resource: string, context: Context, alone = false): Promise<boolean> {
  const request = await prepare({ principal: arnOf(who), action, resource, resourceAccount: ACCOUNT, context, identityIsInPolicy: true });
  const statements = [...policy.Statement, ...alone ? [] : identityStatements(who)];
  return judge({ ...policy, Statement: statements })(request) === 'allowed';
}

async function isAllowed(who: string, way: string, prefix: string, action: Action): Promise<boolean> {
  const fromVpc = /from the VPC|^Jobs$/.test(way);
  const network = fromVpc ? vpcContext : {};
  const list: Record<string, string> = action === 'list' ? { 's3:prefix': prefix } : {};
  const key = `${prefix}2026/report.csv`;
  const s3Action = S3_ACTIONS[action];
  const [name] = way.split(' ');
  const point = name === 'bucket' ? undefined : read(template, idOf(name, 'AWS::S3::AccessPoint'));
  const atPoint = point && (action === 'list' ? point.arn : `${point.objectsArn}${key}`);
  const atBucket = action === 'list' ? bucket.arn : `${bucket.objectsArn}${key}`;
  const through: Record<string, string> = point === undefined ? {} : { 's3:DataAccessPointArn': point.arn, 's3:DataAccessPointAccount': ACCOUNT };

  const judged: Promise<boolean>[] = [
    ...fromVpc ? [...atPoint === undefined ? [] : [atPoint], atBucket].map(
      resource => passes(who, endpoint.policy, s3Action, resource, { ...network, ...list }, true)) : [],
    ...point === undefined ? [] : [passes(who, point.policy, s3Action, atPoint!, { ...network, ...list })],
    passes(who, bucket.policy, s3Action, atBucket, { ...network, ...list, ...through }),
    ...(KEY_ACTIONS[action] ?? []).map(keyAction => passes(who, bucket.keyPolicy!, keyAction, bucket.keyArn!, { 'kms:ViaService': `s3.${REGION}.amazonaws.com` })),
  ];
  return (await Promise.all(judged)).every(Boolean);
}

test.each(MATRIX.who.flatMap(who => Object.keys(MATRIX.ways).map(way => [who, way] as const)))('%s through %s', async (who, way) => {
  const found: Record<string, Action[]> = {};
  const wanted: Record<string, Action[]> = {};
  for (const prefix of MATRIX.prefixes) {
    wanted[prefix] = MATRIX.allowed.filter(row => row.who === who && row.way === way && row.prefix === prefix).flatMap(row => row.actions);
    found[prefix] = [];
    for (const action of MATRIX.actions) {
      if (await isAllowed(who, way, prefix, action)) {
        found[prefix].push(action);
      }
    }
  }
  expect(found).toEqual(wanted);
});

test('the matrix speaks of every role and access point of the example', () => {
  const ids = (type: string) => Object.entries(template.Resources).filter(([, { Type }]) => Type === type).map(([id]) => id);
  expect(ids('AWS::IAM::Role').every(id => MATRIX.who.some(who => id.startsWith(who)))).toBe(true);
  expect(ids('AWS::S3::AccessPoint').every(id => Object.keys(MATRIX.ways).some(way => id.startsWith(way)))).toBe(true);
});

test('the README shows the same matrix', () => {
  const used = Object.keys(MATRIX.ways).filter(way => MATRIX.allowed.some(row => row.way === way));
  const cell = (who: string, way: string) => MATRIX.allowed.filter(row => row.who === who && row.way === way)
    .map(({ prefix, actions }) => `${actions.join(', ')} \`${prefix}\``).join('; ') || '–';
  const rows = MATRIX.who.map(who => `| ${[`\`${who}\``, ...used.map(way => cell(who, way)), '–'].join(' | ')} |`);
  expect(rows.filter(row => !README.includes(row))).toEqual([]);
});
