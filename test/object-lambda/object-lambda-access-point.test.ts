import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatchActions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AccessPoint } from '../../src/access-point/access-point';
import { AccessPointDelegation, BucketAccess } from '../../src/bucket/bucket-access';
import { Encryption } from '../../src/bucket/encryption';
import { NetworkPerimeter } from '../../src/bucket/network-perimeter';
import { PresignedUrls } from '../../src/bucket/presigned-urls';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ObjectLambdaAccessPoint } from '../../src/object-lambda/object-lambda-access-point';
import { ObjectLambdaAccessPointProps } from '../../src/object-lambda/object-lambda-access-point-props';
import { ObjectLambdaAction } from '../../src/object-lambda/object-lambda-action';
import { arn, propertiesOf, resourcesOf, warningsOf } from '../access-point/templates';
import { ENV, newStack, synthOf, templateOf } from '../checks/synth';

const { GET_OBJECT, HEAD_OBJECT, LIST_OBJECTS } = ObjectLambdaAction;

function handlerIn(stack: Stack, id = 'Own'): lambda.Function {
  return new lambda.Function(stack, id, { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = 1') });
}

function pointIn(stack: Stack, props: Partial<ObjectLambdaAccessPointProps> = {}, bucketProps?: SecureBucketProps): ObjectLambdaAccessPoint {
  return new ObjectLambdaAccessPoint(stack, 'View', {
    bucket: props.bucket ?? new SecureBucket(stack, 'Bucket', bucketProps), handler: props.handler ?? handlerIn(stack), name: 'view', dashboard: false, ...props,
  });
}

function role(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
}

describe('what is made', () => {
  test('an access point behind it, all operations through the function, metrics, and names to reach it by', () => {
    const stack = newStack();
    const point = pointIn(stack, { supportsRange: true, payload: '{"width":100}' });
    expect(propertiesOf(stack, 'AWS::S3ObjectLambda::AccessPoint')).toEqual({
      Name: 'view',
      ObjectLambdaConfiguration: {
        SupportingAccessPoint: arn('s3:eu-west-1:111122223333:accesspoint/view-data'),
        CloudWatchMetricsEnabled: true,
        AllowedFeatures: ['GetObject-Range', 'HeadObject-Range'],
        TransformationConfigurations: [{
          Actions: ['GetObject', 'HeadObject', 'ListObjects', 'ListObjectsV2'],
          ContentTransformation: { AwsLambda: { FunctionArn: { 'Fn::GetAtt': ['Own30425842', 'Arn'] }, FunctionPayload: '{"width":100}' } },
        }],
      },
    });
    expect(stack.resolve(point.objectLambdaAccessPointArn)).toEqual(arn('s3-object-lambda:eu-west-1:111122223333:accesspoint/view'));
    expect(stack.resolve(point.s3UrlForObject('a'))).toEqual({ 'Fn::Join': ['', ['s3://', { 'Fn::GetAtt': ['ViewD5B2B3F3', 'Alias.Value'] }, '/a']] });
    expect(stack.resolve(point.domainName)).toEqual({ 'Fn::Join': ['', ['view-111122223333.s3-object-lambda.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] });
  });

  test('the function may answer, and nothing more', () => {
    const stack = newStack();
    pointIn(stack);
    expect(resourcesOf(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      { Effect: 'Allow', Action: 's3-object-lambda:WriteGetObjectResponse', Resource: arn('s3-object-lambda:eu-west-1:111122223333:accesspoint/view') },
    ]);
    templateOf(stack).resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('only what is asked for is transformed', () => {
    const stack = newStack();
    pointIn(stack, { actions: [LIST_OBJECTS], supportsRange: true, supportsPartNumber: true });
    const { ObjectLambdaConfiguration } = propertiesOf(stack, 'AWS::S3ObjectLambda::AccessPoint');
    expect(ObjectLambdaConfiguration.TransformationConfigurations[0].Actions).toEqual(['ListObjects', 'ListObjectsV2']);
    expect(ObjectLambdaConfiguration.AllowedFeatures).toBeUndefined();
  });

  test('alarms that notify whom they are told, and a dashboard', () => {
    const stack = newStack();
    const point = pointIn(stack, { dashboard: true });
    point.addAlarmAction(new cloudwatchActions.SnsAction(new sns.Topic(stack, 'Topic')));
    const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm');
    expect(alarms.map(({ Properties: { Namespace, MetricName, AlarmActions } }) => [Namespace, MetricName, AlarmActions.length])).toEqual([
      ['AWS/Lambda', 'Errors', 1], ['AWS/Lambda', 'Throttles', 1], ['AWS/Lambda', 'Duration', 1],
      ['AWS/S3ObjectLambda', '4xxErrors', 1], ['AWS/S3ObjectLambda', '5xxErrors', 1],
    ]);
    expect(alarms[2].Properties).toMatchObject({ Statistic: 'Maximum', Threshold: 50_000, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    expect(alarms[4].Properties).toMatchObject({ Statistic: 'Average', Threshold: 0.05, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' });
    templateOf(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });

  test('several for one bucket, with one function and without dashboards', () => {
    const stack = newStack();
    const [bucket, handler] = [new SecureBucket(stack, 'Bucket'), handlerIn(stack)];
    for (const id of ['Small', 'Large']) {
      new ObjectLambdaAccessPoint(stack, id, { bucket, handler, payload: id, dashboard: false });
    }
    expect(synthOf(stack).rules).toEqual([]);
    expect(resourcesOf(stack, 'AWS::S3ObjectLambda::AccessPoint').map(({ Properties }) => Properties.Name)).toEqual([
      expect.stringMatching(/^stack-small-[0-9a-f]{8}$/), expect.stringMatching(/^stack-large-[0-9a-f]{8}$/),
    ]);
    templateOf(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  test.each<[string, SecureBucketProps]>([
    ['SSE-KMS', { encryption: Encryption.kms() }],
    ['presigned URLs of at least 61 seconds', { presignedUrls: PresignedUrls.maxAge(Duration.seconds(61)) }],
    ['a network perimeter', { network: NetworkPerimeter.of({ vpcIds: ['vpc-0123456789abcdef0'] }) }],
    ['an organization', { organizationId: 'o-exampleorg1' }],
    ['no way but access points', { bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY }],
    ['access points by their ARNs', { accessPointDelegation: AccessPointDelegation.BY_ARN }],
    ['client-side encryption, for a function that decrypts', { encryption: Encryption.clientSide() }],
  ])('for a bucket with %s', (_what, bucketProps) => {
    const stack = newStack();
    pointIn(stack, {}, bucketProps).grantRead(role(stack), 'orders/');
    expect(synthOf(stack)).toMatchObject({ rules: [], exitCode: undefined });
  });
});

describe('refused', () => {
  test.each<[string, (stack: Stack) => unknown, RegExp]>([
    ['SSE-C', stack => pointIn(stack, {}, { encryption: Encryption.customerProvided() }), /\[Stack\/View\] the bucket \[Stack\/Bucket\] is encrypted with keys of its clients \(SSE-C\)/],
    ['presigned URLs denied', stack => pointIn(stack, {}, { presignedUrls: PresignedUrls.denied() }), /refuses presigned URLs, and S3 Object Lambda reads by one: set presignedUrls/],
    ['presigned URLs of a minute', stack => pointIn(stack, {}, { presignedUrls: PresignedUrls.maxAge(Duration.seconds(60)) }), /older than 60 seconds, and S3 Object Lambda signs for 61/],
    ['a name of 46 characters', stack => pointIn(stack, { name: 'a'.repeat(46) }), /\(46 characters\): give 3 to 45 lower case letters/],
    ['a name that S3 keeps', stack => pointIn(stack, { name: 'view--ol-s3' }), /ends with '--ol-s3'/],
    ['no actions', stack => pointIn(stack, { actions: [] }), /actions is empty/],
    ['HEAD without GET', stack => pointIn(stack, { actions: [HEAD_OBJECT, LIST_OBJECTS] }), /HEAD_OBJECT without GET_OBJECT, and both are one right/],
    ['an action as S3 calls it', stack => pointIn(stack, { actions: ['GetObject' as ObjectLambdaAction] }), /actions is \["GetObject"\]: give a list of ObjectLambdaAction/],
    ['a text for ranges', stack => pointIn(stack, { supportsRange: 'no' as unknown as boolean }), /supportsRange is "no": give true or false/],
    ['no function', stack => new ObjectLambdaAccessPoint(stack, 'View', { bucket: new SecureBucket(stack, 'Bucket') } as never), /\[Stack\/View\] handler is missing: give a function/],
    ['no bucket', stack => new ObjectLambdaAccessPoint(stack, 'View', { handler: handlerIn(stack) } as never), /\[Stack\/View\] bucket is missing/],
    ['a function of another account', stack => pointIn(stack, {
      handler: lambda.Function.fromFunctionArn(stack, 'Other', 'arn:aws:lambda:eu-west-1:444455556666:function:own'),
    }), /is of account 444455556666 in eu-west-1: give one of the account and Region/],
    ['a function of another Region', stack => pointIn(stack, {
      handler: lambda.Function.fromFunctionArn(stack, 'Other', 'arn:aws:lambda:us-east-1:111122223333:function:own'),
    }), /in us-east-1: give one/],
    ['a prefix outside the prefixes', stack => pointIn(stack, { prefixes: ['orders/'] }).grantRead(role(stack), 'payroll/'), /prefix is 'payroll\/', which the access point refuses/],
  ])('%s', (_what, make, error) => {
    expect(() => make(newStack())).toThrow(error);
  });

  test('a name that another one has, but not that of an access point of another kind', () => {
    const stack = newStack();
    const point = pointIn(stack);
    new AccessPoint(stack, 'Plain', { bucket: point.bucket, name: 'view' });
    expect(() => synthOf(stack)).not.toThrow();
    new ObjectLambdaAccessPoint(stack, 'Second', { bucket: point.bucket, handler: point.handler, name: 'view' });
    expect(() => synthOf(stack)).toThrow(/is that of \[Stack\/View/);
  });

  test.each<[string, (stack: Stack) => iam.IGrantable, RegExp]>([
    ['everyone', () => new iam.AnyPrincipal(), /a grant to everyone would be public/],
    ['nobody', () => undefined as never, /the grantee is missing: grant to a role/],
    ['a text', () => 'arn:aws:iam::111122223333:role/r' as never, /the grantee is "arn:aws:iam::111122223333:role\/r": grant to a role/],
    ['a service', () => new iam.ServicePrincipal('cloudfront.amazonaws.com'), /a grant is to an AWS service/],
    ['another account', () => new iam.AccountPrincipal('444455556666'), /a principal of account 444455556666; the policy of the function would let it be invoked from there/],
    ['an imported role of another account', stack => iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::444455556666:role/r'), /of account 444455556666/],
    ['a role of a stack of another account', stack => role(new Stack(stack.node.root as App, 'Other', { env: { ...ENV, account: '444455556666' } })), /of account 444455556666/],
    ['an organization', () => new iam.OrganizationPrincipal('o-exampleorg1'), /which has no policy of its own/],
    ['the own account', stack => new iam.AccountPrincipal(stack.account), /which has no policy of its own/],
    ['a role by its ARN alone', () => new iam.ArnPrincipal('arn:aws:iam::111122223333:role/r'), /which has no policy of its own/],
  ])('grants to %s', (_whom, grantee, error) => {
    const stack = newStack();
    const point = pointIn(stack);
    expect(() => point.grantRead(grantee(stack))).toThrow(error);
  });
});

describe('warned of', () => {
  test('accounts that are new to S3 Object Lambda, until it is acknowledged', () => {
    const stack = newStack();
    pointIn(stack);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/\[Stack\/View\] AWS takes no new customers of S3 Object Lambda.* use RedactedEndpoint there/)]);
  });

  test('HEAD requests that show the metadata of originals', () => {
    const stack = newStack();
    pointIn(stack, { actions: [GET_OBJECT] });
    expect(warningsOf(stack).join()).toContain('readers see the metadata of the originals');
  });

  test('a function whose role is not known', () => {
    const stack = newStack();
    pointIn(stack, { handler: lambda.Function.fromFunctionArn(stack, 'Other', 'arn:aws:lambda:eu-west-1:111122223333:function:own') });
    expect(warningsOf(stack).join()).toContain('s3-object-lambda:WriteGetObjectResponse on');
  });
});

describe('grantRead', () => {
  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['a role', role],
    ['an imported role', stack => iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111122223333:role/r')],
    ['a user', stack => new iam.User(stack, 'U')],
    ['a group', stack => new iam.Group(stack, 'G')],
    ['a function', stack => handlerIn(stack, 'Reader')],
    ['a role under a condition', stack => new iam.PrincipalWithConditions(role(stack), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
  ])('to %s is in its policy', (_whom, grantee) => {
    const stack = newStack();
    const point = pointIn(stack, {}, { encryption: Encryption.kms() });
    expect(point.grantRead(grantee(stack)).success).toBe(true);
    const actions = resourcesOf(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement).flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining([
      's3-object-lambda:GetObject', 's3-object-lambda:GetObjectVersion', 's3-object-lambda:ListBucket', 'lambda:InvokeFunction',
      's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 'kms:Decrypt',
    ]));
    for (const type of ['AWS::S3::AccessPoint', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key', 'AWS::Lambda::Permission']) {
      expect(JSON.stringify(resourcesOf(stack, type))).not.toMatch(/role\/|RoleC7B7E775/);
    }
  });

  test('leaves out what the function does not transform', () => {
    const stack = newStack();
    pointIn(stack, { actions: [LIST_OBJECTS] }, { encryption: Encryption.kms() }).grantRead(role(stack));
    const granted = resourcesOf(stack, 'AWS::IAM::Policy').filter(({ Properties }) => Properties.Roles[0].Ref.startsWith('Role'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).flatMap(({ Action }) => Action);
    expect(granted).toEqual(['s3-object-lambda:ListBucket', 'lambda:InvokeFunction', 's3:ListBucket']);
  });

  test('takes a prefix that only CloudFormation knows, as access points do', () => {
    const stack = newStack();
    const { valueAsString } = new CfnParameter(stack, 'Prefix', { default: 'orders/' });
    pointIn(stack).grantRead(role(stack), valueAsString);
    expect(JSON.stringify(templateOf(stack).toJSON())).toContain('accesspoint/view-data/object/');
  });

  test('of a bucket of another stack, to a role of a third', () => {
    const stack = newStack();
    const app = stack.node.root as App;
    const bucket = new SecureBucket(new Stack(app, 'Buckets', { env: ENV }), 'Bucket', { encryption: Encryption.kms() });
    const point = pointIn(stack, { bucket });
    point.grantRead(role(new Stack(app, 'Readers', { env: ENV })));
    expect(synthOf(stack).rules).toEqual([]);
  });

  test('of a plain bucket, which leaves the decision to the supporting access point', () => {
    const stack = newStack();
    pointIn(stack, { bucket: new s3.Bucket(stack, 'Bucket') }).grantRead(role(stack));
    expect(JSON.stringify(propertiesOf(stack, 'AWS::S3::BucketPolicy'))).toContain('s3:DataAccessPointAccount');
  });
});
