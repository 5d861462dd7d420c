import {
  BootstraplessSynthesizer, CfnParameter, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, IStackSynthesizer, LegacyStackSynthesizer,
  NestedStack, RemovalPolicy, Stack,
} from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { NetworkPerimeter, NetworkPerimeterOptions } from '../../src/bucket/network-perimeter';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { SecureBucketProps } from '../../src/bucket/secure-bucket-props';
import { ENV, newApp, newStack, statement, templateOf } from '../checks/synth';

const VPCE = 'vpce-0123456789abcdef0';
const VPC = 'vpc-0123456789abcdef0';
const EXECUTION_ROLE = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1' };
const SERVICE_LINKED_ROLES = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/aws-service-role/*']] };
const HANDLER_ROLE = { 'Fn::GetAtt': [expect.stringMatching(/^BucketNotificationsHandler050a0587b7544547bf325f094a3db834Role/), 'Arn'] };
const AUTO_DELETE_ROLE = { 'Fn::GetAtt': [expect.stringMatching(/^CustomS3AutoDeleteObjectsCustomResourceProviderRole/), 'Arn'] };

function bucketIn(stack: Stack, options: NetworkPerimeterOptions = { vpcIds: [VPC] }, props: SecureBucketProps = {}): SecureBucket {
  return new SecureBucket(stack, 'Data', { network: NetworkPerimeter.of(options), ...props });
}

function perimeter(stack: Stack): any {
  return statement(templateOf(stack), 'NetworkPerimeter');
}

function exemptRoles(stack: Stack): any[] {
  return perimeter(stack).Condition.ArnNotLikeIfExists['aws:PrincipalArn'];
}

describe('the statement', () => {
  test('refuses everything from outside all of the networks', () => {
    const stack = newStack();
    bucketIn(stack, { vpcEndpointIds: [VPCE], vpcIds: [VPC], cidrs: ['203.0.113.0/24', '2001:db8::/32'] });
    expect(perimeter(stack)).toEqual({
      Sid: 'NetworkPerimeter',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, '/*']] }],
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceVpce': [VPCE], 'aws:SourceVpc': [VPC] },
        NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
        ArnNotLikeIfExists: { 'aws:PrincipalArn': [EXECUTION_ROLE, SERVICE_LINKED_ROLES] },
      },
    });
  });

  test.each<[string, NetworkPerimeterOptions, object]>([
    ['VPC endpoints', { vpcEndpointIds: [VPCE] }, { StringNotEqualsIfExists: { 'aws:SourceVpce': [VPCE] } }],
    ['VPCs', { vpcIds: [VPC] }, { StringNotEqualsIfExists: { 'aws:SourceVpc': [VPC] } }],
    ['addresses', { cidrs: ['203.0.113.7/32'] }, { NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.7/32'] } }],
  ])('names %s alone, without an empty operator beside them', (_name, options, operators) => {
    const stack = newStack();
    bucketIn(stack, options);
    const { BoolIfExists: _services, ArnNotLikeIfExists: _roles, ...networks } = perimeter(stack).Condition;
    expect(networks).toEqual(operators);
  });

  test('refuses services that act for another account', () => {
    const stack = newStack();
    bucketIn(stack);
    expect(statement(templateOf(stack), 'NetworkPerimeterServices')).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Condition: {
        Bool: { 'aws:PrincipalIsAWSService': 'true' }, Null: { 'aws:SourceAccount': 'false' }, StringNotEquals: { 'aws:SourceAccount': '111122223333' },
      },
    });
  });

  test('leaves the judgement of services to organizationId', () => {
    const stack = newStack();
    bucketIn(stack, undefined, { organizationId: 'o-exampleorg1' });
    const template = templateOf(stack);
    expect(statement(template, 'NetworkPerimeterServices')).toBeUndefined();
    expect(statement(template, 'OrganizationServices')).toBeDefined();
  });
});

describe('ids', () => {
  test('of resources of the stack and of parameters pass', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const endpoint = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    bucketIn(stack, {
      vpcEndpointIds: [endpoint.vpcEndpointId], vpcIds: [vpc.vpcId], cidrs: [new CfnParameter(stack, 'Office').valueAsString],
    });
    expect(perimeter(stack).Condition).toMatchObject({
      StringNotEqualsIfExists: { 'aws:SourceVpce': [{ Ref: expect.stringMatching(/^VpcS3/) }], 'aws:SourceVpc': [{ Ref: expect.stringMatching(/^Vpc/) }] },
      NotIpAddressIfExists: { 'aws:SourceIp': [{ Ref: 'Office' }] },
    });
  });

  test.each([VPCE, 'vpce-01234567'])('%s is an endpoint', id => {
    expect(() => NetworkPerimeter.of({ vpcEndpointIds: [id] })).not.toThrow();
  });

  test.each(['', VPC, 'vpce', 'vpce-', 'vpce-0123', 'vpce-0123456789ABCDEF0', 'vpce-0123456789abcdef01', 'vpce-xyz45678', ' vpce-01234567', 'vpce-*', '*',
    'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'])('%p is no endpoint', id => {
    expect(() => NetworkPerimeter.of({ vpcEndpointIds: [VPCE, id] })).toThrow(
      `[NetworkPerimeter.of] '${id}' in vpcEndpointIds is not an id of the form ^vpce-[0-9a-f]{8,17}$: give the id as EC2 shows it`);
  });

  test.each(['', VPCE, 'vpc', 'vpc-', 'vpc-12345', 'vpc-*', 'VPC-01234567', 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-01234567'])('%p is no VPC', id => {
    expect(() => NetworkPerimeter.of({ vpcIds: [id] })).toThrow(`[NetworkPerimeter.of] '${id}' in vpcIds is not an id of the form ^vpc-[0-9a-f]{8,17}$`);
  });
});

describe('CIDR blocks', () => {
  test.each(['203.0.113.0/24', '203.0.113.7/32', '8.0.0.0/8', '2001:db8::/32', '2001:db8:0:1::/64', '2a00:1450:4001:81b::200e/128'])('%s is taken', cidr => {
    expect(() => NetworkPerimeter.of({ cidrs: [cidr] })).not.toThrow();
  });

  test.each<[string, string]>([
    ['10.0.0.0/8', 'overlaps 10.0.0.0/8, which is not public: aws:SourceIp never holds such an address'],
    ['172.16.5.0/24', 'overlaps 172.16.0.0/12, which is not public'],
    ['192.168.1.0/24', 'overlaps 192.168.0.0/16, which is not public'],
    ['fd00::/8', 'overlaps fc00::/7, which is not public'],
    ['0.0.0.0/0', 'lets the whole internet in'],
    ['203.0.113.7', 'is not a CIDR block such as 203.0.113.0/24 or 2001:db8::/32'],
  ])('%s is refused', (cidr, problem) => {
    expect(() => NetworkPerimeter.of({ cidrs: ['203.0.113.0/24', cidr] })).toThrow(`[NetworkPerimeter.of] the CIDR block '${cidr}' ${problem}`);
  });

  test('the remedy is to name private networks by their VPC', () => {
    expect(() => NetworkPerimeter.of({ cidrs: ['10.0.0.0/8'] })).toThrow(
      /: name public blocks in cidrs, and private networks by vpcEndpointIds or vpcIds$/);
  });
});

test.each<[string, NetworkPerimeterOptions]>([
  ['nothing', {}],
  ['empty lists', { vpcEndpointIds: [], vpcIds: [], cidrs: [] }],
  ['deploy roles only', { deployRoles: [iam.Role.fromRoleName(new Stack(), 'Deploy', 'deploy')] }],
])('a perimeter of %s is refused', (_name, options) => {
  expect(() => NetworkPerimeter.of(options)).toThrow(
    '[NetworkPerimeter.of] no network is named, so that every request would be refused: name a VPC endpoint, a VPC or a public CIDR block');
});

describe('deploy roles', () => {
  test('an empty list is refused', () => {
    expect(() => NetworkPerimeter.of({ vpcIds: [VPC], deployRoles: [] })).toThrow(
      '[NetworkPerimeter.of] deployRoles is empty, so that nobody outside the networks could change the bucket policy again: '
      + 'name the role that deploys this stack, or leave deployRoles out to use the one of the CDK bootstrap');
  });

  test('pass beside that of the bootstrap, without which the stack could not be deployed again', () => {
    const stack = newStack();
    bucketIn(stack, { vpcIds: [VPC], deployRoles: [iam.Role.fromRoleArn(stack, 'Deploy', 'arn:aws:iam::111122223333:role/deploy')] });
    expect(exemptRoles(stack)).toEqual([EXECUTION_ROLE, 'arn:aws:iam::111122223333:role/deploy', SERVICE_LINKED_ROLES]);
  });

  test.each(['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/deploy-?'])('%s, which stands for many, is refused', arn => {
    expect(() => NetworkPerimeter.of({ vpcIds: [VPC], deployRoles: [iam.Role.fromRoleArn(newStack(), 'Deploy', arn)] }))
      .toThrow(`[NetworkPerimeter.of] '${arn}' in deployRoles holds a wildcard: name each role by its whole ARN`);
  });

  test('of the bootstrap are named for any account and Region', () => {
    const stack = new Stack(newApp(), 'Stack');
    bucketIn(stack);
    expect(exemptRoles(stack)[0]).toEqual({
      'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-cfn-exec-role-${AWS::AccountId}-${AWS::Region}',
    });
  });

  test.each<[string, IStackSynthesizer, unknown]>([
    ['another qualifier', new DefaultStackSynthesizer({ qualifier: 'other' }),
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::111122223333:role/cdk-other-cfn-exec-role-111122223333-eu-west-1' }],
    ['a role of its own', new DefaultStackSynthesizer({ cloudFormationExecutionRole: 'arn:aws:iam::111122223333:role/deploy' }), 'arn:aws:iam::111122223333:role/deploy'],
    ['no bootstrap but a role', new BootstraplessSynthesizer({ cloudFormationExecutionRoleArn: 'arn:aws:iam::111122223333:role/deploy' }), 'arn:aws:iam::111122223333:role/deploy'],
  ])('of a synthesizer with %s', (_name, synthesizer, role) => {
    const stack = newStack({ env: ENV, synthesizer });
    bucketIn(stack);
    expect(exemptRoles(stack)[0]).toEqual(role);
  });

  test.each<[string, () => IStackSynthesizer]>([
    ['LegacyStackSynthesizer', () => new LegacyStackSynthesizer()],
    ['CliCredentialsStackSynthesizer', () => new CliCredentialsStackSynthesizer()],
  ])('of a %s are not known, so they must be named', (_name, synthesizer) => {
    const refused = '[Stack/Data] the network perimeter would lock out whoever deploys this stack, and its synthesizer names no role: '
      + 'name the role that deploys the stack in deployRoles of NetworkPerimeter.of';
    expect(() => bucketIn(newStack({ env: ENV, synthesizer: synthesizer() }))).toThrow(refused);
    expect(() => bucketIn(new NestedStack(newStack({ env: ENV, synthesizer: synthesizer() }), 'Nested'))).toThrow(refused.replace('Stack/Data', 'Stack/Nested/Data'));

    const stack = newStack({ env: ENV, synthesizer: synthesizer() });
    bucketIn(stack, { vpcIds: [VPC], deployRoles: [iam.Role.fromRoleArn(stack, 'Deploy', 'arn:aws:iam::111122223333:role/deploy')] });
    expect(exemptRoles(stack)[0]).toBe('arn:aws:iam::111122223333:role/deploy');
  });

  test('of a nested stack are those of its parent', () => {
    const stack = newStack({ env: ENV, synthesizer: new DefaultStackSynthesizer({ cloudFormationExecutionRole: 'arn:aws:iam::111122223333:role/deploy' }) });
    const nested = new NestedStack(new NestedStack(stack, 'Outer'), 'Inner');
    bucketIn(nested);
    expect(exemptRoles(nested)[0]).toBe('arn:aws:iam::111122223333:role/deploy');
  });
});

describe('the helpers of the CDK pass', () => {
  const notify = (bucket: SecureBucket) =>
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(new sqs.Queue(bucket.stack, 'Queue')));

  test('for notifications, which are added after the construction', () => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    notify(bucket);
    expect(exemptRoles(stack)).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES, HANDLER_ROLE]);
  });

  test('not for notifications of another bucket', () => {
    const stack = newStack();
    bucketIn(stack);
    notify(new SecureBucket(stack, 'Other'));
    expect(statement(templateOf(stack), 'NetworkPerimeter', stack.resolve((stack.node.findChild('Data') as s3.Bucket).bucketName).Ref)
      .Condition.ArnNotLikeIfExists['aws:PrincipalArn']).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES]);
  });

  test('for notifications of a nested stack', () => {
    const nested = new NestedStack(newStack(), 'Nested');
    notify(bucketIn(nested));
    expect(exemptRoles(nested)).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES, HANDLER_ROLE]);
  });

  test('for replication of the bucket, which S3 reads with a role', () => {
    const stack = newStack();
    bucketIn(stack, undefined, { replicationRules: [{ destination: new s3.Bucket(stack, 'Copies', { versioned: true }) }] });
    expect(exemptRoles(stack)).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES, { 'Fn::GetAtt': [expect.stringMatching(/^DataReplicationRole/), 'Arn'] }]);
  });

  test('for autoDeleteObjects', () => {
    const stack = newStack();
    bucketIn(stack, undefined, { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    expect(exemptRoles(stack)).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES, AUTO_DELETE_ROLE]);
  });

  test('for both', () => {
    const stack = newStack();
    const bucket = bucketIn(stack, undefined, { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    notify(bucket);
    expect(exemptRoles(stack)).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES, HANDLER_ROLE, AUTO_DELETE_ROLE]);
  });

  test('for EventBridge together with a notification', () => {
    const stack = newStack();
    notify(bucketIn(stack, undefined, { eventBridge: true }));
    expect(exemptRoles(stack)).toContainEqual(HANDLER_ROLE);
  });

  test('not for native EventBridge, which has none', () => {
    const stack = newStack();
    bucketIn(stack, undefined, { eventBridge: true });
    expect(exemptRoles(stack)).toEqual([EXECUTION_ROLE, SERVICE_LINKED_ROLES]);
  });

  test('under the role that was given for notifications', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Handler', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    notify(bucketIn(stack, undefined, { notificationsHandlerRole: role }));
    expect(exemptRoles(stack)[2]).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Handler/), 'Arn'] });
  });

  test('under the role that the handler of the stack really has, which the first bucket chose', () => {
    const stack = newStack();
    const first = new SecureBucket(stack, 'First');
    first.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(new sqs.Queue(stack, 'FirstQueue')));
    const role = new iam.Role(stack, 'Handler', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const bucket = bucketIn(stack, undefined, { notificationsHandlerRole: role });
    notify(bucket);
    const template = templateOf(stack);
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions).toHaveLength(1);
    expect(statement(template, 'NetworkPerimeter', stack.resolve(bucket.bucketName).Ref).Condition.ArnNotLikeIfExists['aws:PrincipalArn'])
      .toContainEqual(functions[0].Properties.Role);
  });
});

test('one perimeter serves several buckets and stacks', () => {
  const app = newApp();
  const network = NetworkPerimeter.of({ vpcIds: [VPC] });
  const stacks = ['eu-west-1', 'us-east-1'].map(region => new Stack(app, region, { env: { ...ENV, region } }));
  stacks.forEach(stack => new SecureBucket(stack, 'Data', { network }));
  expect(stacks.map(stack => exemptRoles(stack)[0]['Fn::Sub'])).toEqual([
    expect.stringMatching(/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1$/), expect.stringMatching(/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1$/),
  ]);
});
