import { CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { allowedByIdentities, PARTNER, warningsOf } from './templates';
import { AccessPoint } from '../../src/access-point/access-point';
import { IAccessPoint } from '../../src/access-point/access-point-base';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { newStack, synthOf, templateOf } from '../checks/synth';

const ARN = 'arn:aws:s3:us-west-2:444455556666:accesspoint/finance';
const ALIAS = 'finance-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias';

function imported(arn = ARN, stack = newStack()): IAccessPoint {
  return AccessPoint.fromAccessPointArn(stack, 'Finance', arn);
}

describe('by ARN', () => {
  test('name, domain name, s3:// form and environment are known', () => {
    const accessPoint = imported();
    expect(accessPoint.accessPointArn).toBe(ARN);
    expect(accessPoint.accessPointName).toBe('finance');
    expect(accessPoint.stack.resolve(accessPoint.domainName)).toEqual({ 'Fn::Join': ['', ['finance-444455556666.s3-accesspoint.us-west-2.', { Ref: 'AWS::URLSuffix' }]] });
    expect(accessPoint.s3UrlForObject('a/b')).toBe(`s3://${ARN}/a/b`);
    expect(accessPoint.s3UrlForObject()).toBe(`s3://${ARN}/`);
    expect(accessPoint.arnForObjects('finance/')).toBe(`${ARN}/object/finance/*`);
    expect(accessPoint.env).toMatchObject({ account: PARTNER, region: 'us-west-2' });
  });

  test('the alias is not known', () => {
    expect(() => imported().accessPointAlias)
      .toThrow('[Stack/Finance] the alias of an access point that was imported by its ARN is not known: import it with AccessPoint.fromAccessPointAttributes');
  });

  test('nothing is made', () => {
    const { stack } = imported();
    expect(templateOf(stack).toJSON().Resources).toBeUndefined();
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([
    'arn:aws-cn:s3:cn-north-1:444455556666:accesspoint/finance',
    'arn:aws-us-gov:s3:us-gov-west-1:444455556666:accesspoint/finance',
    'arn:aws:s3:eu-west-1:444455556666:accesspoint/1-2--3',
  ])('%s is taken', arn => {
    expect(imported(arn).accessPointArn).toBe(arn);
  });

  test.each([
    '', 'finance', 'arn:aws:s3:::example-data', 'arn:aws:s3:us-west-2:444455556666:accesspoint', 'arn:aws:s3:us-west-2:444455556666:accesspoint/',
    'arn:aws:s3:us-west-2:444455556666:accesspoint/finance/object/*', 'arn:aws:s3:us-west-2:4444:accesspoint/finance', 'arn:aws:s3::444455556666:accesspoint/mfzwi23gnjvgw.mrap',
    'arn:aws:s3-object-lambda:us-west-2:444455556666:accesspoint/finance', 'arn:aws:s3-outposts:us-west-2:444455556666:outpost/op-1/accesspoint/finance',
    'arn:aws:s3:us-west-2:444455556666:accesspoint/Finance', ' arn:aws:s3:us-west-2:444455556666:accesspoint/finance', ALIAS, undefined, null, 1, {},
  ])('%j is refused', arn => {
    const attempt = () => AccessPoint.fromAccessPointArn(newStack(), 'Finance', arn as string);
    expect(attempt).toThrow('[Stack/Finance] accessPointArn is ');
    expect(attempt).toThrow('give an ARN of the form arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME');
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a parameter', stack => new CfnParameter(stack, 'Arn').valueAsString],
    ['an import', () => Fn.importValue('FinanceArn')],
  ])('%s is taken apart at deployment', (_what, arnIn) => {
    const stack = newStack();
    const arn = arnIn(stack);
    const accessPoint = imported(arn, stack);
    const part = (index: number, of: unknown = { 'Fn::Split': [':', stack.resolve(arn)] }) => ({ 'Fn::Select': [index, of] });
    expect(stack.resolve(accessPoint.accessPointName)).toEqual(part(1, { 'Fn::Split': ['/', part(5)] }));
    expect(JSON.stringify(stack.resolve(accessPoint.domainName))).toContain('.s3-accesspoint.');
    expect(Token.isUnresolved(accessPoint.env.account)).toBe(true);
    accessPoint.grantRead(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }), 'finance/');
    expect(allowedByIdentities(stack)[0].Resource).toEqual({ 'Fn::Join': ['', [stack.resolve(arn), '/object/finance/*']] });
  });
});

describe('by attributes', () => {
  test('the alias is known, and part of the s3:// form', () => {
    const accessPoint = AccessPoint.fromAccessPointAttributes(newStack(), 'Finance', { accessPointArn: ARN, accessPointAlias: ALIAS });
    expect(accessPoint.accessPointAlias).toBe(ALIAS);
    expect(accessPoint.s3UrlForObject('a')).toBe(`s3://${ALIAS}/a`);
  });

  test('grants reach the key of the bucket', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
    const accessPoint = AccessPoint.fromAccessPointAttributes(stack, 'Finance', { accessPointArn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/finance', bucket });
    accessPoint.grantRead(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(allowedByIdentities(stack)).toContainEqual({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    });
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('a malformed ARN is refused', () => {
    const attributes = { accessPointArn: 'finance', bucket: s3.Bucket.fromBucketName(newStack(), 'Data', 'example-data') };
    expect(() => AccessPoint.fromAccessPointAttributes(newStack(), 'Finance', attributes)).toThrow("[Stack/Finance] accessPointArn is 'finance'");
    expect(() => AccessPoint.fromAccessPointAttributes(newStack(), 'Finance', undefined as never)).toThrow('[Stack/Finance] accessPointArn is ');
  });
});

test('statements are not added', () => {
  const statement = new iam.PolicyStatement({ principals: [new iam.AccountPrincipal(PARTNER)], actions: ['s3:GetObject'], resources: [`${ARN}/object/*`] });
  expect(imported().addToResourcePolicy(statement)).toEqual({ statementAdded: false });
});

test('a role of the account of the access point, which is not that of the stack, is granted on its side, and the other is told', () => {
  const stack = newStack();
  imported(ARN, stack).grantDelete(new iam.Role(stack, 'Role', { roleName: 'cleaner', assumedBy: new iam.AccountRootPrincipal() }));
  expect(allowedByIdentities(stack)).toEqual([{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: `${ARN}/object/*` }]);
  expect(warningsOf(stack)).toHaveLength(1);
});
