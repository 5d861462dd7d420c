import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { ENV, newStack, synthOf, templateOf } from '../checks/synth';

const HELPER = 'Custom::S3BucketNotifications';
const CREATED = s3.EventType.OBJECT_CREATED;

function nativeConfiguration(template: Template): unknown {
  const [{ Properties }] = Object.values(template.findResources('AWS::S3::Bucket'));
  return Properties.NotificationConfiguration;
}

function notificationConfiguration(template: Template): any {
  const helpers = Object.values(template.findResources(HELPER));
  expect(helpers).toHaveLength(1);
  return helpers[0].Properties.NotificationConfiguration;
}

describe('eventBridge', () => {
  test('is a property of the bucket, without custom resource and function', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { eventBridge: true });
    const template = templateOf(stack);
    expect(nativeConfiguration(template)).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    template.resourceCountIs(HELPER, 0);
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test.each([undefined, false])('%p sends nothing', eventBridge => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { eventBridge });
    expect(nativeConfiguration(templateOf(stack))).toBeUndefined();
  });

  test('is taken over by the custom resource of another notification, which replaces the whole configuration', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { eventBridge: true });
    bucket.addEventNotification(CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
    const template = templateOf(stack);
    expect(nativeConfiguration(template)).toBeUndefined();
    expect(notificationConfiguration(template)).toEqual({
      EventBridgeConfiguration: {},
      QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], QueueArn: { 'Fn::GetAtt': [expect.stringMatching(/^Queue/), 'Arn'] } }],
    });
  });

  test('is taken over once by several notifications', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { eventBridge: true });
    for (const prefix of ['a/', 'b/']) {
      bucket.addEventNotification(CREATED, new notifications.SqsDestination(new sqs.Queue(stack, `Queue${prefix}`)), { prefix });
    }
    bucket.addObjectRemovedNotification(new notifications.SqsDestination(new sqs.Queue(stack, 'Removed')));
    const template = templateOf(stack);
    expect(nativeConfiguration(template)).toBeUndefined();
    expect(notificationConfiguration(template)).toMatchObject({ EventBridgeConfiguration: {}, QueueConfigurations: [{}, {}, {}] });
  });

  test.each<[string, (bucket: SecureBucket, queue: sqs.Queue) => void]>([
    ['addObjectCreatedNotification', (bucket, queue) => bucket.addObjectCreatedNotification(new notifications.SqsDestination(queue))],
    ['addObjectRemovedNotification', (bucket, queue) => bucket.addObjectRemovedNotification(new notifications.SqsDestination(queue))],
  ])('is taken over by %s', (_method, notify) => {
    const stack = newStack();
    notify(new SecureBucket(stack, 'Data', { eventBridge: true }), new sqs.Queue(stack, 'Queue'));
    const template = templateOf(stack);
    expect(nativeConfiguration(template)).toBeUndefined();
    expect(notificationConfiguration(template).EventBridgeConfiguration).toEqual({});
  });

  test('is taken over by enableEventBridgeNotification of the L2, so that not two places write the configuration', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { eventBridge: true });
    bucket.enableEventBridgeNotification();
    const template = templateOf(stack);
    expect(nativeConfiguration(template)).toBeUndefined();
    expect(notificationConfiguration(template)).toEqual({ EventBridgeConfiguration: {} });
  });

  test('without it, a notification brings none', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data').addEventNotification(CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
    expect(notificationConfiguration(templateOf(stack)).EventBridgeConfiguration).toBeUndefined();
  });
});

describe('a notification', () => {
  test('goes to a topic', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data').addEventNotification(CREATED, new notifications.SnsDestination(new sns.Topic(stack, 'Topic')), { suffix: '.csv' });
    const template = templateOf(stack);
    expect(notificationConfiguration(template).TopicConfigurations).toEqual([{
      Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '.csv' }] } }, TopicArn: { Ref: expect.stringMatching(/^Topic/) },
    }]);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 's3.amazonaws.com' }, Condition: { ArnLike: Match.anyValue() } })] },
    });
  });

  test('goes to a queue', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data').addEventNotification(CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
    templateOf(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 's3.amazonaws.com' }, Condition: { ArnLike: Match.anyValue() } })] },
    });
  });

  test('goes to a function', () => {
    const stack = newStack();
    const handler = new lambda.Function(stack, 'Function', { code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X });
    new SecureBucket(stack, 'Data').addEventNotification(s3.EventType.OBJECT_REMOVED, new notifications.LambdaDestination(handler));
    const template = templateOf(stack);
    expect(notificationConfiguration(template).LambdaFunctionConfigurations).toEqual([
      { Events: ['s3:ObjectRemoved:*'], LambdaFunctionArn: { 'Fn::GetAtt': [expect.stringMatching(/^Function/), 'Arn'] } },
    ]);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceAccount: '111122223333', SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Data'), 'Arn'] },
    });
  });

  test('weakens nothing', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { eventBridge: true });
    bucket.addEventNotification(CREATED, new notifications.SnsDestination(new sns.Topic(stack, 'Topic')));
    expect(synthOf(stack).violations).toEqual([]);
  });
});

describe('an encrypted destination lets S3 use its key', () => {
  const BY_S3 = { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' };
  const keyStatements = (template: Template) =>
    Object.values(template.findResources('AWS::KMS::Key')).flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
      .filter(({ Principal }) => Principal.Service === 's3.amazonaws.com');

  test('a queue', () => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    new SecureBucket(stack, 'Data').addEventNotification(CREATED, new notifications.SqsDestination(queue));
    expect(keyStatements(templateOf(stack))).toContainEqual(BY_S3);
  });

  test.each([[true, 1], [false, 0]])('a topic, with the feature flag on (%p)', (flag, statements) => {
    const stack = newStack({ env: ENV }, { context: { '@aws-cdk/s3-notifications:addS3TrustKeyPolicyForSnsSubscriptions': flag } });
    const topic = new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') });
    new SecureBucket(stack, 'Data').addEventNotification(CREATED, new notifications.SnsDestination(topic));
    expect(keyStatements(templateOf(stack)).map(({ Action }) => Action)).toEqual(Array(statements).fill(['kms:GenerateDataKey', 'kms:Decrypt']));
  });
});

test('a handler role that is given is used, and may change the notifications', () => {
  const stack = newStack();
  const notificationsHandlerRole = new iam.Role(stack, 'Handler', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  new SecureBucket(stack, 'Data', { notificationsHandlerRole })
    .addEventNotification(CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'Queue')));
  const template = templateOf(stack);
  template.resourceCountIs('AWS::IAM::Role', 1);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [Match.objectLike({ Action: 's3:PutBucketNotification' })] }, Roles: [{ Ref: Match.stringLikeRegexp('^Handler') }],
  });
});
