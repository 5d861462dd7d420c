import { Duration, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  AccessPoint, Encryption, JwtIssuer, Mask, RedactedCopy, RedactedCopyProps, RedactedEndpoint, RedactedEndpointProps, Redaction, SecureBucket,
} from '../../src';
import { ENV, newApp, newStack, synth } from '../checks/synth';
import { functionPolicy } from '../simulator/function-policy';
import { Intrinsics, Template as Resources } from '../simulator/intrinsics';
import { PolicyDocument, decide, prepare } from '../simulator/simulator';

const redaction = Redaction.of();
const DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE';
const BY_URL = { 'lambda:InvokedViaFunctionUrl': 'true' };
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:on-call';
const NOTIFY = { bind: () => ({ alarmActionArn: TOPIC }) };
const OIDC = JwtIssuer.oidc({ issuer: 'https://login.example.com/tenant', audience: ['view'] });

function endpoint(stack: Stack, props: Partial<RedactedEndpointProps> = {}): RedactedEndpoint {
  return new RedactedEndpoint(stack, 'Endpoint', { bucket: props.bucket ?? new SecureBucket(stack, 'Data'), redaction, ...props });
}

function copy(stack: Stack, props: Partial<RedactedCopyProps> = {}): RedactedCopy {
  const { source = new SecureBucket(stack, 'Originals', { eventBridge: true }), destination = new SecureBucket(stack, 'Copies') } = props;
  return new RedactedCopy(stack, 'Copy', { redaction, ...props, source, destination });
}

function role(stack: Stack, roleName?: string): iam.Role {
  return new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal(), roleName });
}

function intrinsicsOf(stack: Stack): [Template, Intrinsics] {
  const template = Template.fromStack(stack);
  return [template, new Intrinsics(template.toJSON() as Resources, { account: ENV.account, region: ENV.region })];
}

/** What the environment of the function says, resolved. */
function settingsOf(stack: Stack, name: string): Record<string, unknown> {
  const [template, intrinsics] = intrinsicsOf(stack);
  const functions = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Environment?.Variables?.[name]);
  return JSON.parse(intrinsics.resolve(functions.find(value => value !== undefined)) as string);
}

/** What the roles and users of a stack may do, as if it were the policy of all that they ask. */
function identityPolicy(stack: Stack, rolePart: string, arn: string): PolicyDocument {
  const [template, intrinsics] = intrinsicsOf(stack);
  const statements = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(rolePart))
    .flatMap(({ Properties }) => intrinsics.resolve(Properties.PolicyDocument.Statement) as Record<string, unknown>[]);
  return { Version: '2012-10-17', Statement: statements.map(statement => ({ ...statement, Principal: { AWS: arn } })) };
}

/** Action, resource and condition of what a role may do, resolved, one for each action. */
function rightsOf(stack: Stack, rolePart: string): string[] {
  const [template, intrinsics] = intrinsicsOf(stack);
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify([Properties.Roles, Properties.Users]).includes(rolePart))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Record<string, unknown>[])
    .flatMap(({ Action, Resource, Condition }) => [Action].flat().flatMap(action => [Resource].flat().map(resource =>
      [action, intrinsics.resolve(resource), ...Condition === undefined ? [] : [JSON.stringify(intrinsics.resolve(Condition))]].join(' '))))
    .sort();
}

describe('RedactedEndpoint', () => {
  test('has a function URL that IAM guards, and streams', () => {
    const stack = newStack();
    endpoint(stack);
    const template = Template.fromStack(stack);

    template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' });
    template.hasResourceProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 900, MemorySize: 1769 });
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    template.resourceCountIs('AWS::CloudFront::Distribution', 0);
    expect(synth(stack.node.root as never).rules).toEqual([]);
  });

  test('lets its function read below the prefixes, through the access point, and nothing else', () => {
    const stack = newStack();
    endpoint(stack, { bucket: new SecureBucket(stack, 'Data', { encryption: Encryption.kms() }), prefixes: ['orders/'] });
    const rights = rightsOf(stack, 'FunctionPartsRole');
    const accessPoint = expect.stringMatching(/^s3:\w+ arn:aws:s3:eu-west-1:111122223333:accesspoint\/[^/]+(\/object\/orders\/\*|.*"s3:prefix":\["orders\/\*"\])/);

    expect(rights.filter(right => right.startsWith('s3:'))).toEqual(Array(3).fill(accessPoint));
    expect(rights.map(right => right.split(' ')[0])).toEqual([
      'kms:Decrypt', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ]);
    expect(rights[0]).toContain('"kms:ViaService":"s3.eu-west-1.amazonaws.com"');
  });

  test('grants roles the URL, and nothing of the bucket', () => {
    const stack = newStack();
    const view = endpoint(stack, { prefixes: ['orders/', 'returns/'] });
    const reader = role(stack);
    view.grantRead(reader, 'orders/eu/');
    view.grantRead(reader, 'returns/');
    view.grantRead(new iam.User(stack, 'User'));

    expect(rightsOf(stack, 'Reader')).toEqual([
      expect.stringMatching(/^lambda:InvokeFunction \S+ {"Bool":{"lambda:InvokedViaFunctionUrl":true}}$/),
      expect.stringMatching(/^lambda:InvokeFunctionUrl \S+ {"StringEquals":{"lambda:FunctionUrlAuthType":"AWS_IAM"}}$/),
    ]);
    expect(settingsOf(stack, 'ENDPOINT_SETTINGS')).toEqual({
      source: expect.stringMatching(/^https:\/\/[a-z0-9-]+-111122223333\.s3-accesspoint\.eu-west-1\.amazonaws\.com\/$/),
      grants: [
        { arn: expect.stringContaining(':role/'), prefix: 'orders/eu/' },
        { arn: expect.stringContaining(':role/'), prefix: 'returns/' },
        { arn: expect.stringContaining(':user/'), prefix: 'orders/' },
        { arn: expect.stringContaining(':user/'), prefix: 'returns/' },
      ],
      largestResponse: 190 * 1024 * 1024,
    });
  });

  describe('lets a reader', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { bucketName: 'example-data', encryption: Encryption.kms() });
    const view = endpoint(stack, { bucket, prefixes: ['orders/'] });
    view.grantRead(role(stack));
    const principal = 'arn:aws:iam::111122223333:role/Reader';
    const policy = identityPolicy(stack, 'Reader', principal);
    const [, intrinsics] = intrinsicsOf(stack);
    const resources: Record<string, string> = {
      function: intrinsics.resolve(stack.resolve(view.handler.functionArn)) as string,
      object: `${intrinsics.resolve(stack.resolve(view.accessPoint.accessPointArn)) as string}/object/orders/a`,
    };

    test.each<[string, 'allowed' | 'denied', string, string, Record<string, string>]>([
      ['ask the URL', 'allowed', 'lambda:InvokeFunctionUrl', 'function', { 'lambda:FunctionUrlAuthType': 'AWS_IAM' }],
      ['have the function run by it', 'allowed', 'lambda:InvokeFunction', 'function', BY_URL],
      ['ask the function by an event of its own making', 'denied', 'lambda:InvokeFunction', 'function', { 'lambda:InvokedViaFunctionUrl': 'false' }],
      ['read its settings', 'denied', 'lambda:GetFunction', 'function', {}],
      ['get the original through the access point', 'denied', 's3:GetObject', 'object', {}],
      ['get the original from the bucket', 'denied', 's3:GetObject', 'arn:aws:s3:::example-data/orders/a', {}],
      ['list the bucket', 'denied', 's3:ListBucket', 'arn:aws:s3:::example-data', {}],
      ['decrypt', 'denied', 'kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', {}],
    ])('%s: %s', async (_name, expected, action, place, context) => {
      const request = await prepare({ principal, action, resource: resources[place] ?? place, resourceAccount: '999988887777', context });

      expect(await decide(policy, request)).toBe(expected);
    });
  });

  test('grants a role of a stack that comes after it', () => {
    const app = newApp();
    const [own, later] = ['Own', 'Later'].map(id => new Stack(app, id, { env: ENV }));
    endpoint(own).grantRead(role(later, 'analyst'));

    expect(synth(app).violations).toEqual([]);
    expect(settingsOf(own, 'ENDPOINT_SETTINGS').grants).toEqual([{ arn: 'arn:aws:iam::111122223333:role/analyst', prefix: '' }]);
  });

  describe('with an issuer of tokens', () => {
    const stack = newStack();
    const pool = new cognito.UserPool(stack, 'Pool');
    const view = endpoint(stack, { jwtIssuer: JwtIssuer.cognito(pool, [pool.addClient('Client')]), bucket: new SecureBucket(stack, 'Data') });
    view.grantReadToClaim('cognito:groups', 'analysts', 'orders/');
    const template = Template.fromStack(stack);

    test('has a distribution that signs, keeps nothing and takes nothing but HTTPS', () => {
      template.hasResourceProperties('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          DefaultCacheBehavior: {
            AllowedMethods: ['GET', 'HEAD'],
            // CachingDisabled and AllViewerExceptHostHeader: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
            ViewerProtocolPolicy: 'https-only',
          },
          CustomErrorResponses: Match.arrayWith([403, 404, 503].map(ErrorCode => ({ ErrorCode, ErrorCachingMinTTL: 0 }))),
          Origins: [Match.objectLike({ OriginAccessControlId: Match.anyValue(), CustomOriginConfig: Match.objectLike({ OriginProtocolPolicy: 'https-only' }) })],
        },
      });
      template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
        OriginAccessControlConfig: { OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4' },
      });
    });

    test('lets this distribution ask the function, by its URL only', () => {
      const [, intrinsics] = intrinsicsOf(stack);
      const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map(({ Properties }) => intrinsics.resolve(Properties) as Record<string, unknown>);
      const distribution = expect.stringMatching(/^arn:aws:cloudfront::111122223333:distribution\/[^*]+$/);

      // Newer versions of CDK give the first of them as well.
      const given = new Map(permissions.map(({ FunctionName: _name, ...rest }) => [JSON.stringify(rest), rest]));
      expect([...given.values()].sort((a, b) => String(a.Action).length - String(b.Action).length)).toEqual([
        { Action: 'lambda:InvokeFunction', Principal: 'cloudfront.amazonaws.com', SourceArn: distribution, InvokedViaFunctionUrl: true },
        { Action: 'lambda:InvokeFunctionUrl', Principal: 'cloudfront.amazonaws.com', SourceArn: distribution },
      ]);
    });

    test.each<[string, 'allowed' | 'denied', string, string, Record<string, string>]>([
      ['the distribution, half of it', 'allowed', 'cloudfront.amazonaws.com', 'lambda:InvokeFunctionUrl', { 'aws:SourceArn': DISTRIBUTION }],
      ['the distribution, the other half', 'allowed', 'cloudfront.amazonaws.com', 'lambda:InvokeFunction', { 'aws:SourceArn': DISTRIBUTION, ...BY_URL }],
      ['the distribution, not by the URL', 'denied', 'cloudfront.amazonaws.com', 'lambda:InvokeFunction', { 'aws:SourceArn': DISTRIBUTION }],
      ['another distribution', 'denied', 'cloudfront.amazonaws.com', 'lambda:InvokeFunctionUrl', { 'aws:SourceArn': DISTRIBUTION.replace('EXAMPLE', 'OTHER') }],
      ['one of another account', 'denied', 'cloudfront.amazonaws.com', 'lambda:InvokeFunctionUrl', { 'aws:SourceArn': DISTRIBUTION.replace('1111', '9999') }],
      ['another service', 'denied', 'apigateway.amazonaws.com', 'lambda:InvokeFunction', BY_URL],
      ['everyone', 'denied', 'anonymous', 'lambda:InvokeFunctionUrl', {}],
      ['another account', 'denied', 'partner', 'lambda:InvokeFunctionUrl', {}],
      ['the account itself, which no policy of the function trusts', 'denied', 'owner', 'lambda:GetFunction', {}],
    ])('by its policy, %s is %s', async (_name, expected, principal, action, context) => {
      const [, intrinsics] = intrinsicsOf(stack);
      const functionArn = intrinsics.resolve(stack.resolve(view.handler.functionArn)) as string;
      const policy = functionPolicy(template.toJSON() as Resources, functionArn, intrinsics);
      const request = await prepare({ principal, action, resource: functionArn, resourceAccount: '999988887777', context });

      expect(await decide(policy, request)).toBe(expected);
    });

    test('tells the function whose tokens and which claims', () => {
      expect(settingsOf(stack, 'ENDPOINT_SETTINGS')).toMatchObject({
        issuer: { userPoolId: expect.any(String), clientIds: [expect.any(String)] }, grants: [{ claim: 'cognito:groups', value: 'analysts', prefix: 'orders/' }],
      });
    });

    test('hands tokens on past the signature of CloudFront, and none that is in their place', () => {
      const [{ Properties: { FunctionCode } }] = Object.values(template.findResources('AWS::CloudFront::Function'));
      const handler = new Function(`${FunctionCode}; return handler;`)() as (event: object) => { headers: object };
      const headersFor = (headers: object) => handler({ request: { headers } }).headers;

      expect(headersFor({ 'authorization': { value: 'Bearer a' }, 'x-viewer-authorization': { value: 'Bearer b' }, 'range': { value: 'bytes=0-' } }))
        .toEqual({ 'x-viewer-authorization': { value: 'Bearer a' }, 'range': { value: 'bytes=0-' } });
      expect(headersFor({ 'x-viewer-authorization': { value: 'Bearer b' } })).toEqual({});
    });

    test('warns of the certificate of CloudFront', () => {
      expect(view.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)).join()).toContain('TLS 1.0');
    });
  });

  test('takes TLS 1.2 at least under a name of its own', () => {
    const stack = newStack();
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/0123');
    const view = endpoint(stack, { jwtIssuer: OIDC, domainNames: ['view.example.com'], certificate, webAclId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b' });

    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Aliases: ['view.example.com'], ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' }, WebACLId: Match.anyValue() },
    });
    expect(view.url).toBe('https://view.example.com/');
    expect(view.node.metadata.filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
  });

  test('has alarms and a dashboard', () => {
    const stack = newStack();
    const view = endpoint(stack);

    expect(view.alarms.length).toBe(4);
    view.addAlarmAction(NOTIFY);
    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [TOPIC] });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Url5xxCount', EvaluationPeriods: 3 });
    expect(view.dashboard).toBeDefined();
  });

  test.each<[string, (stack: Stack) => unknown, RegExp]>([
    ['rules that are none', stack => endpoint(stack, { redaction: {} as Redaction }), /redaction is \{\}: give rules/],
    ['a hash without a key', stack => endpoint(stack, { redaction: Redaction.of({ mask: Mask.hash() }) }), /no key to hash with/],
    ['a key for nothing', stack => endpoint(stack, { hashKey: new secretsmanager.Secret(stack, 'Key') }), /hashes nothing/],
    ['SSE-C', stack => endpoint(stack, { bucket: new SecureBucket(stack, 'C', { encryption: Encryption.customerProvided() }) }), /SSE-C/],
    ['client-side encryption', stack => endpoint(stack, { bucket: new SecureBucket(stack, 'C', { encryption: Encryption.clientSide() }) }), /cipher text/],
    ['another Region', stack => endpoint(stack, { bucket: s3.Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'b-x', region: 'us-east-1' }) }), /us-east-1/],
    ['too long', stack => endpoint(stack, { timeout: Duration.minutes(16) }), /give 3 to 900 seconds/],
    ['no response', stack => endpoint(stack, { largestResponse: Size.bytes(0) }), /largestResponse is 0 bytes/],
    ['a number for a size', stack => endpoint(stack, { largestResponse: 5 as unknown as Size }), /largestResponse is 5: give a Size/],
    ['a text for keys', stack => endpoint(stack, { redactKeys: 'yes' as unknown as boolean }), /redactKeys is "yes": give true or false/],
    ['a certificate by its ARN', stack => endpoint(stack, { jwtIssuer: OIDC, domainNames: ['a.example.com'], certificate: 'arn:aws:acm' as unknown as acm.ICertificate }),
      /certificate is "arn:aws:acm": give a certificate/],
    ['a bucket for logs by its name', stack => endpoint(stack, { jwtIssuer: OIDC, logBucket: 'logs' as unknown as s3.IBucket }), /logBucket is "logs": give a bucket/],
    ['a name without an issuer', stack => endpoint(stack, { domainNames: ['view.example.com'] }), /domainNames is given, and without a jwtIssuer/],
    ['a name without a certificate', stack => endpoint(stack, { jwtIssuer: OIDC, domainNames: ['view.example.com'] }), /without a certificate/],
    ['logs without ACLs', stack => endpoint(stack, { jwtIssuer: OIDC, logBucket: new SecureBucket(stack, 'L') }), /by ACL/],
    ['a grant to an account', stack => endpoint(stack).grantRead(new iam.AccountPrincipal('444455556666')), /neither a role nor a user/],
    ['a grant to a service', stack => endpoint(stack).grantRead(new iam.ServicePrincipal('athena.amazonaws.com')), /neither a role nor a user/],
    ['a grant outside', stack => endpoint(stack, { prefixes: ['orders/'] }).grantRead(role(stack), 'secret/'), /grant below one of its prefixes/],
    ['a grant to a text', stack => endpoint(stack).grantRead('arn:aws:iam::111122223333:role/r' as never), /the grantee of grantRead is "arn:aws:iam::111122223333:role\/r"/],
    ['a grant below a number', stack => endpoint(stack).grantRead(role(stack), 2026 as never), /prefix is 2026: give a text/],
    ['no issuer at all', () => JwtIssuer.oidc(undefined as never), /options is missing: give issuer and audience/],
    ['a claim without an issuer', stack => endpoint(stack).grantReadToClaim('a', 'b'), /the endpoint takes none/],
    ['a claim without a value', stack => endpoint(stack, { jwtIssuer: OIDC }).grantReadToClaim('a', ''), /give the name of a claim/],
    ['a value that is missing', stack => endpoint(stack, { jwtIssuer: OIDC }).grantReadToClaim('a', undefined as unknown as string), /names the claim "a" with the value missing/],
    ['a pool by its id', stack => JwtIssuer.cognito('eu-west-1_AbCdEf' as unknown as cognito.IUserPool, [new cognito.UserPool(stack, 'Pool').addClient('Client')]),
      /userPool is "eu-west-1_AbCdEf": give a user pool/],
    ['clients by their id', stack => JwtIssuer.cognito(new cognito.UserPool(stack, 'Pool'), ['abc'] as unknown as cognito.IUserPoolClient[]), /clients is \["abc"\]/],
    ['a URL without an issuer', stack => endpoint(stack).url, /use functionUrl/],
    ['no clients', stack => JwtIssuer.cognito(new cognito.UserPool(stack, 'Pool'), []), /tokens of all others are refused/],
    ['an issuer over HTTP', () => JwtIssuer.oidc({ issuer: 'http://login.example.com', audience: ['a'] }), /https:\/\/host\/path/],
    ['keys over HTTP', () => JwtIssuer.oidc({ issuer: 'https://login.example.com', audience: ['a'], jwksUri: 'http://login.example.com/k' }), /jwksUri is/],
    ['nobody as audience', () => JwtIssuer.oidc({ issuer: 'https://login.example.com', audience: [] }), /for whom the tokens are/],
  ])('refuses %s', (_name, make, message) => expect(() => make(newStack())).toThrow(message));

  test('refuses more grants than the function can be given', () => {
    const stack = newStack();
    const view = endpoint(stack, { jwtIssuer: OIDC });
    Array.from({ length: 60 }, (_each, index) => view.grantReadToClaim('groups', `analysts-${index}`, `orders/of-a-region/${index}/`));

    expect(() => Template.fromStack(stack)).toThrow(/its 60 grants take about \d{4} of the 3500 bytes/);
  });
});

describe('RedactedCopy', () => {
  test('follows the events of the source, with a queue for what fails', () => {
    const stack = newStack();
    const made = copy(stack, { prefixes: ['orders/', 'returns/'], destinationPrefix: 'redacted/', maximumConcurrency: 5 });
    made.addAlarmAction(NOTIFY);
    const template = Template.fromStack(stack);

    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.s3'],
        'detail-type': ['Object Created', 'Object Deleted'],
        'detail': { bucket: { name: [Match.anyValue()] }, object: { key: [{ prefix: 'orders/' }, { prefix: 'returns/' }] } },
      },
    });
    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 5400, RedrivePolicy: { maxReceiveCount: 5 }, SqsManagedSseEnabled: true });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateAgeOfOldestMessage' });
    expect(made.alarms.length).toBe(5);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [TOPIC] });
    expect(synth(stack.node.root as never).rules).toEqual([]);
    expect(settingsOf(stack, 'COPY_SETTINGS')).toMatchObject({ destinationPrefix: 'redacted/', prefixes: ['orders/', 'returns/'], deletes: true });
  });

  test('lets its function read the one and write the other, below the prefixes, and nothing else', () => {
    const stack = newStack();
    copy(stack, {
      source: new SecureBucket(stack, 'Originals', { encryption: Encryption.kms(), eventBridge: true }),
      destination: new SecureBucket(stack, 'Copies', { encryption: Encryption.kms() }),
      prefixes: ['orders/'],
      destinationPrefix: 'redacted/',
    });
    const rights = rightsOf(stack, 'FunctionPartsRole').filter(right => /^(s3|kms):/.test(right));
    const through = (name: RegExp) => rights.filter(right => name.test(right.split(' ')[1])).map(right => right.split(' ')[0]);

    expect(through(/copy-source/)).toEqual(['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']);
    expect(through(/copy-copies/)).toEqual([
      's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListMultipartUploadParts', 's3:PutObject',
    ]);
    expect(rights.filter(right => /^s3:(Get|Put|Delete)Object/.test(right)).every(right => /\/object\/(orders|redacted)\/\*$/.test(right))).toBe(true);
    expect(rights.filter(right => right.startsWith('kms:')).map(right => right.split(' ')[0])).toEqual(['kms:Decrypt', 'kms:Decrypt', 'kms:GenerateDataKey']);
    expect(rights.length).toBe(13);
  });

  test.each([
    [{ reservedConcurrentExecutions: 10 }, { MaximumConcurrency: 10 }],
    [{ reservedConcurrentExecutions: 1 }, { MaximumConcurrency: 2 }],
    [{ reservedConcurrentExecutions: 10, maximumConcurrency: 5 }, { MaximumConcurrency: 5 }],
    [{}, Match.absent()],
  ])('takes no more events than its function takes on: %j', (props, scaling) => {
    const stack = newStack();
    copy(stack, props);

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: scaling });
  });

  test('deletes nothing if copies are kept', () => {
    const stack = newStack();
    copy(stack, { deletes: false });

    expect(rightsOf(stack, 'FunctionPartsRole').filter(right => right.includes('Delete') && right.startsWith('s3:'))).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { 'detail-type': ['Object Created'] } });
  });

  test('has jobs of S3 Batch Operations ask the function, in the name of this account', () => {
    const stack = newStack();
    const made = copy(stack, { prefixes: ['orders/'], reports: new SecureBucket(stack, 'Reports') });
    const [, intrinsics] = intrinsicsOf(stack);
    const command = intrinsics.resolve(stack.resolve(made.backfillCommand)) as string;
    const [operation, generator, report] = [...command.matchAll(/--(?:operation|manifest-generator|report) '([^']+)'/g)].map(([, json]) => JSON.parse(json));

    expect(operation).toEqual({ LambdaInvoke: { FunctionArn: expect.stringContaining(':function:'), InvocationSchemaVersion: '2.0' } });
    expect(generator).toEqual({
      S3JobManifestGenerator: { SourceBucket: expect.stringMatching(/^arn:aws:s3:::/), EnableManifestOutput: false, Filter: { KeyNameConstraint: { MatchAnyPrefix: ['orders/'] } } },
    });
    expect(report).toMatchObject({ Enabled: true, ReportScope: 'FailedTasksOnly', Prefix: 'redacted-copy' });
    expect(rightsOf(stack, 'CopyBatchRole').map(right => right.split(' ')[0])).toEqual([
      'lambda:InvokeFunction', 'lambda:InvokeFunction', 's3:PutInventoryConfiguration', ...rightsOf(stack, 'CopyBatchRole').map(right => right.split(' ')[0]).filter(action => /^s3:PutObject|^s3:Abort/.test(action)),
    ].sort());
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'batchoperations.s3.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': ENV.account } } })],
      },
    });
  });

  test.each<[string, (stack: Stack) => s3.IBucket, number]>([
    ['natively', stack => new SecureBucket(stack, 'Originals', { eventBridge: true }), 0],
    ['by the custom resource of CDK', stack => new SecureBucket(stack, 'Originals'), 1],
    ['of a plain bucket', stack => new s3.Bucket(stack, 'Originals'), 1],
  ])('has the source send events %s', (_name, source, count) => {
    const stack = newStack();
    copy(stack, { source: source(stack) });

    Template.fromStack(stack).resourceCountIs('Custom::S3BucketNotifications', count);
  });

  test('says what an imported source has to do', () => {
    const stack = newStack();
    const made = copy(stack, { source: s3.Bucket.fromBucketName(stack, 'Originals', 'example-data') });

    expect(made.node.metadata.map(({ data }) => String(data)).join()).toContain('if it sends them to EventBridge');
  });

  test.each<[string, (stack: Stack) => unknown, RegExp]>([
    ['one bucket', stack => {
      const bucket = new SecureBucket(stack, 'Data');
      return copy(stack, { source: bucket, destination: bucket, destinationPrefix: 'redacted/' });
    }, /source and destination are one bucket/],
    ['one bucket under two ids', stack => copy(stack, {
      source: s3.Bucket.fromBucketName(stack, 'A', 'example-data'), destination: s3.Bucket.fromBucketName(stack, 'B', 'example-data'),
    }), /one bucket/],
    ['one bucket of a reference', stack => {
      const { bucketName } = new SecureBucket(stack, 'Data');
      return copy(stack, { source: s3.Bucket.fromBucketName(stack, 'A', bucketName), destination: s3.Bucket.fromBucketName(stack, 'B', bucketName) });
    }, /one bucket/],
    ['a circle', stack => {
      const [one, two, three] = ['One', 'Two', 'Three'].map(id => new SecureBucket(stack, id));
      new RedactedCopy(stack, 'First', { source: one, destination: two, redaction });
      new RedactedCopy(stack, 'Second', { source: two, destination: three, redaction });
      return copy(stack, { source: three, destination: one });
    }, /copied again without end/],
    ['a source with SSE-C', stack => copy(stack, { source: new SecureBucket(stack, 'C', { encryption: Encryption.customerProvided() }) }), /SSE-C/],
    ['a destination with SSE-C', stack => copy(stack, { destination: new SecureBucket(stack, 'C', { encryption: Encryption.customerProvided() }) }), /SSE-C/],
    ['a destination that clients encrypt', stack => copy(stack, { destination: new SecureBucket(stack, 'C', { encryption: Encryption.clientSide() }) }), /by its clients/],
    ['another account', stack => copy(stack, { source: s3.Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'b-x', account: '444455556666' }) }), /444455556666/],
    ['a prefix within a name', stack => copy(stack, { destinationPrefix: 'redacted' }), /with a slash at its end/],
    ['a prefix that nobody knows', stack => copy(stack, { destinationPrefix: Token.asString({ Ref: 'A' }) }), /write it out/],
    ['a destination that is none', stack => copy(stack, { destination: 'copies' as never }), /destination is "copies"/],
    ['no options', stack => new RedactedCopy(stack, 'Copy', undefined as never), /\[Stack\/Copy\] redaction is missing/],
    ['a text for deletions', stack => copy(stack, { deletes: 'false' as unknown as boolean }), /deletes is "false": give true or false/],
    ['a bucket for reports by its name', stack => copy(stack, { reports: 'reports' as unknown as s3.IBucket }), /reports is "reports": give a bucket/],
    ['one at once', stack => copy(stack, { maximumConcurrency: 1 }), /maximumConcurrency is 1: give a whole number from 2 to 1000/],
    ['more at once than the function takes on', stack => copy(stack, { maximumConcurrency: 5, reservedConcurrentExecutions: 4 }), /maximumConcurrency is 5/],
  ])('refuses %s', (_name, make, message) => expect(() => make(newStack())).toThrow(message));

  test('copies of a bucket into several, and of several into one', () => {
    const stack = newStack();
    const [one, two, three] = ['One', 'Two', 'Three'].map(id => new SecureBucket(stack, id, { eventBridge: true }));
    new RedactedCopy(stack, 'First', { source: one, destination: three, destinationPrefix: 'one/', redaction });
    new RedactedCopy(stack, 'Second', { source: two, destination: three, destinationPrefix: 'two/', redaction });

    expect(() => new RedactedCopy(stack, 'Third', { source: one, destination: two, destinationPrefix: 'x/', redaction })).not.toThrow();
  });
});

test('an endpoint reads through an access point that is checked as any other', () => {
  const stack = newStack();
  const view = endpoint(stack, { prefixes: ['orders/'] });

  expect(view.accessPoint).toBeInstanceOf(AccessPoint);
  (view.accessPoint.node.defaultChild as s3.CfnAccessPoint).addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicPolicy', false);
  expect(synth(stack.node.root as never).rules).toEqual(['access-point-public-access-blocked']);
});
