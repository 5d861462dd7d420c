import { App, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AccessPoint } from '../../src/access-point/access-point';
import { AccessPointDelegation, BucketAccess } from '../../src/bucket/bucket-access';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ENV, newApp, newStack, statement, statementsOf, synth, synthOf, templateOf } from '../checks/synth';

const { BY_ACCOUNT, BY_ARN } = AccessPointDelegation;
const ONLY = { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY };
const OWN = '111122223333';
const PARTNER = '444455556666';
const PARTITION = { Ref: 'AWS::Partition' };
const DEPLOY_ROLE = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1' };
const LOG_DELIVERY = ['logging.s3.amazonaws.com', 'delivery.logs.amazonaws.com'];
const accessPointArn = (name: string) => ({ 'Fn::Join': ['', ['arn:', PARTITION, `:s3:eu-west-1:${OWN}:accesspoint/${name}`]] });

function made(props: SecureBucketProps = {}, names = ['finance'], stack = newStack()): { stack: Stack; bucket: SecureBucket } {
  const bucket = new SecureBucket(stack, 'Data', props);
  names.forEach(name => new AccessPoint(stack, name, { bucket, name }));
  return { stack, bucket };
}

const policyOf = (stack: Stack, sid: string) => statement(templateOf(stack), sid);

describe('delegation', () => {
  test('there is none before the first access point', () => {
    expect(policyOf(made({}, []).stack, 'AccessPointDelegation')).toBeUndefined();
  });

  test.each([undefined, BY_ACCOUNT])('by account: %s', accessPointDelegation => {
    const { stack } = made({ accessPointDelegation }, ['finance', 'sales']);
    expect(policyOf(stack, 'AccessPointDelegation')).toEqual({
      Sid: 'AccessPointDelegation',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: expect.arrayContaining(['s3:AbortMultipartUpload', 's3:DeleteObject*', 's3:GetObject*', 's3:ListBucket', 's3:ListBucketVersions', 's3:PutObject*']),
      Resource: [{ 'Fn::GetAtt': [expect.stringMatching(/^Data/), 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Data/), 'Arn'] }, '/*']] }],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': [OWN] } },
    });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('by ARN', () => {
    const { stack } = made({ accessPointDelegation: BY_ARN }, ['finance', 'sales']);
    expect(policyOf(stack, 'AccessPointDelegation').Condition)
      .toEqual({ ArnEquals: { 's3:DataAccessPointArn': [accessPointArn('finance'), accessPointArn('sales')] } });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test.each<[AccessPointDelegation, unknown]>([
    [BY_ACCOUNT, { StringEquals: { 's3:DataAccessPointAccount': [OWN, PARTNER] } }],
    [BY_ARN, { ArnEquals: { 's3:DataAccessPointArn': [accessPointArn('finance'), { 'Fn::Join': ['', ['arn:', PARTITION, `:s3:eu-west-1:${PARTNER}:accesspoint/sales`]] }] } }],
  ])('%s to two accounts', (accessPointDelegation, condition) => {
    const app = newApp();
    const { bucket, stack } = made({ accessPointDelegation, bucketName: 'example-data' }, ['finance'], new Stack(app, 'Stack', { env: ENV }));
    new AccessPoint(new Stack(app, 'Partner', { env: { ...ENV, account: PARTNER } }), 'sales', { bucket, name: 'sales' });
    expect(policyOf(stack, 'AccessPointDelegation').Condition).toEqual(condition);
    expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('by account, the policy does not grow with the access points', () => {
    const sizes = [1, 40].map(count => JSON.stringify(statementsOf(templateOf(made({}, Array.from({ length: count }, (_, index) => `team-${index}`)).stack))).length);
    expect(sizes[1]).toBe(sizes[0]);
  });

  test('another delegation is found', () => {
    const { stack, bucket } = made();
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()], actions: ['s3:*'], resources: [bucket.arnForObjects('*')], conditions: { StringEquals: { 's3:DataAccessPointAccount': PARTNER } },
    }));
    expect(synthOf(stack).rules).toEqual(['access-point-delegation']);
  });
});

describe('through access points only', () => {
  test('there is no such statement by default', () => {
    expect(policyOf(made({ bucketAccess: BucketAccess.DIRECT }).stack, 'AccessPointsOnly')).toBeUndefined();
    expect(policyOf(made().stack, 'AccessPointsOnly')).toBeUndefined();
  });

  test('by account: requests for data are refused but through access points, by log delivery and by the deploy role', () => {
    const { stack } = made(ONLY);
    const found = policyOf(stack, 'AccessPointsOnly');
    expect(found).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Condition: {
        StringNotEquals: { 's3:DataAccessPointAccount': [OWN], 'aws:PrincipalServiceName': LOG_DELIVERY },
        ArnNotLike: { 'aws:PrincipalArn': [DEPLOY_ROLE] },
      },
    });
    expect(Object.keys(found.Condition)).toHaveLength(2);
    expect(found.Action).toEqual(expect.arrayContaining(['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*', 's3:ListBucket', 's3:ListBucketVersions']));
    expect(found.Action).not.toContain('s3:*');
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('by ARN', () => {
    const { stack } = made({ ...ONLY, accessPointDelegation: BY_ARN }, ['finance', 'sales']);
    expect(policyOf(stack, 'AccessPointsOnly').Condition).toEqual({
      ArnNotEquals: { 's3:DataAccessPointArn': [accessPointArn('finance'), accessPointArn('sales')] },
      StringNotEquals: { 'aws:PrincipalServiceName': LOG_DELIVERY },
      ArnNotLike: { 'aws:PrincipalArn': [DEPLOY_ROLE] },
    });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('by account, without an access point yet: those of the account pass', () => {
    const { stack } = made(ONLY, []);
    expect(policyOf(stack, 'AccessPointsOnly').Condition.StringNotEquals['s3:DataAccessPointAccount']).toEqual([OWN]);
    expect(policyOf(stack, 'AccessPointDelegation')).toBeUndefined();
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('by ARN, without an access point: an error at synthesis', () => {
    expect(() => synthOf(made({ ...ONLY, accessPointDelegation: BY_ARN }, []).stack))
      .toThrow('[Stack/Data] bucketAccess is THROUGH_ACCESS_POINTS_ONLY but no access point was made for the bucket: create one with new AccessPoint(...)');
    expect(() => synthOf(made({ accessPointDelegation: BY_ARN }, []).stack)).not.toThrow();
  });

  test('directAccessRoles reach the bucket, too', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Backup', { assumedBy: new iam.AccountRootPrincipal() });
    const imported = iam.Role.fromRoleArn(stack, 'Audit', 'arn:aws:iam::444455556666:role/audit');
    made({ ...ONLY, directAccessRoles: [role, imported] }, ['finance'], stack);
    expect(policyOf(stack, 'AccessPointsOnly').Condition.ArnNotLike['aws:PrincipalArn'])
      .toEqual([DEPLOY_ROLE, { 'Fn::GetAtt': [expect.stringMatching(/^Backup/), 'Arn'] }, 'arn:aws:iam::444455556666:role/audit']);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('so do the helpers of CDK that are added later', () => {
    const { stack, bucket } = made(ONLY);
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SnsDestination(new sns.Topic(stack, 'Topic')));
    expect(policyOf(stack, 'AccessPointsOnly').Condition.ArnNotLike['aws:PrincipalArn'])
      .toEqual([DEPLOY_ROLE, { 'Fn::GetAtt': [expect.stringMatching(/^BucketNotificationsHandler/), 'Arn'] }]);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('the statement that is undone is found', () => {
    const index = statementsOf(templateOf(made(ONLY).stack)).findIndex(({ Sid }) => Sid === 'AccessPointsOnly');
    const { stack, bucket } = made(ONLY);
    (bucket.policy!.node.defaultChild as s3.CfnBucketPolicy).addPropertyOverride(`PolicyDocument.Statement.${index}.Action`, 's3:GetObject');
    expect(synthOf(stack).rules).toEqual(['access-points-only']);
  });
});

describe('refused', () => {
  const withoutRole = () => new Stack(newApp(), 'Stack', { env: ENV, synthesizer: new LegacyStackSynthesizer() });

  test('a stack whose synthesizer names no role', () => {
    expect(() => made(ONLY, [], withoutRole())).toThrow('[Stack/Data] bucketAccess THROUGH_ACCESS_POINTS_ONLY would lock out whoever deploys this stack, '
      + 'and its synthesizer names no role: name the role that deploys the stack in directAccessRoles');
  });

  test('directAccessRoles of another stack are named, since that stack may use the bucket', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const other = new Stack(app, 'Other', { env: ENV });
    const named = new iam.Role(other, 'Named', { roleName: 'backup', assumedBy: new iam.AccountRootPrincipal() });
    const bucket = new SecureBucket(stack, 'Data', { ...ONLY, directAccessRoles: [named] });
    bucket.grantRead(named);
    expect(() => app.synth()).not.toThrow();
    const unnamed = new iam.Role(other, 'Unnamed', { assumedBy: new iam.AccountRootPrincipal() });
    expect(() => new SecureBucket(stack, 'Other', { ...ONLY, directAccessRoles: [unnamed] }))
      .toThrow('[Stack/Other] directAccessRoles holds [Other/Unnamed], which is in another stack and has no name of its own');
  });

  test('but not with directAccessRoles', () => {
    const stack = withoutRole();
    const directAccessRoles = [iam.Role.fromRoleArn(stack, 'Deploy', 'arn:aws:iam::111122223333:role/deploy')];
    made({ ...ONLY, directAccessRoles }, ['finance'], stack);
    expect(policyOf(stack, 'AccessPointsOnly').Condition.ArnNotLike['aws:PrincipalArn']).toEqual(['arn:aws:iam::111122223333:role/deploy']);
  });

  test.each([undefined, BucketAccess.DIRECT])('directAccessRoles with bucketAccess %s', bucketAccess => {
    const stack = newStack();
    const directAccessRoles = [iam.Role.fromRoleArn(stack, 'Audit', 'arn:aws:iam::444455556666:role/audit')];
    expect(() => made({ bucketAccess, directAccessRoles }, [], stack)).toThrow('[Stack/Data] directAccessRoles is given, but the bucket is reached directly by everyone with rights');
  });

  test.each(['arn:aws:iam::444455556666:role/*', 'arn:aws:iam::444455556666:role/audit-?'])('the role %s', arn => {
    const stack = newStack();
    const directAccessRoles = [iam.Role.fromRoleArn(stack, 'Audit', arn)];
    expect(() => made({ ...ONLY, directAccessRoles }, [], stack)).toThrow(`[Stack/Data] '${arn}' in directAccessRoles holds a wildcard: name each role by its whole ARN`);
  });
});
