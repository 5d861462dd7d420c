import { CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3objectlambda from 'aws-cdk-lib/aws-s3objectlambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { cfn, changeStatement, policy, removeStatement, set, Subject, Weakening } from './weakening';
import { IAccessPoint } from '../../src/access-point/access-point-base';
import { EnrichingObjectLambda } from '../../src/object-lambda/enriching-object-lambda';
import { ImageObjectLambda } from '../../src/object-lambda/image-object-lambda';
import { ImageWatermark } from '../../src/object-lambda/image-watermark';
import { RedactingObjectLambdaAccessPoint } from '../../src/object-lambda/redacting-object-lambda-access-point';
import { XmlToJsonObjectLambda } from '../../src/object-lambda/xml-to-json-object-lambda';
import { Mask } from '../../src/redaction/mask';
import { Redaction } from '../../src/redaction/redaction';

const base = (stack: Stack) => ({ bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'example-data'), name: 'analytics', dashboard: false });
const view = (stack: Stack) => new RedactingObjectLambdaAccessPoint(stack, 'Data', { ...base(stack), redaction: Redaction.of() });
const keyArn = (id: string) => `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
const keyOf = (stack: Stack, id: string) => kms.Key.fromKeyArn(stack, `${id}Key`, keyArn(id));
const hashing = (stack: Stack) => new RedactingObjectLambdaAccessPoint(stack, 'Data', {
  ...base(stack),
  redaction: Redaction.of({ mask: Mask.hash() }),
  hashKey: secretsmanager.Secret.fromSecretAttributes(stack, 'HashKey', {
    secretCompleteArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:hash-key-AbCdEf', encryptionKey: keyOf(stack, 'secret'),
  }),
});
const measuring = (stack: Stack) => new RedactingObjectLambdaAccessPoint(stack, 'Data', {
  bucket: s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'example-data', encryptionKey: keyOf(stack, 'bucket') }),
  name: 'analytics',
  dashboard: false,
  redaction: Redaction.of(),
  prefixes: ['orders/'],
  measureOnHead: true,
});
const xml = (stack: Stack) => new XmlToJsonObjectLambda(stack, 'Data', { ...base(stack), arrays: ['/orders/order'] });
const image = (stack: Stack) => new ImageObjectLambda(stack, 'Data', { ...base(stack), watermark: ImageWatermark.callerName() });
const enriching = (stack: Stack) => new EnrichingObjectLambda(stack, 'Data', {
  ...base(stack),
  table: dynamodb.Table.fromTableAttributes(stack, 'Customers', { tableName: 'customers', encryptionKey: keyOf(stack, 'table') }),
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  keyColumn: 'customer',
  columns: { segment: 'segment' },
});
const supporting = (stack: Stack) => view(stack).node.findChild('SupportingAccessPoint') as unknown as IAccessPoint;
const at = (path: string) => `ObjectLambdaConfiguration.${path}`;

/** The function of a view, and its role. */
const functionOf = (subject: Subject) => (subject as RedactingObjectLambdaAccessPoint).handler as lambda.Function;
const roleOf = (subject: Subject) => functionOf(subject).role as iam.Role;

function further(action: string, resource: string, more: Partial<iam.PolicyStatementProps> = {}): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [action], resources: [resource], ...more });
}

const reader = (subject: Subject) => new iam.Role(Stack.of(subject), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });

function ofConfiguration(how: string, path: string, value: unknown): Weakening {
  return { how, make: view, weaken: set(at(path), value), undone: ['object-lambda-transforms-all'], told: ' instead of ' };
}

function ofFunction(how: string, told: string | RegExp, weaken: Weakening['weaken'], make: Weakening['make'] = view): Weakening {
  return { how, make, weaken, undone: ['object-lambda-function-confined'], told };
}

/** One more right of the function of a view that reads itself. */
function ofReading(how: string, told: string | RegExp, statement: (subject: Subject) => iam.PolicyStatementProps): Weakening {
  return ofFunction(`a function that reads its view, and ${how}`, told, subject => functionOf(subject).addToRolePolicy(new iam.PolicyStatement(statement(subject))), measuring);
}

const THROUGH = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 's3-object-lambda.amazonaws.com' } };
const THROUGH_S3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const viewArn = (subject: Subject) => (subject as RedactingObjectLambdaAccessPoint).objectLambdaAccessPointArn;
const dataArn = (subject: Subject) => (subject as RedactingObjectLambdaAccessPoint).supportingAccessPointArn;
const viewFunctionArn = (subject: Subject) => functionOf(subject).functionArn;

export const OBJECT_LAMBDA_WEAKENINGS: Weakening[] = [
  {
    how: 'TlsOnly of an Object Lambda access point removed',
    make: view,
    weaken: removeStatement('TlsOnly'),
    undone: ['object-lambda-tls-only'],
    told: "statement 'TlsOnly' is not in the Object Lambda access point policy",
  },
  {
    how: 'TransformedOnly removed',
    make: view,
    weaken: removeStatement('TransformedOnly'),
    undone: ['object-lambda-transforms-all'],
    told: "statement 'TransformedOnly' is not in the Object Lambda access point policy",
  },
  {
    how: 'TransformedOnly without writes',
    make: view,
    weaken: changeStatement('TransformedOnly', 'Action', ['s3-object-lambda:ListBucketVersions']),
    undone: ['object-lambda-transforms-all'],
    told: "statement 'TransformedOnly' was changed: Action is",
  },
  {
    how: 'ObjectLambdaOnly removed',
    make: supporting,
    weaken: removeStatement('ObjectLambdaOnly'),
    undone: ['object-lambda-only-way'],
    told: "statement 'ObjectLambdaOnly' is not in the access point policy",
  },
  {
    how: 'ObjectLambdaOnly with an operator that a missing key does not match',
    make: supporting,
    weaken: changeStatement('ObjectLambdaOnly', 'Condition', { 'ForAnyValue:StringNotEquals': { 'aws:CalledVia': 's3-object-lambda.amazonaws.com' } }),
    undone: ['object-lambda-only-way'],
    told: "statement 'ObjectLambdaOnly' was changed: Condition is",
  },

  // what goes through the function
  ofConfiguration('HEAD and LIST left to S3', 'TransformationConfigurations.0.Actions', ['GetObject']),
  ofConfiguration('another function', 'TransformationConfigurations.0.ContentTransformation.AwsLambda.FunctionArn', 'arn:aws:lambda:eu-west-1:111122223333:function:another'),
  ofConfiguration('a function for GET alone', 'TransformationConfigurations.1', { Actions: ['GetObject'], ContentTransformation: {} }),
  ofConfiguration('a payload', 'TransformationConfigurations.0.ContentTransformation.AwsLambda.FunctionPayload', '{}'),
  ofConfiguration('another supporting access point', 'SupportingAccessPoint', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/another'),
  ofConfiguration('fewer features', 'AllowedFeatures', ['GetObject-Range']),

  ...([
    ['other code', 'Code', { S3Bucket: 'another', S3Key: 'another.zip' }, 'Properties.Code is'],
    ['another handler', 'Handler', 'another.handler', 'Properties.Handler is "another.handler" instead of "index.handler"'],
    ['metadata kept', 'Environment.Variables.METADATA', 'keep', '"METADATA":"keep"'],
    ['a wrapper around it', 'Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER', '/opt/wrapper', '"AWS_LAMBDA_EXEC_WRAPPER":"/opt/wrapper"'],
    ['a layer', 'Layers', ['arn:aws:lambda:eu-west-1:111122223333:layer:another:1'], 'Properties.Layers is'],
  ] as const).map(([how, name, value, told]): Weakening => ({
    how: `a function with ${how}`,
    make: view,
    weaken: subject => cfn(functionOf(subject)).addPropertyOverride(name, value),
    undone: ['object-lambda-function-unchanged'],
    told,
  })),
  ...([
    ['XML becomes JSON by other code', xml, 'Code', { S3Bucket: 'another', S3Key: 'another.zip' }, 'Properties.Code is'],
    ['images are not marked', image, 'Environment.Variables.IMAGE_OPTIONS', '{}', '"IMAGE_OPTIONS":"{}"'],
    ['rows have columns of another table', enriching, 'Environment.Variables.TABLE_NAME', 'another', '"TABLE_NAME":"another"'],
  ] as const).map(([how, make, name, value, told]): Weakening => ({
    how,
    make,
    weaken: subject => cfn(functionOf(subject)).addPropertyOverride(name, value),
    undone: ['object-lambda-function-unchanged'],
    told,
  })),

  // what the function may do, and who invokes it
  ofFunction('a function with another role', 'Properties.Role is', subject => cfn(functionOf(subject)).addPropertyOverride('Role', 'arn:aws:iam::111122223333:role/another')),
  ofFunction('a function whose role another assumes', 'Properties.AssumeRolePolicyDocument is', subject => (functionOf(subject).role as iam.Role).assumeRolePolicy!.addStatements(
    new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountRootPrincipal()] }))),
  ofFunction('a function that answers for another access point', 'the function may do s3-object-lambda:WriteGetObjectResponse on "arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/another"',
    subject => functionOf(subject).addToRolePolicy(further('s3-object-lambda:WriteGetObjectResponse', 'arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/another'))),
  ofFunction('a function that writes another log', 'the function may do logs:PutLogEvents on "arn:aws:logs:eu-west-1:111122223333:log-group:another:*"',
    subject => functionOf(subject).addToRolePolicy(further('logs:PutLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:another:*'))),
  ofFunction('a function that may read the bucket', 'the function may do more: s3:GetObject',
    subject => functionOf(subject).addToRolePolicy(further('s3:GetObject', 'arn:aws:s3:::example-data/*'))),
  ofFunction('a function that may do all of a service', 'the function may do more: logs:*', subject => functionOf(subject).addToRolePolicy(further('logs:*', '*'))),
  ofFunction('a function that may do nearly everything', 'the function may do more: all but a few actions',
    subject => functionOf(subject).addToRolePolicy(new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] }))),
  ofFunction('a function that answers for every access point', 'the function may do s3-object-lambda:WriteGetObjectResponse on every resource',
    subject => functionOf(subject).addToRolePolicy(further('s3-object-lambda:WriteGetObjectResponse', '*'))),
  ofFunction('a function that writes every log but one', 'the function may do logs:PutLogEvents on every resource',
    subject => functionOf(subject).addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], notResources: ['arn:aws:logs:*:*:log-group:audit'] }))),
  ofFunction('a function that reads all of its table', 'the function may do more: dynamodb:Scan',
    subject => functionOf(subject).addToRolePolicy(further('dynamodb:Scan', 'arn:aws:dynamodb:eu-west-1:111122223333:table/customers')), enriching),
  ofFunction('a function that reads every table', 'the function may do dynamodb:BatchGetItem on every resource',
    subject => functionOf(subject).addToRolePolicy(further('dynamodb:BatchGetItem', '*')), enriching),
  ofFunction('a function that reads a table and has none', 'the function may do more: dynamodb:BatchGetItem',
    subject => functionOf(subject).addToRolePolicy(further('dynamodb:BatchGetItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/customers')), xml),
  ofFunction('a function that reads another table', /the function may do dynamodb:BatchGetItem on .*another/,
    subject => functionOf(subject).addToRolePolicy(further('dynamodb:BatchGetItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/another')), enriching),
  ofFunction('a function that decrypts another table', /the function may do kms:Decrypt on .*another/,
    subject => functionOf(subject).addToRolePolicy(further('kms:Decrypt', keyArn('another'))), enriching),
  ofFunction('a function that reads another secret', /the function may do secretsmanager:GetSecretValue on .*another/,
    subject => functionOf(subject).addToRolePolicy(further('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:another-AbCdEf')), hashing),
  ofFunction('a function that decrypts another secret', /the function may do kms:Decrypt on .*another/,
    subject => functionOf(subject).addToRolePolicy(further('kms:Decrypt', keyArn('another'))), hashing),
  ofFunction('a function that reads its view, and should not', 'the function may do more: s3-object-lambda:GetObject',
    subject => functionOf(subject).addToRolePolicy(further('s3-object-lambda:GetObject', viewArn(subject)))),
  ofReading('another one', /the function may do s3-object-lambda:GetObject on .*another/,
    () => ({ actions: ['s3-object-lambda:GetObject'], resources: ['arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/another'] })),
  ofReading('lists it', 'the function may do more: s3-object-lambda:ListBucket', subject => ({ actions: ['s3-object-lambda:ListBucket'], resources: [viewArn(subject)] })),
  ofReading('originals', /the function may do s3:GetObject on .*orders\/\*.* without a condition/,
    subject => ({ actions: ['s3:GetObject'], resources: [`${dataArn(subject)}/object/orders/*`] })),
  ofReading('objects outside of its prefixes', /the function may do s3:GetObject on .*object\/\*/,
    subject => ({ actions: ['s3:GetObject'], resources: [`${dataArn(subject)}/object/*`], conditions: THROUGH })),
  ofReading('is invoked by itself', /the function may do lambda:InvokeFunction on .* without a condition/,
    subject => ({ actions: ['lambda:InvokeFunction'], resources: [viewFunctionArn(subject)] })),
  ofReading('invokes another', /the function may do lambda:InvokeFunction on .*another/,
    () => ({ actions: ['lambda:InvokeFunction'], resources: ['arn:aws:lambda:eu-west-1:111122223333:function:another'], conditions: THROUGH })),
  ofReading('decrypts what it reads elsewhere', /the function may do kms:Decrypt on .*bucket.* if {"StringEquals":{"kms:ViaService"/,
    () => ({ actions: ['kms:Decrypt'], resources: [keyArn('bucket')], conditions: THROUGH_S3 })),
  ofReading('decrypts what another key encrypted', /the function may do kms:Decrypt on .*another/,
    () => ({ actions: ['kms:Decrypt'], resources: [keyArn('another')], conditions: { ...THROUGH_S3, ...THROUGH } })),
  ofFunction('a managed policy', /the managed policy .*AdministratorAccess.* is attached to the role of the function/,
    subject => roleOf(subject).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess'))),
  ofFunction('a managed policy of the stack', 'the function may do more: s3:PutObject',
    subject => new iam.CfnManagedPolicy(Stack.of(subject), 'Managed', { roles: [roleOf(subject).roleName], policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }] } })),
  ofFunction('a policy within the role', 'the function may do more: s3:GetObject',
    subject => cfn(roleOf(subject)).addPropertyOverride('Policies', [
      { PolicyName: 'Within', PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } } },
    ])),
  ofFunction('a function that another account invokes', 'lets the function be invoked otherwise than through S3 Object Lambda',
    subject => functionOf(subject).addPermission('Others', { principal: new iam.AccountPrincipal('444455556666') })),
  ofFunction('a function with a URL', '(AWS::Lambda::Url) lets the function be invoked',
    subject => functionOf(subject).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM })),

  ofFunction('a function that a role invokes', 'lets the function be invoked with any event', subject => functionOf(subject).grantInvoke(reader(subject))),
  ofFunction('a function that a role invokes through another service, too', 'lets the function be invoked with any event',
    subject => reader(subject).addToPolicy(new iam.PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [functionOf(subject).functionArn],
      conditions: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['s3-object-lambda.amazonaws.com', 'athena.amazonaws.com'] } },
    }))),
  ofFunction('a function that a role invokes through S3 Object Lambda or no service', 'lets the function be invoked with any event',
    subject => functionOf(subject).grantInvoke(new iam.PrincipalWithConditions(reader(subject), { 'ForAllValues:StringEquals': THROUGH['ForAnyValue:StringEquals'] }))),

  // the policy as a whole
  {
    how: 'an Object Lambda access point of another name',
    make: view,
    weaken: set('Name', 'another'),
    undone: ['object-lambda-policy-in-force'],
    told: 'Properties.Name is "another" instead of "analytics"',
  },
  {
    how: 'a policy of another Object Lambda access point',
    make: view,
    weaken: subject => policy(subject).addPropertyOverride('ObjectLambdaAccessPoint', 'another'),
    undone: ['object-lambda-policy-in-force'],
    told: 'Properties.ObjectLambdaAccessPoint is "another"',
  },
  {
    how: 'an Object Lambda access point whose policy depends on a condition',
    make: view,
    weaken: subject => {
      policy(subject).cfnOptions.condition = new CfnCondition(subject, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
    },
    undone: ['object-lambda-policy-in-force'],
    told: 'the policy is deployed only when the condition',
  },
  ...(['analytics', undefined] as const).map((name): Weakening => ({
    how: `a second policy of an Object Lambda access point, by ${name === undefined ? 'reference' : 'name'}`,
    make: view,
    weaken: subject => new s3objectlambda.CfnAccessPointPolicy(subject, 'Second', { objectLambdaAccessPoint: name ?? cfn(subject).ref, policyDocument: {} }),
    undone: ['object-lambda-policy-in-force'],
    told: /a second policy '\w+' for the same Object Lambda access point/,
  })),
  {
    how: 'an Object Lambda access point with a policy that is too large',
    make: view,
    weaken: subject => {
      for (let index = 0; index < 200; index++) {
        (subject as RedactingObjectLambdaAccessPoint).addToResourcePolicy(new iam.PolicyStatement({
          sid: `Reader${index}`,
          principals: [new iam.ArnPrincipal(`arn:aws:iam::111122223333:role/Reader${index}`)],
          actions: ['s3-object-lambda:GetObject'],
          resources: [(subject as RedactingObjectLambdaAccessPoint).objectLambdaAccessPointArn],
        }));
      }
    },
    undone: ['object-lambda-policy-in-force'],
    told: 'the Object Lambda access point policy has about',
  },
];
