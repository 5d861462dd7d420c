import { Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { cfn, Subject, Weakening } from './weakening';
import { JwtIssuer } from '../../src/redacted-view/jwt-issuer';
import { RedactedCopy } from '../../src/redacted-view/redacted-copy';
import { RedactedEndpoint } from '../../src/redacted-view/redacted-endpoint';
import { Redaction } from '../../src/redaction/redaction';

const OTHER_ACCOUNT = '444455556666';
const bucketOf = (stack: Stack, name: string) => s3.Bucket.fromBucketName(stack, name, name);

const endpoint = (stack: Stack) => new RedactedEndpoint(stack, 'Data', {
  bucket: bucketOf(stack, 'example-data'),
  redaction: Redaction.of(),
  prefixes: ['orders/'],
  jwtIssuer: JwtIssuer.oidc({ issuer: 'https://login.example.com', audience: ['view'] }),
  dashboard: false,
});
const copy = (stack: Stack, destination = bucketOf(stack, 'example-copies')) => new RedactedCopy(stack, 'Data', {
  source: bucketOf(stack, 'example-data'), destination, redaction: Redaction.of(), prefixes: ['orders/'], dashboard: false,
});

const functionOf = (subject: Subject) => (subject as RedactedEndpoint | RedactedCopy).handler;
const urlOf = (subject: Subject) => cfn(functionOf(subject).node.findChild('FunctionUrl'));
const distributionOf = (subject: Subject) => cfn((subject as RedactedEndpoint).distribution!);
const role = (subject: Subject, more: Partial<iam.RoleProps> = {}) => new iam.Role(Stack.of(subject), 'Another', { assumedBy: new iam.AccountRootPrincipal(), ...more });
const alias = (subject: Subject) => new lambda.Alias(Stack.of(subject), 'Alias', { aliasName: 'live', version: functionOf(subject).currentVersion });

function invoking(subject: Subject, more: Partial<iam.PolicyStatementProps> = {}): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionOf(subject).functionArn], ...more });
}

function ofCallers(how: string, told: string | RegExp, weaken: Weakening['weaken']): Weakening {
  return { how: `an endpoint ${how}`, make: endpoint, weaken, undone: ['endpoint-callers-confined'], told };
}

function ofDistribution(how: string, path: string, value: unknown, undone: string[], told: string): Weakening {
  return { how: `a distribution ${how}`, make: endpoint, weaken: subject => distributionOf(subject).addPropertyOverride(`DistributionConfig.${path}`, value), undone, told };
}

function ofRole(how: string, told: string | RegExp, statement: (subject: Subject) => Partial<iam.PolicyStatementProps>): Weakening[] {
  return ([[endpoint, 'endpoint-function-confined'], [copy, 'copy-function-confined']] as const).map(([make, id]) => ({
    how: `${id.split('-')[0]}: a function that may ${how}`,
    make,
    weaken: subject => functionOf(subject).addToRolePolicy(new iam.PolicyStatement(statement(subject))),
    undone: [id],
    told,
  }));
}

function ofCopy(how: string, told: string | RegExp, weaken: Weakening['weaken']): Weakening {
  return { how: `a copy ${how}`, make: copy, weaken, undone: ['copy-function-confined'], told };
}

const accessPointArn = (subject: Subject) => Stack.of(subject).resolve((subject.node.findChild('Source') as unknown as { accessPointArn: string }).accessPointArn) as string;

export const REDACTED_VIEW_WEAKENINGS: Weakening[] = [
  // who asks an endpoint
  ofCallers('that takes requests without a signature', 'Properties.AuthType is "NONE" instead of "AWS_IAM"', subject => urlOf(subject).addPropertyOverride('AuthType', 'NONE')),
  ofCallers('that answers as a whole', 'Properties.InvokeMode is "BUFFERED"', subject => urlOf(subject).addPropertyOverride('InvokeMode', 'BUFFERED')),
  ofCallers('whose URL is for another function', 'Properties.TargetFunctionArn is', subject => urlOf(subject).addPropertyOverride('TargetFunctionArn', 'another')),
  ofCallers('that everyone may ask', '(AWS::Lambda::Permission) lets the function be invoked otherwise than through the endpoint', subject => new lambda.CfnPermission(subject, 'Public', {
    action: 'lambda:InvokeFunctionUrl', functionName: functionOf(subject).functionName, principal: '*', functionUrlAuthType: 'NONE',
  })),
  ofCallers('that every distribution may ask', '(AWS::Lambda::Permission)', subject => new lambda.CfnPermission(subject, 'Distributions', {
    action: 'lambda:InvokeFunctionUrl', functionName: functionOf(subject).functionArn, principal: 'cloudfront.amazonaws.com', sourceArn: 'arn:aws:cloudfront::111122223333:distribution/*',
  })),
  ofCallers('whose distribution invokes the function past the URL', "'DataInvokeThroughUrl", subject =>
    cfn({ node: { defaultChild: subject.node.findChild('InvokeThroughUrl') } } as never).addPropertyOverride('InvokedViaFunctionUrl', false)),
  ofCallers('that another account invokes', '(AWS::Lambda::Permission)', subject => functionOf(subject).addPermission('Others', { principal: new iam.AccountPrincipal(OTHER_ACCOUNT) })),
  ofCallers('that another account invokes by an alias', "'AliasOthers", subject => alias(subject).addPermission('Others', { principal: new iam.AccountPrincipal(OTHER_ACCOUNT) })),
  ofCallers('with a second URL', '(AWS::Lambda::Url)', subject => alias(subject).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE })),
  ofCallers('with a queue of events', '(AWS::Lambda::EventSourceMapping)', subject => new lambda.EventSourceMapping(subject, 'Events', {
    target: functionOf(subject), eventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:another',
  })),
  ofCallers('whose function a role invokes', "'AnotherDefaultPolicy", subject => functionOf(subject).grantInvoke(role(subject))),
  ofCallers('whose function a role invokes, by a wildcard', 'lets the function be invoked with any event', subject => role(subject).addToPolicy(invoking(subject, { actions: ['lambda:Invoke*'] }))),
  ofCallers('whose function a role does nearly everything with', 'lets the function be invoked with any event',
    subject => role(subject).addToPolicy(invoking(subject, { actions: undefined, notActions: ['lambda:DeleteFunction'] }))),
  ofCallers('whose function a role invokes if it wants', 'lets the function be invoked with any event',
    subject => role(subject).addToPolicy(invoking(subject, { conditions: { BoolIfExists: { 'lambda:InvokedViaFunctionUrl': 'true' } } }))),
  ofCallers('whose function a role invokes, by a policy within it', 'lets the function be invoked with any event',
    subject => role(subject, { inlinePolicies: { Within: new iam.PolicyDocument({ statements: [invoking(subject)] }) } })),
  ofCallers('whose distribution does not sign', 'Properties.OriginAccessControlConfig.SigningBehavior is "never"', subject =>
    (subject.node.findAll().find(each => each instanceof cloudfront.CfnOriginAccessControl) as cloudfront.CfnOriginAccessControl)
      .addPropertyOverride('OriginAccessControlConfig.SigningBehavior', 'never')),
  ofDistribution('without origin access control', 'Origins.0.OriginAccessControlId', 'another', ['endpoint-callers-confined'], 'OriginAccessControlId is "another"'),

  // how
  ofDistribution('that takes HTTP', 'DefaultCacheBehavior.ViewerProtocolPolicy', 'allow-all', ['endpoint-tls-only'], 'ViewerProtocolPolicy is "allow-all"'),
  ofDistribution('that redirects', 'DefaultCacheBehavior.ViewerProtocolPolicy', 'redirect-to-https', ['endpoint-tls-only'], 'ViewerProtocolPolicy is "redirect-to-https"'),
  ofDistribution('with a second origin', 'Origins.1', { Id: 'another' }, ['endpoint-tls-only'], 'Origins.1 is'),
  ofDistribution('with another behavior', 'CacheBehaviors', [{ PathPattern: '/open/*' }], ['endpoint-nothing-kept', 'endpoint-tls-only'], 'CacheBehaviors is'),
  ofDistribution('that keeps answers', 'DefaultCacheBehavior.CachePolicyId', '658327ea-f89d-4fab-a63d-7e88639e58f6', ['endpoint-nothing-kept'], 'CachePolicyId is'),
  ofDistribution('that keeps errors', 'CustomErrorResponses.1.ErrorCachingMinTTL', 10, ['endpoint-nothing-kept'], 'ErrorCachingMinTTL is 10 instead of 0'),

  // what the functions may do
  ...ofRole('read the bucket', /the function may do s3:GetObject on .*example-data/, () => ({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::example-data/*'] })),
  ...ofRole('read all of the access point', /the function may do s3:GetObject on .*object\/\*/, subject => ({ actions: ['s3:GetObject'], resources: [`${accessPointArn(subject)}/object/*`] })),
  ...ofRole('list all of the access point', /the function may do s3:ListBucket on .* without a condition/, subject => ({ actions: ['s3:ListBucket'], resources: [accessPointArn(subject)] })),
  ...ofRole('write originals', /the function may do( more:)? s3:PutObject/, subject => ({ actions: ['s3:PutObject'], resources: [`${accessPointArn(subject)}/object/orders/*`] })),
  ...ofRole('read every bucket', 'the function may do s3:GetObject on every resource', () => ({ actions: ['s3:GetObject'], resources: ['*'] })),
  ...ofRole('do all of S3', 'the function may do more: s3:*', () => ({ actions: ['s3:*'], resources: ['*'] })),
  ...ofRole('answer S3 Object Lambda', 'the function may do more: s3-object-lambda:WriteGetObjectResponse', () => ({ actions: ['s3-object-lambda:WriteGetObjectResponse'], resources: ['*'] })),
  {
    how: 'a copy whose role another assumes',
    make: copy,
    weaken: subject => (functionOf(subject).role as iam.Role).assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountRootPrincipal()] })),
    undone: ['copy-function-confined'],
    told: 'Properties.AssumeRolePolicyDocument is',
  },
  {
    how: 'an endpoint whose function has another role',
    make: endpoint,
    weaken: subject => cfn(functionOf(subject)).addPropertyOverride('Role', 'arn:aws:iam::111122223333:role/another'),
    undone: ['endpoint-function-confined'],
    told: 'Properties.Role is',
  },

  // who invokes the function of a copy
  ofCopy('whose function takes another queue', '(AWS::Lambda::EventSourceMapping) lets the function be invoked otherwise than by its queue',
    subject => functionOf(subject).addEventSource(new SqsEventSource(sqs.Queue.fromQueueArn(subject, 'More', 'arn:aws:sqs:eu-west-1:111122223333:more')))),
  ofCopy('whose function has a URL', '(AWS::Lambda::Url)', subject => functionOf(subject).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM })),
  ofCopy('whose function a role invokes', "'AnotherDefaultPolicy", subject => functionOf(subject).grantInvoke(role(subject))),

  // where copies go
  {
    how: 'copies into the bucket of their originals',
    make: stack => copy(stack, new s3.Bucket(stack, 'Copies')),
    weaken: subject => cfn(Stack.of(subject).node.findChild('Copies')).addPropertyOverride('BucketName', 'example-data'),
    undone: ['copy-destination-apart'],
    told: 'both access points lead to one bucket',
  },

  // what they run
  ...[endpoint, copy].map((make): Weakening => ({
    how: `${make === endpoint ? 'an endpoint' : 'a copy'} with a wrapper around its function`,
    make,
    weaken: subject => cfn(functionOf(subject)).addPropertyOverride('Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER', '/opt/wrapper'),
    undone: ['view-function-unchanged'],
    told: '"AWS_LAMBDA_EXEC_WRAPPER":"/opt/wrapper"',
  })),
];
