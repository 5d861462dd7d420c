import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  accessPointArn, allowedByAccessPoints, allowedByIdentities, allowedByKeys, arn, jsonIn, ORGANIZATION, PARTNER, PARTNER_ENV, warningsOf,
} from './templates';
import { AccessPoint } from '../../src/access-point/access-point';
import { IAccessPoint } from '../../src/access-point/access-point-base';
import { VpcAccessPoint } from '../../src/access-point/vpc-access-point';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { ENV, newApp, newStack, statementsOf, synth, synthOf, templateOf } from '../checks/synth';

type Give = (accessPoint: IAccessPoint, grantee: iam.IGrantable, prefix?: string) => iam.Grant;

const READ: Give = (accessPoint, ...rest) => accessPoint.grantRead(...rest);
const WRITE: Give = (accessPoint, ...rest) => accessPoint.grantWrite(...rest);
const READ_WRITE: Give = (accessPoint, ...rest) => accessPoint.grantReadWrite(...rest);
const DELETE: Give = (accessPoint, ...rest) => accessPoint.grantDelete(...rest);
const LIST: Give = (accessPoint, ...rest) => accessPoint.grantList(...rest);

const OBJECTS_READ = ['s3:GetObject', 's3:GetObjectVersion'];
const OBJECTS_WRITE = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
const THROUGH_S3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const KEY_ARN = 'arn:aws:kms:eu-west-1:777788889999:key/12345678-1234-1234-1234-123456789012';
const objects = (prefix: string) => accessPointArn('finance', `/object/${prefix}*`);

function accessPointIn(stack: Stack, { encryption, prefixes = ['finance/'] }: { encryption?: Encryption; prefixes?: string[] | null } = {}): AccessPoint {
  return new AccessPoint(stack, 'Finance', { bucket: new SecureBucket(stack, 'Data', { encryption }), name: 'finance', prefixes: prefixes ?? undefined });
}

function role(stack: Stack, id = 'Role', roleName?: string): iam.Role {
  return new iam.Role(stack, id, { roleName, assumedBy: new iam.AccountRootPrincipal() });
}

/** What each right allows on the access point, besides the objects' ARN; and on the key. */
const RIGHTS: [string, Give, { objects?: string[]; list: boolean; key: string | string[] | undefined }][] = [
  ['grantRead', READ, { objects: OBJECTS_READ, list: true, key: 'kms:Decrypt' }],
  ['grantWrite', WRITE, { objects: OBJECTS_WRITE, list: false, key: ['kms:GenerateDataKey', 'kms:Decrypt'] }],
  ['grantReadWrite', READ_WRITE, { objects: [...OBJECTS_READ, ...OBJECTS_WRITE], list: true, key: ['kms:GenerateDataKey', 'kms:Decrypt'] }],
  ['grantDelete', DELETE, { objects: ['s3:DeleteObject'], list: false, key: undefined }],
  ['grantList', LIST, { list: true, key: undefined }],
];

/** How the template writes the statements of a right. */
function statements({ objects: actions, list }: { objects?: string[]; list: boolean }, prefix: string, who: object, listWho: any = who): unknown[] {
  return [
    ...actions === undefined ? [] : [{ Effect: 'Allow', ...who, Action: actions.length === 1 ? actions[0] : actions, Resource: objects(prefix) }],
    ...list ? [{
      Effect: 'Allow', ...listWho, Action: 's3:ListBucket', Resource: accessPointArn('finance'), Condition: { ...listWho.Condition, StringLike: { 's3:prefix': [`${prefix}*`] } },
    }] : [],
  ];
}

describe.each(RIGHTS)('%s', (_name, give, right) => {
  test('to a role of the account: in its policy only', () => {
    const stack = newStack();
    const grant = give(accessPointIn(stack), role(stack));
    expect(grant.success).toBe(true);
    expect(allowedByIdentities(stack)).toEqual(statements(right, 'finance/', {}));
    expect(allowedByAccessPoints(stack)).toEqual([]);
  });

  test('to an account: in the policy of the access point', () => {
    const stack = newStack();
    const grant = give(accessPointIn(stack), new iam.AccountPrincipal(PARTNER), 'finance/q1/');
    expect(grant.success).toBe(true);
    expect(allowedByAccessPoints(stack)).toEqual(statements(right, 'finance/q1/', { Principal: { AWS: arn(`iam::${PARTNER}:root`) } }));
  });

  test('to an organization: in the policy of the access point, for its principals only', () => {
    const stack = newStack();
    give(accessPointIn(stack), new iam.OrganizationPrincipal(ORGANIZATION));
    expect(allowedByAccessPoints(stack))
      .toEqual(statements(right, 'finance/', { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } }));
  });

  test('to a service: in the policy of the access point, on behalf of the account of the stack', () => {
    const stack = newStack();
    give(accessPointIn(stack, { encryption: Encryption.kms() }), new iam.ServicePrincipal('firehose.amazonaws.com'));
    const who = { Principal: { Service: 'firehose.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } };
    expect(allowedByAccessPoints(stack)).toEqual(statements(right, 'finance/', who));
    expect(allowedByKeys(stack)).toEqual(right.key === undefined ? [] : [{ Effect: 'Allow', ...who, Action: right.key, Resource: '*' }]);
  });

  test.each(['aws:SourceAccount', 'aws:sourcearn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'])('to a service that has a condition on %s: with that condition', key => {
    const stack = newStack();
    const conditions = { StringLike: { [key]: 'fixed' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } };
    give(accessPointIn(stack, { encryption: Encryption.kms() }), new iam.ServicePrincipal('firehose.amazonaws.com', { conditions }));
    const found = [...allowedByAccessPoints(stack), ...allowedByKeys(stack)];
    expect(found).toHaveLength((right.objects ? 1 : 0) + (right.list ? 1 : 0) + (right.key ? 1 : 0));
    found.forEach(({ Condition }) => expect({ ...Condition, StringLike: { ...Condition.StringLike, 's3:prefix': undefined } })
      .toEqual({ ...conditions, StringLike: { [key]: 'fixed', 's3:prefix': undefined } }));
  });

  test('to a service that has other conditions: on behalf of the account as well', () => {
    const stack = newStack();
    give(accessPointIn(stack), new iam.ServicePrincipal('firehose.amazonaws.com', { conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }));
    expect(allowedByAccessPoints(stack)[0].Condition).toMatchObject({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:SourceAccount': '111122223333' } });
  });

  test('to a service and an account at once: an error', () => {
    const both = new iam.CompositePrincipal(new iam.ServicePrincipal('firehose.amazonaws.com'), new iam.AccountPrincipal(PARTNER));
    expect(() => give(accessPointIn(newStack()), both)).toThrow('[Stack/Finance] a grant is to AWS services and to others at once');
  });

  test('with the whole bucket, no prefix is asked for', () => {
    const stack = newStack();
    give(accessPointIn(stack, { prefixes: null }), role(stack));
    const [first, second] = [
      ...right.objects === undefined ? [] : [{ Resource: objects('') }], ...right.list ? [{ Action: 's3:ListBucket', Resource: accessPointArn('finance') }] : [],
    ];
    const found = allowedByIdentities(stack);
    expect(found).toEqual([first, second].filter(each => each !== undefined).map(each => expect.objectContaining(each)));
    found.forEach(statement => expect(statement.Condition).toBeUndefined());
  });

  test('the key of the bucket, through S3 only: of a role of the account in its policy', () => {
    const stack = newStack();
    give(accessPointIn(stack, { encryption: Encryption.kms() }), role(stack));
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] };
    const found = allowedByIdentities(stack).filter(({ Action }) => /kms/.test(String(Action)));
    expect(found).toEqual(right.key === undefined ? [] : [{ Effect: 'Allow', Action: right.key, Resource: key, Condition: THROUGH_S3 }]);
    expect(allowedByKeys(stack)).toEqual([]);
  });

  test('the key of the bucket, through S3 only: of others in the policy of the key', () => {
    const stack = newStack();
    give(accessPointIn(stack, { encryption: Encryption.dualLayerKms({ key: new kms.Key(stack, 'Key') }) }), new iam.AccountPrincipal(PARTNER));
    expect(allowedByKeys(stack)).toEqual(right.key === undefined ? []
      : [{ Effect: 'Allow', Principal: { AWS: arn(`iam::${PARTNER}:root`) }, Action: right.key, Resource: '*', Condition: THROUGH_S3 }]);
    expect(allowedByIdentities(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('an imported key: a warning says what to add, if the right needs it', () => {
    const stack = newStack();
    give(accessPointIn(stack, { encryption: Encryption.kms({ key: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) }) }), new iam.AccountPrincipal(PARTNER));
    const told = warningsOf(stack);
    expect(told).toHaveLength(right.key === undefined ? 0 : 1);
    if (right.key !== undefined) {
      expect(told[0]).toContain(`[Stack/Finance] the policy of the imported key ${KEY_ARN} cannot be changed here`);
      expect(jsonIn(told, /imported key/))
        .toEqual({ Effect: 'Allow', Principal: { AWS: arn(`iam::${PARTNER}:root`) }, Action: right.key, Resource: '*', Condition: THROUGH_S3 });
    }
  });

  test('on an imported access point: the identity side works, for the other side a warning says what to add', () => {
    const stack = newStack();
    const imported = AccessPoint.fromAccessPointArn(stack, 'Imported', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/finance');
    give(imported, role(stack), 'finance/');
    expect(allowedByIdentities(stack).map(({ Action }) => Action)).toHaveLength((right.objects ? 1 : 0) + (right.list ? 1 : 0));
    expect(warningsOf(stack)).toEqual([]);

    give(imported, new iam.AccountPrincipal(PARTNER), 'finance/');
    const told = warningsOf(stack, '/Stack/Imported');
    const added = told.map(warning => jsonIn([warning], /the policy of an imported access point cannot be changed here/));
    expect(added).toHaveLength((right.objects ? 1 : 0) + (right.list ? 1 : 0));
    added.forEach(statement => expect(statement).toMatchObject({ Effect: 'Allow', Principal: { AWS: arn(`iam::${PARTNER}:root`) } }));
    expect(added.flatMap(({ Resource }) => Resource)).toEqual([
      ...right.objects ? ['arn:aws:s3:eu-west-1:111122223333:accesspoint/finance/object/finance/*'] : [],
      ...right.list ? ['arn:aws:s3:eu-west-1:111122223333:accesspoint/finance'] : [],
    ]);
    expect(added.filter(({ Action }) => Action === 's3:ListBucket').map(({ Condition }) => Condition))
      .toEqual(right.list ? [{ StringLike: { 's3:prefix': ['finance/*'] } }] : []);
  });

  test.each(['sales/', 'finance', 'finance2/', 'FINANCE/', ''])('below %j, which the boundary refuses: an error', prefix => {
    const stack = newStack();
    expect(() => give(accessPointIn(stack), role(stack), prefix))
      .toThrow(`[Stack/Finance] prefix is '${prefix}', which the access point refuses: grant below one of its prefixes: finance/`);
  });

  test.each(['finance/../sales/', 'finance/..', 'finance/%2e%2E/sales/', 'finance/..%2fsales/', 'finance/%2F../'])('below %j, which climbs: an error', prefix => {
    const stack = newStack();
    expect(() => give(accessPointIn(stack), role(stack), prefix)).toThrow(`[Stack/Finance] prefix is '${prefix}', which the access point refuses`);
  });

  test('below a key with two dots, where no boundary refuses it', () => {
    const stack = newStack();
    give(accessPointIn(stack, { prefixes: null }), role(stack), 'finance/../sales/');
    expect(allowedByIdentities(stack)).toEqual(statements(right, 'finance/../sales/', {}));
  });

  test.each(['finance/*', 'finance/${aws:username}/', 'finance/a?/', '/finance/'])('below %j, which is no prefix: an error', prefix => {
    const stack = newStack();
    expect(() => give(accessPointIn(stack), role(stack), prefix)).toThrow(`[Stack/Finance] prefix is '${prefix}'`);
  });

  test('to everyone: an error', () => {
    for (const everyone of [new iam.AnyPrincipal(), new iam.StarPrincipal(), new iam.ArnPrincipal('*')]) {
      expect(() => give(accessPointIn(newStack()), everyone)).toThrow('[Stack/Finance] a grant to everyone would make the policy of the access point public');
    }
  });

  test('to everyone under a condition is as the condition says', () => {
    const stack = newStack();
    give(accessPointIn(stack), new iam.AnyPrincipal().withConditions({ StringEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }));
    expect(allowedByAccessPoints(stack)[0]).toMatchObject({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } } });
  });
});

describe('to everyone under a condition', () => {
  const under = (operator: string, key: string, value: unknown) => new iam.AnyPrincipal().withConditions({ [operator]: { [key]: value } });
  const FOREIGN = 'arn:aws:s3:eu-west-1:444455556666:accesspoint/foreign';
  const given: [string, (stack: Stack, encryption?: Encryption) => IAccessPoint][] = [
    ['an access point', (stack, encryption) => accessPointIn(stack, { encryption })],
    ['a VPC access point', (stack, encryption) => new VpcAccessPoint(stack, 'Finance', {
      bucket: new SecureBucket(stack, 'Data', { encryption }), vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }), prefixes: ['finance/'],
    })],
    ['an imported access point', (stack, encryption) => AccessPoint.fromAccessPointAttributes(stack, 'Finance', {
      accessPointArn: FOREIGN, bucket: new SecureBucket(stack, 'Data', { encryption }),
    })],
  ];

  describe.each(given)('%s', (_what, make) => {
    test.each<[string, string, unknown]>([
      ['Bool', 'aws:SecureTransport', 'true'],
      ['StringNotEquals', 'aws:PrincipalOrgID', ORGANIZATION],
      ['StringEqualsIfExists', 'aws:PrincipalOrgID', ORGANIZATION],
      ['ForAllValues:StringEquals', 'aws:PrincipalOrgPaths', 'o-exampleorg1/r-ab12/ou-ab12-11111111/'],
      ['Null', 'aws:PrincipalAccount', 'false'],
      ['StringLike', 'aws:PrincipalAccount', '*'],
      ['StringEquals', 'aws:PrincipalAccount', [PARTNER, '${aws:PrincipalAccount}']],
      ['StringLike', 'aws:PrincipalAccount', '????????????'],
      ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/reader'],
      ['StringEquals', 'aws:PrincipalAccount', []],
      ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'],
    ])('%s %s %j: an error', (operator, key, value) => {
      RIGHTS.forEach(([, give]) => expect(() => give(make(newStack()), under(operator, key, value)))
        .toThrow('[Stack/Finance] a grant to everyone would make the policy of the access point public'));
    });

    test.each(['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceAccount', 'aws:SourceArn'])('%s bounds the access point, and not the key: an error where there is one', key => {
      const everyone = under('StringEquals', key, 'fixed');
      for (const [, give, right] of RIGHTS) {
        expect(() => give(make(newStack()), everyone)).not.toThrow();
        const attempt = expect(() => give(make(newStack(), Encryption.kms()), everyone));
        if (right.key === undefined) {
          attempt.not.toThrow();
        } else {
          attempt.toThrow('[Stack/Finance] a grant to everyone would open the key of [Stack/Data] to principals of every AWS account: grant to roles');
        }
      }
    });

    test.each<[string, string, unknown]>([
      ['StringEquals', 'aws:PrincipalOrgID', ORGANIZATION],
      ['StringLike', 'AWS:principalaccount', [PARTNER, '111122223333']],
      ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${PARTNER}:role/reader`],
      ['ForAnyValue:StringEquals', 'aws:PrincipalOrgPaths', 'o-exampleorg1/r-ab12/ou-ab12-11111111/'],
    ])('%s %s %j: taken, also for the key', (operator, key, value) => {
      const stack = newStack();
      make(stack, Encryption.kms()).grantReadWrite(under(operator, key, value));
      expect(allowedByKeys(stack).map(({ Condition }) => ({ ...Condition, StringEquals: { ...Condition.StringEquals, 'kms:ViaService': undefined } })))
        .toEqual([expect.objectContaining({ [operator]: expect.objectContaining({ [key]: value }) })]);
    });
  });

  test('a parameter is taken', () => {
    const stack = newStack();
    const organization = new CfnParameter(stack, 'Organization').valueAsString;
    accessPointIn(stack, { encryption: Encryption.kms() }).grantRead(new iam.OrganizationPrincipal(organization));
    expect(allowedByKeys(stack)[0].Condition).toEqual({ StringEquals: { 'aws:PrincipalOrgID': { Ref: 'Organization' }, ...THROUGH_S3.StringEquals } });
  });
});

test('no right undoes a guarantee', () => {
  const stack = newStack();
  const accessPoint = accessPointIn(stack, { encryption: Encryption.kms() });
  const grantees = [role(stack), new iam.AccountPrincipal(PARTNER), new iam.OrganizationPrincipal(ORGANIZATION), new iam.ServicePrincipal('firehose.amazonaws.com')];
  RIGHTS.forEach(([, give]) => grantees.forEach(grantee => give(accessPoint, grantee)));
  expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
});

test('several prefixes are granted together, and listing each of them', () => {
  const stack = newStack();
  accessPointIn(stack, { prefixes: ['finance/', 'shared/'] }).grantRead(role(stack));
  expect(allowedByIdentities(stack)).toEqual([
    expect.objectContaining({ Resource: [objects('finance/'), objects('shared/')] }),
    expect.objectContaining({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': ['finance/*', 'shared/*'] } } }),
  ]);
});

test('a prefix that is a parameter is left to the boundary', () => {
  const stack = newStack();
  accessPointIn(stack).grantRead(role(stack), `${new CfnParameter(stack, 'Prefix').valueAsString}/`);
  expect(allowedByIdentities(stack)[0].Resource).toEqual({ 'Fn::Join': ['', [expect.anything(), expect.anything(), expect.anything(), { Ref: 'Prefix' }, '/*']] });
});

test('the bucket is not granted: it delegates', () => {
  const stack = newStack();
  accessPointIn(stack);
  const before = statementsOf(templateOf(stack));
  const other = newStack();
  const granted = accessPointIn(other);
  RIGHTS.forEach(([name, give]) => [role(other, name), new iam.AccountPrincipal(PARTNER)].forEach(grantee => give(granted, grantee)));
  expect(statementsOf(templateOf(other))).toEqual(before);
});

test('grants can be repeated, without a second statement', () => {
  const stack = newStack();
  const accessPoint = accessPointIn(stack);
  const reader = role(stack);
  for (let times = 0; times < 3; times++) {
    accessPoint.grantRead(reader);
    accessPoint.grantRead(new iam.AccountPrincipal(PARTNER));
  }
  expect(allowedByIdentities(stack)).toHaveLength(2);
  expect(allowedByAccessPoints(stack)).toHaveLength(2);
});

test('a function is granted through its role', () => {
  const stack = newStack();
  const reader = new lambda.Function(stack, 'Reader', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
  accessPointIn(stack).grantRead(reader);
  expect(allowedByIdentities(stack)).toEqual(statements(RIGHTS[0][2], 'finance/', {}));
});

describe('to an imported role', () => {
  test('of the account: in a policy made for it', () => {
    const stack = newStack();
    accessPointIn(stack).grantRead(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/reader'));
    expect(allowedByIdentities(stack)).toEqual(statements(RIGHTS[0][2], 'finance/', {}));
    expect(allowedByAccessPoints(stack)).toEqual([]);
  });

  test('of another account: in the policies of the access point and the key; its own is changed there', () => {
    const stack = newStack();
    const arnOfRole = `arn:aws:iam::${PARTNER}:role/reader`;
    accessPointIn(stack, { encryption: Encryption.kms() }).grantRead(iam.Role.fromRoleArn(stack, 'Role', arnOfRole));
    expect(allowedByIdentities(stack)).toEqual([]);
    expect(allowedByAccessPoints(stack)).toEqual(statements(RIGHTS[0][2], 'finance/', { Principal: { AWS: arnOfRole } }));
    expect(allowedByKeys(stack)).toEqual([{ Effect: 'Allow', Principal: { AWS: arnOfRole }, Action: 'kms:Decrypt', Resource: '*', Condition: THROUGH_S3 }]);
  });
});

describe('to a role of another account in the same app', () => {
  const NAMED = { ArnEquals: { 'aws:PrincipalArn': arn(`iam::${PARTNER}:role/reader`) } };
  const PRINCIPAL = { AWS: arn(`iam::${PARTNER}:root`) };

  function granted(accessPointIs: 'with the bucket' | 'with the role') {
    const app = newApp();
    const owner = new Stack(app, 'Owner', { env: ENV });
    const team = new Stack(app, 'Team', { env: PARTNER_ENV });
    const bucket = new SecureBucket(owner, 'Data', { bucketName: 'example-data', encryption: Encryption.kms() });
    const accessPoint = new AccessPoint(accessPointIs === 'with the role' ? team : owner, 'Finance', { bucket, name: 'finance', prefixes: ['finance/'] });
    accessPoint.grantRead(role(team, 'Role', 'reader'));
    return { app, owner, team };
  }

  test('both sides: its policy, and that of the access point for its account under the condition that it is the role, which may come later', () => {
    const { owner, team } = granted('with the bucket');
    expect(allowedByAccessPoints(owner)).toEqual([
      { Effect: 'Allow', Principal: PRINCIPAL, Action: OBJECTS_READ, Resource: objects('finance/'), Condition: NAMED },
      {
        Effect: 'Allow',
        Principal: PRINCIPAL,
        Action: 's3:ListBucket',
        Resource: accessPointArn('finance'),
        Condition: { ...NAMED, StringLike: { 's3:prefix': ['finance/*'] } },
      },
    ]);
    expect(allowedByIdentities(team).filter(({ Action }) => !/kms/.test(Action))).toEqual(statements(RIGHTS[0][2], 'finance/', {}));
  });

  test.each(['with the bucket', 'with the role'] as const)('the key on both sides, with the access point %s', where => {
    const { app, owner, team } = granted(where);
    expect(allowedByKeys(owner)).toEqual([{ Effect: 'Allow', Principal: PRINCIPAL, Action: 'kms:Decrypt', Resource: '*', Condition: { ...NAMED, ...THROUGH_S3 } }]);
    const ofKey = allowedByIdentities(team).filter(({ Action }) => /kms/.test(Action));
    expect(ofKey).toEqual([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: expect.anything(), Condition: THROUGH_S3 }]);
    expect(ofKey[0].Resource).not.toBe('*');
    expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });
    expect(owner.dependencies).toEqual([]);
  });

  test.each<[string, (scope: Stack) => iam.IGrantable, string]>([
    ['role', scope => role(scope, 'Reader'), 'roleName'],
    ['user', scope => new iam.User(scope, 'Reader'), 'userName'],
  ])('a %s without a name: an error', (what, grantee, name) => {
    for (const where of ['with the bucket', 'with the grantee']) {
      const app = newApp();
      const owner = new Stack(app, 'Owner', { env: ENV });
      const team = new Stack(app, 'Team', { env: PARTNER_ENV });
      const bucket = new SecureBucket(owner, 'Data', { bucketName: 'example-data', encryption: Encryption.kms() });
      const accessPoint = new AccessPoint(where === 'with the bucket' ? owner : team, 'Finance', { bucket });
      expect(() => accessPoint.grantRead(grantee(team))).toThrow(
        `[Team/Reader] the policy of [${where === 'with the bucket' ? 'Owner/Finance' : 'Owner/Data/Key'}] in account 111122223333 has to name the ${what}, `
        + `which has no name of its own: give the ${what} a ${name}`);
    }
  });

  test('a user, too', () => {
    const app = newApp();
    const owner = new Stack(app, 'Owner', { env: ENV });
    const user = new iam.User(new Stack(app, 'Team', { env: PARTNER_ENV }), 'User', { userName: 'reader' });
    accessPointIn(owner).grantDelete(user);
    expect(allowedByAccessPoints(owner)).toEqual([{
      Effect: 'Allow',
      Principal: PRINCIPAL,
      Action: 's3:DeleteObject',
      Resource: objects('finance/'),
      Condition: { ArnEquals: { 'aws:PrincipalArn': arn(`iam::${PARTNER}:user/reader`) } },
    }]);
  });
});

test('a role of the account of the bucket is granted an access point of another account on both sides', () => {
  const app = newApp();
  const owner = new Stack(app, 'Owner', { env: ENV });
  const team = new Stack(app, 'Team', { env: PARTNER_ENV });
  const accessPoint = new AccessPoint(team, 'Finance', { bucket: new SecureBucket(owner, 'Data', { bucketName: 'example-data' }), name: 'finance' });
  accessPoint.grantDelete(role(owner, 'Role', 'cleaner'));
  const ofAccessPoint = arn(`s3:eu-west-1:${PARTNER}:accesspoint/finance/object/*`);
  expect(allowedByIdentities(owner)).toEqual([{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: ofAccessPoint }]);
  expect(allowedByAccessPoints(team)).toEqual([{
    Effect: 'Allow',
    Principal: { AWS: arn('iam::111122223333:root') },
    Action: 's3:DeleteObject',
    Resource: ofAccessPoint,
    Condition: { ArnEquals: { 'aws:PrincipalArn': arn('iam::111122223333:role/cleaner') } },
  }]);
  expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });
});

test('the grant can be waited for', () => {
  const stack = newStack();
  const job = new iam.ManagedPolicy(stack, 'Job', { statements: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })] });
  accessPointIn(stack).grantRead(new iam.AccountPrincipal(PARTNER)).applyBefore(job);
  templateOf(stack).hasResource('AWS::IAM::ManagedPolicy', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^Finance')]) });
});
