import { App, CfnParameter, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { accessPointArn, arn, jsonIn, PARTNER, PARTNER_ENV, propertiesOf, resourcesOf, sidsOf, warningsOf } from './templates';
import { AccessPoint } from '../../src/access-point/access-point';
import { AccessPointProps } from '../../src/access-point/access-point-props';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { AccessLogBucket } from '../../src/logging/access-log-bucket';
import { LoggingBucketPair } from '../../src/logging/logging-bucket-pair';
import { ENV, newApp, newStack, statement, statementsOf, synth, synthOf, templateOf } from '../checks/synth';

function accessPoint(props: Partial<AccessPointProps> = {}, stack = newStack()): AccessPoint {
  return new AccessPoint(stack, 'Finance', { bucket: new SecureBucket(stack, 'Data'), name: 'finance', ...props });
}

function policyOf(made: AccessPoint): any {
  return propertiesOf(made.stack, 'AWS::S3::AccessPoint').Policy;
}

describe('by default', () => {
  test('the template has the access point with exactly these properties', () => {
    const made = accessPoint();
    expect(propertiesOf(made.stack, 'AWS::S3::AccessPoint')).toEqual({
      Bucket: { Ref: expect.stringMatching(/^Data/) },
      Name: 'finance',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      Policy: {
        Version: '2012-10-17',
        Statement: [{
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:*',
          Resource: [accessPointArn('finance'), accessPointArn('finance', '/object/*')],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }],
      },
    });
  });

  test('nothing else is made', () => {
    const types = Object.values(templateOf(accessPoint().stack).toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    expect(types.sort()).toEqual(['AWS::S3::AccessPoint', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
  });

  test('there is neither a warning nor a finding', () => {
    const made = accessPoint();
    expect(warningsOf(made.stack)).toEqual([]);
    expect(synthOf(made.stack)).toMatchObject({ violations: [], exitCode: undefined });
  });
});

describe('how clients reach it', () => {
  const resolved = (made: AccessPoint, value: string) => made.stack.resolve(value);

  test('ARN, name and bucket', () => {
    const made = accessPoint();
    expect(resolved(made, made.accessPointArn)).toEqual(accessPointArn('finance'));
    expect(made.accessPointName).toBe('finance');
    expect(made.bucket.node.path).toBe('Stack/Data');
  });

  test('the domain name', () => {
    const made = accessPoint();
    expect(resolved(made, made.domainName)).toEqual({ 'Fn::Join': ['', ['finance-111122223333.s3-accesspoint.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] });
  });

  test('the domain name and ARN in a stack for any account and Region', () => {
    const made = accessPoint({}, newStack({}));
    const [account, region, partition] = ['AccountId', 'Region', 'Partition'].map(name => ({ Ref: `AWS::${name}` }));
    expect(resolved(made, made.domainName))
      .toEqual({ 'Fn::Join': ['', ['finance-', account, '.s3-accesspoint.', region, '.', { Ref: 'AWS::URLSuffix' }]] });
    expect(resolved(made, made.accessPointArn)).toEqual({ 'Fn::Join': ['', ['arn:', partition, ':s3:', region, ':', account, ':accesspoint/finance']] });
  });

  test('the alias and the s3:// form', () => {
    const made = accessPoint();
    const alias = { 'Fn::GetAtt': [expect.stringMatching(/^Finance/), 'Alias'] };
    expect(resolved(made, made.accessPointAlias)).toEqual(alias);
    expect(resolved(made, made.s3UrlForObject())).toEqual({ 'Fn::Join': ['', ['s3://', alias, '/']] });
    expect(resolved(made, made.s3UrlForObject('finance/2026/a b.csv'))).toEqual({ 'Fn::Join': ['', ['s3://', alias, '/finance/2026/a b.csv']] });
  });

  test.each([[undefined, '/object/*'], ['', '/object/*'], ['finance/', '/object/finance/*'], ['finance', '/object/finance*']])('the objects below %j', (prefix, objects) => {
    const made = accessPoint();
    expect(resolved(made, made.arnForObjects(prefix))).toEqual(accessPointArn('finance', objects));
  });

  test.each(['*', 'a?', '${aws:username}/', '/finance/'])('there is no ARN for objects below %j', prefix => {
    expect(() => accessPoint().arnForObjects(prefix)).toThrow(`[Stack/Finance] prefix is '${prefix}'`);
  });
});

describe('prefixes', () => {
  const boundary = (prefixes: string[]) => policyOf(accessPoint({ prefixes })).Statement.find(({ Sid }: any) => Sid === 'PrefixBoundary');

  test('are a boundary for objects and listings', () => {
    expect(sidsOf(policyOf(accessPoint({ prefixes: ['finance/'] })))).toEqual(['TlsOnly', 'PrefixBoundary', 'PrefixEscape', 'ListBoundary', 'UploadsBoundary', 'ListEscape']);
    expect(boundary(['finance/', 'shared/'])).toEqual({
      Sid: 'PrefixBoundary',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      NotResource: [accessPointArn('finance'), accessPointArn('finance', '/object/finance/*'), accessPointArn('finance', '/object/shared/*')],
    });
  });

  test('are copied, so that a list changed later changes nothing', () => {
    const prefixes = ['finance/'];
    const made = accessPoint({ prefixes });
    prefixes.push('sales/');
    expect(JSON.stringify(policyOf(made))).not.toContain('sales');
    expect(synthOf(made.stack).violations).toEqual([]);
  });

  test.each<[string, string[], string]>([
    ['none', [], 'prefixes is empty, so that nothing could be reached'],
    ['an empty one', [''], "prefixes holds ''"],
    ['an empty one among others', ['finance/', ''], "prefixes holds ''"],
    ['a slash at the start', ['/finance/'], "a prefix is '/finance/', and keys do not start with a slash: write 'finance/'"],
    ['a slash alone', ['/'], "a prefix is '/'"],
    ['a star', ['finance/*'], 'holds a wildcard or a policy variable'],
    ['a question mark', ['team-?/'], 'holds a wildcard or a policy variable'],
    ['a policy variable', ['${aws:username}/'], 'holds a wildcard or a policy variable'],
    ['two dots', ['finance/../sales/'], 'which clients take for another folder'],
    ['two dots at the start', ['../finance/'], 'which clients take for another folder'],
    ['two dots at the end', ['finance/..'], 'which clients take for another folder'],
    ['encoded dots', ['finance/%2e%2E/'], 'which clients take for another folder'],
    ['two dots behind an encoded slash', ['finance%2F../'], 'which clients take for another folder'],
    ['two dots before an encoded slash', ['finance/..%2fsales/'], 'which clients take for another folder'],
  ])('%s: refused', (_what, prefixes, told) => {
    expect(() => accessPoint({ prefixes })).toThrow('[Stack/Finance] ');
    expect(() => accessPoint({ prefixes })).toThrow(told);
  });

  test('a list that only CloudFormation knows is refused', () => {
    const stack = newStack();
    const { valueAsList } = new CfnParameter(stack, 'Prefixes', { type: 'CommaDelimitedList' });
    expect(() => accessPoint({ prefixes: valueAsList }, stack)).toThrow('[Stack/Finance] prefixes is a list that only CloudFormation knows');
  });

  test.each<[string, (parameter: string) => string]>([
    ['a parameter', parameter => parameter], ['the start of one', parameter => `${parameter}/`], ['a part of one', parameter => `finance/${parameter}/`],
  ])('%s is refused: its value could be a wildcard', (_what, written) => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'Team', { default: '*' }).valueAsString;
    expect(() => accessPoint({ prefixes: ['sales/', written(parameter)] }, stack)).toThrow('[Stack/Finance] prefixes holds a value that only CloudFormation knows');
  });

  test.each(['a..b/', 'finance..', 'umsätze/', 'a b/', 'a+b=c&d/', '100%/', '$x/', 'finance%2Fq1/', 'a%2f.b/'])('%j is taken', prefix => {
    expect(() => accessPoint({ prefixes: [prefix] })).not.toThrow();
  });

  test('without a slash at its end, one covers more than a folder: a warning', () => {
    const { stack } = accessPoint({ prefixes: ['finance', 'sales/'] });
    const told = warningsOf(stack, '/Stack/Finance');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^\[Stack\/Finance\] the prefix 'finance' also covers keys such as 'finance2\/...': end it with a slash/);
    expect(told[0]).toMatch(/annotation::open-prefix/i);
  });

  test('the warning can be acknowledged', () => {
    const made = accessPoint({ prefixes: ['finance'] });
    Validations.of(made).acknowledge({ id: 'open-prefix', reason: 'names are finance-YYYY' });
    expect(warningsOf(made.stack)).toEqual([]);
  });
});

describe('the bucket', () => {
  test('delegates to the account', () => {
    const { stack } = accessPoint();
    const { Condition, Effect, Principal } = statement(templateOf(stack), 'AccessPointDelegation');
    expect({ Condition, Effect, Principal })
      .toEqual({ Effect: 'Allow', Principal: { AWS: '*' }, Condition: { StringEquals: { 's3:DataAccessPointAccount': ['111122223333'] } } });
  });

  test('delegates once, however many access points there are', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    ['a', 'b', 'c'].forEach(id => new AccessPoint(stack, id, { bucket }));
    expect(statementsOf(templateOf(stack)).filter(({ Effect }) => Effect === 'Allow')).toHaveLength(1);
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('a plain bucket is given the statement, once', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Data');
    ['a', 'b'].forEach(id => new AccessPoint(stack, id, { bucket }));
    const data = { 'Fn::GetAtt': [expect.stringMatching(/^Data/), 'Arn'] };
    expect(statementsOf(templateOf(stack))).toEqual([{
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: expect.arrayContaining(['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*', 's3:ListBucket']),
      Resource: [data, { 'Fn::Join': ['', [data, '/*']] }],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
    }]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('each plain bucket is given one', () => {
    const stack = newStack();
    ['A', 'B'].forEach(id => new AccessPoint(stack, `Of${id}`, { bucket: new s3.Bucket(stack, id) }));
    templateOf(stack).resourceCountIs('AWS::S3::BucketPolicy', 2);
  });

  test.each<[string, (stack: Stack) => s3.IBucket]>([
    ['s3.Bucket', stack => s3.Bucket.fromBucketName(stack, 'Data', 'example-data')],
    ['SecureBucket', stack => SecureBucket.fromBucketName(stack, 'Data', 'example-data')],
  ])('of an imported %s, a warning says what to add', (_class, importIn) => {
    const stack = newStack();
    const bucket = importIn(stack);
    ['Finance', 'Sales'].forEach(id => new AccessPoint(stack, id, { bucket }));
    const told = warningsOf(stack).filter(warning => /leads to the imported bucket/.test(warning));
    expect(told.join()).toMatch(/^\[Stack\/Finance\] leads to the imported bucket example-data.*refused until you add: .*annotation::imported-bucket/is);
    expect(jsonIn(told, /leads/)).toEqual({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: expect.arrayContaining(['s3:GetObject*', 's3:ListBucket']),
      Resource: [arn('s3:::example-data'), arn('s3:::example-data/*')],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
    });
    expect(resourcesOf(stack, 'AWS::S3::AccessPoint').map(({ Properties }) => Properties.Bucket)).toEqual(['example-data', 'example-data']);
  });

  test('the warning of an imported bucket can be acknowledged', () => {
    const stack = newStack();
    const made = new AccessPoint(stack, 'Finance', { bucket: s3.Bucket.fromBucketName(stack, 'Data', 'example-data') });
    Validations.of(made).acknowledge({ id: 'imported-bucket', reason: 'added by its owner' });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of a LoggingBucketPair', () => {
    const stack = newStack();
    const pair = new LoggingBucketPair(stack, 'Pair');
    new AccessPoint(stack, 'Finance', { bucket: pair.bucket, prefixes: ['finance/'] });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('a bucket for access logs takes the statement, too', () => {
    const stack = newStack();
    new AccessPoint(stack, 'Finance', { bucket: new AccessLogBucket(stack, 'Logs') });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
    expect(statementsOf(templateOf(stack)).filter(({ Effect, Condition }) => Effect === 'Allow' && Condition.StringEquals['s3:DataAccessPointAccount'])).toHaveLength(1);
  });
});

describe('the account of the bucket', () => {
  const ownerOf = (made: AccessPoint) => propertiesOf(made.stack, 'AWS::S3::AccessPoint').BucketAccountId;

  test('is left to S3 if it is that of the stack', () => {
    expect(ownerOf(accessPoint())).toBeUndefined();
    expect(ownerOf(accessPoint({}, newStack({})))).toBeUndefined();
  });

  test('is known from an imported bucket', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Import', { bucketName: 'example-data', account: PARTNER });
    expect(ownerOf(accessPoint({ bucket }, stack))).toBe(PARTNER);
  });

  test('can be said', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Import', 'example-data');
    expect(ownerOf(accessPoint({ bucket, bucketAccountId: PARTNER }, stack))).toBe(PARTNER);
  });

  test('can be a parameter', () => {
    const stack = newStack();
    expect(ownerOf(accessPoint({ bucketAccountId: new CfnParameter(stack, 'Owner').valueAsString }, stack))).toEqual({ Ref: 'Owner' });
  });

  test.each(['', '1111', '1111-2222-3333', 'o-exampleorg1', '1111222233334'])('%j is refused', bucketAccountId => {
    expect(() => accessPoint({ bucketAccountId })).toThrow(`[Stack/Finance] bucketAccountId is '${bucketAccountId}': give the 12 digits`);
  });

  test('another one: the bucket delegates to the account of the access point, which comes after the bucket', () => {
    const app = newApp();
    const owner = new Stack(app, 'Owner', { env: ENV });
    const team = new Stack(app, 'Team', { env: PARTNER_ENV });
    const made = new AccessPoint(team, 'Finance', { bucket: new SecureBucket(owner, 'Data', { bucketName: 'example-data' }), name: 'finance' });

    const { templates, violations } = synth(app);

    expect(violations).toEqual([]);
    const [properties] = Object.values<any>(templates.Team.Resources).map(({ Properties }) => Properties);
    expect(properties).toMatchObject({ Bucket: 'example-data', BucketAccountId: '111122223333' });
    expect(made.stack.resolve(made.accessPointArn)).toEqual(arn('s3:eu-west-1:444455556666:accesspoint/finance'));
    const policy = Object.values<any>(templates.Owner.Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy').Properties.PolicyDocument;
    expect(policy.Statement.find(({ Sid }: any) => Sid === 'AccessPointDelegation').Condition)
      .toEqual({ StringEquals: { 's3:DataAccessPointAccount': [PARTNER] } });
    expect(team.dependencies).toEqual([owner]);
  });

  test('another one: a plain bucket delegates to each account once', () => {
    const app = newApp();
    const owner = new Stack(app, 'Owner', { env: ENV });
    const bucket = new s3.Bucket(owner, 'Data', { bucketName: 'example-data' });
    const team = new Stack(app, 'Team', { env: PARTNER_ENV });
    [[owner, 'A'], [team, 'B'], [team, 'C'], [owner, 'D']].forEach(([stack, id]) => new AccessPoint(stack as Stack, id as string, { bucket }));
    expect(statementsOf(templateOf(owner)).map(({ Condition }) => Condition.StringEquals['s3:DataAccessPointAccount'])).toEqual(['111122223333', PARTNER]);
  });
});

describe('where the bucket is', () => {
  test('another Region is refused', () => {
    const app = newApp();
    const bucket = new SecureBucket(new Stack(app, 'Us', { env: { ...ENV, region: 'us-east-1' } }), 'Data', { bucketName: 'example-data' });
    const stack = new Stack(app, 'Stack', { env: ENV });
    expect(() => new AccessPoint(stack, 'Finance', { bucket }))
      .toThrow('[Stack/Finance] the bucket [Us/Data] is in us-east-1 and the access point in eu-west-1: create the access point in a stack of the Region of its bucket');
  });

  test('another Region of an imported bucket is refused', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Data', { bucketName: 'example-data', region: 'us-east-1' });
    expect(() => new AccessPoint(stack, 'Finance', { bucket })).toThrow('is in us-east-1');
  });

  test('another Stage is refused', () => {
    const app = newApp();
    const [beta, prod] = ['Beta', 'Prod'].map(id => new Stack(new Stage(app, id, { env: ENV }), 'Stack'));
    const bucket = new SecureBucket(beta, 'Data', { bucketName: 'example-data' });
    expect(() => new AccessPoint(prod, 'Finance', { bucket })).toThrow('[Prod/Stack/Finance] the bucket [Beta/Stack/Data] is in another Stage');
  });

  test('another Stage in another account is fine', () => {
    const app = newApp();
    const owner = new Stack(new Stage(app, 'Owner', { env: ENV }), 'Stack');
    const team = new Stack(new Stage(app, 'Team', { env: PARTNER_ENV }), 'Stack');
    new AccessPoint(team, 'Finance', { bucket: new SecureBucket(owner, 'Data', { bucketName: 'example-data' }) });
    expect(propertiesOf(team, 'AWS::S3::AccessPoint')).toMatchObject({ Bucket: 'example-data', BucketAccountId: '111122223333' });
    expect(synth(app).violations).toEqual([]);
  });

  test.each<[string, (app: App) => [Stack, Stack]]>([
    ['another stack', app => [new Stack(app, 'A', { env: ENV }), new Stack(app, 'B', { env: ENV })]],
    ['another stack for any account and Region', app => [new Stack(app, 'A'), new Stack(app, 'B')]],
    ['a stack nested in that of the access point', app => {
      const stack = new Stack(app, 'A', { env: ENV });
      return [new NestedStack(stack, 'N'), stack];
    }],
    ['the stack that holds that of the access point', app => {
      const stack = new Stack(app, 'A', { env: ENV });
      return [stack, new NestedStack(stack, 'N')];
    }],
    ['another stack of a Stage', app => {
      const stage = new Stage(app, 'Stage', { env: ENV });
      return [new Stack(stage, 'A'), new Stack(stage, 'B')];
    }],
  ])('%s is fine', (_where, stacksIn) => {
    const app = newApp();
    const [of, at] = stacksIn(app);
    const made = new AccessPoint(at, 'Finance', { bucket: new SecureBucket(of, 'Data'), prefixes: ['finance/'] });
    made.grantRead(new iam.Role(of, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });
  });
});

describe('addToResourcePolicy', () => {
  test('adds the statement behind those of the guarantees', () => {
    const made = accessPoint();
    const added = made.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Partner', principals: [new iam.AccountPrincipal(PARTNER)], actions: ['s3:GetObject'], resources: [made.arnForObjects('finance/')],
    }));
    expect(added).toEqual({ statementAdded: true, policyDependable: made });
    expect(policyOf(made).Statement[1]).toEqual({
      Sid: 'Partner', Effect: 'Allow', Principal: { AWS: arn(`iam::${PARTNER}:root`) }, Action: 's3:GetObject', Resource: accessPointArn('finance', '/object/finance/*'),
    });
    expect(synthOf(made.stack).violations).toEqual([]);
  });

  test('a policy that is too large fails synthesis, with the sizes and what to split', () => {
    const made = accessPoint();
    for (let index = 0; index < 200; index++) {
      made.addToResourcePolicy(new iam.PolicyStatement({
        sid: `Team${index}`, principals: [new iam.AccountPrincipal(PARTNER)], actions: ['s3:GetObject'], resources: [made.arnForObjects(`team-${index}/`)],
      }));
    }
    const { rules, violations } = synthOf(made.stack);
    expect(rules).toEqual(['access-point-policy-in-force']);
    expect(violations[0].description).toMatch(/^\[Stack\/Finance\].*the access point policy has about \d{5} bytes, and S3 takes at most 20480; the largest statements are .*Team\d+ \(\d+ bytes\)/);
    expect(violations[0].fix).toContain('split the prefixes or the grantees over several access points');
  });
});

test.each<[string, (stack: Stack) => s3.IBucket]>([
  ['made in the account', stack => new SecureBucket(stack, 'Mine')],
  ['that is known to be in another account', stack => s3.Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'example-theirs', account: PARTNER })],
])('an owner that is not that of a bucket %s: an error', (_what, bucketIn) => {
  const stack = newStack();
  const bucket = bucketIn(stack);
  const owned = (bucketAccountId: string) => () => new AccessPoint(stack, 'Finance', { bucket, bucketAccountId });
  expect(owned('777788889999')).toThrow(
    `[Stack/Finance] bucketAccountId is '777788889999', and the bucket [${bucket.node.path}] belongs to ${bucket.env.account}: leave bucketAccountId out`);
  expect(owned(bucket.env.account)).not.toThrow();
});
