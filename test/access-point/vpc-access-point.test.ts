import { App, CfnParameter, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { accessPointArn, allowedByAccessPoints, arn, jsonIn, PARTNER_ENV, propertiesOf, resourcesOf, sidsOf, warningsOf } from './templates';
import { AwsServiceBucket } from '../../src/access-point/aws-service-bucket';
import { VpcAccessPoint, VpcAccessPointProps } from '../../src/access-point/vpc-access-point';
import { NetworkPerimeter } from '../../src/bucket/network-perimeter';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { ENV, newApp, newStack, statement, synth, synthOf, templateOf } from '../checks/synth';

const S3 = ec2.GatewayVpcEndpointAwsService.S3;
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const EVERYTHING = new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['s3:GetObject'], resources: ['arn:aws:s3:::example-artifacts/*'] });

function vpcIn(stack: Stack, id = 'Vpc', props: ec2.VpcProps = {}): ec2.Vpc {
  return new ec2.Vpc(stack, id, { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false, ...props });
}

function made(props: Partial<VpcAccessPointProps> = {}, stack = newStack(), id = 'Jobs'): VpcAccessPoint {
  return new VpcAccessPoint(stack, id, {
    name: id.toLowerCase(),
    ...props,
    bucket: props.bucket ?? new SecureBucket(stack, `${id}Data`),
    vpc: props.vpc ?? vpcIn(stack, `${id}Vpc`),
  });
}

function stacksOf(app: App, ...ids: string[]): Stack[] {
  return ids.map(id => new Stack(app, id, { env: ENV }));
}

/** A resource of CloudFormation that a template refers to. */
const ref = (start: string) => ({ Ref: expect.stringMatching(new RegExp(`^${start}`)) });
const bucketArns = (start: string) => {
  const own = { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${start}`)), 'Arn'] };
  return [own, { 'Fn::Join': ['', [own, '/*']] }];
};
const throughEndpoint = (...names: string[]) => ({
  Sid: 'AccessPointsAndBuckets',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:*',
  Resource: names.flatMap(name => [accessPointArn(name), accessPointArn(name, '/object/*'), ...bucketArns(`${name[0].toUpperCase()}${name.slice(1)}Data`)]),
});

describe('by default', () => {
  test('the access point is of the VPC, and refuses what comes from elsewhere', () => {
    const { stack } = made();
    const { VpcConfiguration, Policy, PublicAccessBlockConfiguration: flags } = propertiesOf(stack, 'AWS::S3::AccessPoint');
    expect(VpcConfiguration).toEqual({ VpcId: ref('JobsVpc') });
    expect(flags).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    expect(sidsOf(Policy)).toEqual(['TlsOnly', 'VpcOnly']);
    expect(Policy.Statement[1]).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: [accessPointArn('jobs'), accessPointArn('jobs', '/object/*')],
      Condition: { StringNotEquals: { 'aws:SourceVpc': ref('JobsVpc') } },
    });
  });

  test('a gateway endpoint is made for all subnets, with a policy for the access point and the bucket', () => {
    const { stack } = made();
    const properties = propertiesOf(stack, ENDPOINT);
    expect(properties).toMatchObject({ VpcEndpointType: 'Gateway', VpcId: ref('JobsVpc'), RouteTableIds: [ref('JobsVpc'), ref('JobsVpc')] });
    expect(JSON.stringify(properties.ServiceName)).toContain('.s3"');
    expect(properties.PolicyDocument.Statement).toEqual([throughEndpoint('jobs')]);
  });

  test('there is neither a warning nor a finding', () => {
    const { stack } = made({ prefixes: ['jobs/'] });
    expect(warningsOf(stack)).toEqual([]);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('everyone is not granted access, but everyone in the VPC is', () => {
    const accessPoint = made();
    expect(() => accessPoint.grantRead(new iam.AnyPrincipal())).toThrow('[Stack/Jobs] a grant to everyone would make the policy of the access point public');
    accessPoint.grantRead(new iam.AnyPrincipal().withConditions({ StringEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }));
    expect(allowedByAccessPoints(accessPoint.stack)).toHaveLength(2);
  });
});

describe('the gateway endpoint', () => {
  test('is one for all access points of a VPC, and lets each through', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const [jobs, reports] = ['Jobs', 'Reports'].map(id => made({ vpc }, stack, id));
    expect(jobs.endpoint).toBe(reports.endpoint);
    expect(propertiesOf(stack, ENDPOINT).PolicyDocument.Statement).toEqual([throughEndpoint('jobs', 'reports')]);
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('names a bucket once, however many access points it has', () => {
    const stack = newStack();
    const [vpc, bucket] = [vpcIn(stack), new SecureBucket(stack, 'Data')];
    ['Job1', 'Job2', 'Job3'].forEach(id => made({ vpc, bucket }, stack, id));
    expect(propertiesOf(stack, ENDPOINT).PolicyDocument.Statement[0].Resource).toHaveLength(3 * 2 + 2);
  });

  test('is one for each VPC', () => {
    const stack = newStack();
    ['Jobs', 'Reports'].forEach(id => made({}, stack, id));
    expect(resourcesOf(stack, ENDPOINT).map(({ Properties }) => Properties.VpcId)).toEqual([ref('JobsVpc'), ref('ReportsVpc')]);
  });

  test.each<[string, (stack: Stack) => ec2.IVpc]>([
    ['of the option of the VPC', stack => vpcIn(stack, 'Vpc', { gatewayEndpoints: { Dynamo: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB }, S3: { service: S3 } } })],
    ['added to the VPC', stack => {
      const vpc = vpcIn(stack);
      vpc.addGatewayEndpoint('Dynamo', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB });
      vpc.addGatewayEndpoint('S3', { service: S3 });
      return vpc;
    }],
    ['of its own', stack => {
      const vpc = vpcIn(stack);
      new ec2.GatewayVpcEndpoint(stack, 'S3', { vpc, service: S3 });
      return vpc;
    }],
    ['of an imported VPC', stack => {
      const attributes = { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'] };
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', attributes);
      new ec2.GatewayVpcEndpoint(stack, 'S3', { vpc, service: S3 });
      return ec2.Vpc.fromVpcAttributes(stack, 'Again', attributes);
    }],
  ])('that is there, %s, is reused: a warning, since it had no policy', (_where, vpcOf) => {
    const stack = newStack();
    made({ vpc: vpcOf(stack) }, stack);
    const ofS3 = resourcesOf(stack, ENDPOINT).filter(({ Properties }) => JSON.stringify(Properties.ServiceName).includes('.s3"'));
    expect(ofS3.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([[throughEndpoint('jobs')]]);
    const told = warningsOf(stack);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/S3\] had no policy and let requests through to every bucket; now .* Add what else comes this way with addToPolicy.*annotation::endpoint-policy/is);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('of another service is neither reused nor touched', () => {
    const stack = newStack();
    made({ vpc: vpcIn(stack, 'Vpc', { gatewayEndpoints: { Dynamo: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB } } }) }, stack);
    const endpoints = resourcesOf(stack, ENDPOINT).map(({ Properties }) => Properties);
    expect(endpoints).toHaveLength(2);
    const untouched = endpoints.filter(({ PolicyDocument }) => PolicyDocument === undefined);
    expect(untouched.map(({ ServiceName }) => JSON.stringify(ServiceName))).toEqual([expect.stringContaining('.dynamodb')]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('warns once', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    vpc.addGatewayEndpoint('S3', { service: S3 });
    ['Jobs', 'Reports'].forEach(id => made({ vpc }, stack, id));
    expect(warningsOf(stack)).toHaveLength(1);
  });

  test.each(['before', 'after'])('warns no more once it was acknowledged, %s the access point', when => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const endpoint = vpc.addGatewayEndpoint('S3', { service: S3 });
    const steps = [() => Validations.of(endpoint).acknowledge({ id: 'endpoint-policy', reason: 'only jobs use it' }), () => made({ vpc }, stack)];
    (when === 'before' ? steps : steps.reverse()).forEach(step => step());
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with a policy keeps its statements, without a warning', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    vpc.addGatewayEndpoint('S3', { service: S3 }).addToPolicy(EVERYTHING);
    made({ vpc }, stack);
    expect(propertiesOf(stack, ENDPOINT).PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-artifacts/*' }, throughEndpoint('jobs'),
    ]);
    expect(warningsOf(stack)).toEqual([]);
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('that comes after the access point would be a second one: an error', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    made({ vpc }, stack);
    vpc.addGatewayEndpoint('S3', { service: S3 });
    expect(() => synthOf(stack)).toThrow('[Stack/Vpc/S3] is a second gateway endpoint for Amazon S3 in [Stack/Vpc], beside the one that [Stack/Jobs] made: create it before');
  });

  test.each<[string, (stack: Stack) => ec2.IVpc]>([
    ['no subnets', stack => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] })],
    ['subnets without route tables', stack => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] })],
  ])('cannot be made in an imported VPC with %s', (_what, vpcOf) => {
    const stack = newStack();
    expect(() => made({ vpc: vpcOf(stack) }, stack))
      .toThrow('[Stack/Jobs] the route tables of [Stack/Vpc] are not known, so a gateway endpoint cannot be made: give the endpoint for Amazon S3 that the VPC has');
  });

  test('is made in an imported VPC with route tables', () => {
    const stack = newStack();
    made({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
      }),
    }, stack);
    expect(propertiesOf(stack, ENDPOINT)).toMatchObject({ VpcId: 'vpc-1', RouteTableIds: ['rtb-1'] });
  });
});

describe('an endpoint that is given', () => {
  test.each<[string, (vpc: ec2.Vpc) => ec2.IVpcEndpoint]>([
    ['gateway', vpc => vpc.addGatewayEndpoint('S3', { service: S3 })],
    ['interface', vpc => vpc.addInterfaceEndpoint('S3', { service: ec2.InterfaceVpcEndpointAwsService.S3 })],
    ['interface by name', vpc => vpc.addInterfaceEndpoint('S3', { service: new ec2.InterfaceVpcEndpointService('com.amazonaws.eu-west-1.s3') })],
  ])('%s: only requests through it pass, and no other is made', (_kind, endpointOf) => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const endpoint = endpointOf(vpc);
    expect(made({ vpc, endpoint }, stack).endpoint).toBe(endpoint);
    const { Policy } = propertiesOf(stack, 'AWS::S3::AccessPoint');
    expect(sidsOf(Policy)).toEqual(['TlsOnly', 'VpcOnly', 'EndpointOnly']);
    expect(Policy.Statement[2]).toMatchObject({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': ref('VpcS3') } } });
    expect(propertiesOf(stack, ENDPOINT).PolicyDocument.Statement).toEqual([throughEndpoint('jobs')]);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test.each<[string, (stack: Stack) => ec2.IVpcEndpoint]>([
    ['gateway', stack => vpcIn(stack, 'Other').addGatewayEndpoint('S3', { service: S3 })],
    ['interface', stack => vpcIn(stack, 'Other').addInterfaceEndpoint('S3', { service: ec2.InterfaceVpcEndpointAwsService.S3 })],
  ])('%s of another VPC: an error', (_kind, endpointOf) => {
    const stack = newStack();
    expect(() => made({ vpc: vpcIn(stack), endpoint: endpointOf(stack) }, stack))
      .toThrow('[Stack/Jobs] the endpoint [Stack/Other/S3] is in another VPC than [Stack/Vpc]: give an endpoint of the VPC of the access point');
  });

  test.each<[string, (vpc: ec2.Vpc) => ec2.IVpcEndpoint]>([
    ['DynamoDB', vpc => vpc.addGatewayEndpoint('E', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB })],
    ['S3 Express', vpc => vpc.addGatewayEndpoint('E', { service: ec2.GatewayVpcEndpointAwsService.S3_EXPRESS })],
    ['SQS', vpc => vpc.addInterfaceEndpoint('E', { service: ec2.InterfaceVpcEndpointAwsService.SQS })],
    ['S3 on Outposts', vpc => vpc.addInterfaceEndpoint('E', { service: ec2.InterfaceVpcEndpointAwsService.S3_OUTPOSTS })],
    ['Multi-Region access points', vpc => vpc.addInterfaceEndpoint('E', { service: ec2.InterfaceVpcEndpointAwsService.S3_MULTI_REGION_ACCESS_POINTS })],
  ])('for %s: an error', (_service, endpointOf) => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    expect(() => made({ vpc, endpoint: endpointOf(vpc) }, stack)).toThrow('[Stack/Jobs] the endpoint [Stack/Vpc/E] is not one for Amazon S3: give a gateway or interface endpoint');
  });

  test.each<[string, (stack: Stack) => ec2.IVpcEndpoint]>([
    ['gateway', stack => ec2.GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-0123456789abcdef0')],
    ['interface', stack => ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-0123456789abcdef0', port: 443 })],
  ])('imported, %s: a warning says what to add, service buckets included', (_kind, endpointOf) => {
    const stack = newStack();
    const accessPoint = made({ endpoint: endpointOf(stack), serviceBuckets: [AwsServiceBucket.ECR_LAYERS] }, stack);
    const told = warningsOf(stack);
    expect(told.join()).toMatch(/^\[Stack\/Jobs\] the policy of the imported endpoint vpce-0123456789abcdef0 cannot be changed here.*annotation::imported-endpoint/is);
    expect(jsonIn(told, /imported endpoint/).map((each: any) => ({ ...each, Resource: [each.Resource].flat() }))).toEqual([
      { ...throughEndpoint('jobs'), Resource: [accessPointArn('jobs'), accessPointArn('jobs', '/object/*'), ...bucketArns('JobsData')] },
      {
        Sid: expect.any(String), Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [arn('s3:::prod-eu-west-1-starport-layer-bucket/*')],
      },
    ]);
    expect(resourcesOf(stack, ENDPOINT)).toEqual([]);
    expect(propertiesOf(stack, 'AWS::S3::AccessPoint').Policy.Statement[2].Condition).toEqual({ StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
    expect(accessPoint.endpoint.vpcEndpointId).toBe('vpce-0123456789abcdef0');
  });

  test('imported: the warning can be acknowledged', () => {
    const stack = newStack();
    const accessPoint = made({ endpoint: ec2.GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-0123456789abcdef0') }, stack);
    Validations.of(accessPoint).acknowledge({ id: 'imported-endpoint', reason: 'added by the network team' });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('buckets of AWS', () => {
  test('are let through, each once, for all access points of the endpoint', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    made({ vpc, serviceBuckets: [AwsServiceBucket.CLOUDFORMATION, AwsServiceBucket.ECR_LAYERS, AwsServiceBucket.ECR_LAYERS] }, stack);
    made({ vpc, serviceBuckets: [AwsServiceBucket.ECR_LAYERS, AwsServiceBucket.SSM] }, stack, 'Reports');
    const { Statement } = propertiesOf(stack, ENDPOINT).PolicyDocument;
    expect(Statement).toHaveLength(4);
    expect(Statement.filter(({ Resource }: any) => JSON.stringify(Resource).includes('prod-eu-west-1-starport-layer-bucket'))).toHaveLength(1);
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });
});

describe('confineBucket', () => {
  test('has the bucket refuse what comes from outside the VPCs', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    ['Jobs', 'Reports'].forEach(id => made({ bucket, confineBucket: true }, stack, id));
    made({ bucket }, stack, 'Unasked');
    expect(statement(templateOf(stack), 'NetworkPerimeter').Condition.StringNotEqualsIfExists).toEqual({ 'aws:SourceVpc': [ref('JobsVpc'), ref('ReportsVpc')] });
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('names a VPC once', () => {
    const stack = newStack();
    const [bucket, vpc] = [new SecureBucket(stack, 'Data'), vpcIn(stack)];
    ['Jobs', 'Reports'].forEach(id => made({ bucket, vpc, confineBucket: true }, stack, id));
    expect(statement(templateOf(stack), 'NetworkPerimeter').Condition.StringNotEqualsIfExists).toEqual({ 'aws:SourceVpc': [ref('Vpc')] });
  });

  test('is left to a network perimeter that the bucket has: an error', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { network: NetworkPerimeter.of({ vpcIds: ['vpc-0123456789abcdef0'] }) });
    expect(() => made({ bucket, confineBucket: true }, stack))
      .toThrow('[Stack/Jobs] the bucket [Stack/Data] has a network perimeter of its own: leave confineBucket out, and name the VPC in the vpcIds');
    expect(() => made({ bucket }, stack, 'Unasked')).not.toThrow();
  });

  test.each<[string, (stack: Stack) => s3.IBucket]>([
    ['a plain bucket', stack => new s3.Bucket(stack, 'Data')],
    ['an imported bucket', stack => SecureBucket.fromBucketName(stack, 'Data', 'example-data')],
  ])('of %s: an error', (_what, bucketOf) => {
    const stack = newStack();
    expect(() => made({ bucket: bucketOf(stack), confineBucket: true }, stack))
      .toThrow('[Stack/Jobs] confineBucket is set, but [Stack/Data] is not a SecureBucket');
  });
});

describe('over several stacks', () => {
  const fine = (app: App) => expect(synth(app)).toMatchObject({ violations: [], exitCode: undefined });

  test.each([false, true])('bucket, VPC and access point in three stacks (confineBucket: %s)', confineBucket => {
    const app = newApp();
    const [data, network, jobs] = stacksOf(app, 'Data', 'Network', 'Jobs');
    const accessPoint = made({ bucket: new SecureBucket(data, 'Data'), vpc: vpcIn(network), confineBucket }, jobs);
    accessPoint.grantRead(new iam.Role(data, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    fine(app);
    expect(resourcesOf(jobs, ENDPOINT)).toHaveLength(1);
    expect(resourcesOf(network, ENDPOINT)).toEqual([]);
  });

  test('two stacks share the endpoint that the first made', () => {
    const app = newApp();
    const [network, one, two] = stacksOf(app, 'Network', 'One', 'Two');
    const vpc = vpcIn(network);
    const [first, second] = [one, two].map(stack => made({ vpc, confineBucket: true }, stack, `Jobs${stack.node.id}`));
    expect(first.endpoint).toBe(second.endpoint);
    fine(app);
    expect([network, one, two].map(stack => resourcesOf(stack, ENDPOINT).length)).toEqual([0, 1, 0]);
  });

  test('nested stacks', () => {
    const app = newApp();
    const [stack] = stacksOf(app, 'Stack');
    made({ vpc: vpcIn(stack), confineBucket: true }, new NestedStack(stack, 'Nested') as Stack);
    fine(app);
  });

  test('an endpoint in the stack of the VPC, and the bucket in a third stack', () => {
    const app = newApp();
    const [data, network, jobs] = stacksOf(app, 'Data', 'Network', 'Jobs');
    made({ bucket: new SecureBucket(data, 'Data'), vpc: vpcIn(network, 'Vpc', { gatewayEndpoints: { S3: { service: S3 } } }) }, jobs);
    fine(app);
    expect(propertiesOf(network, ENDPOINT).PolicyDocument.Statement[0].Resource).toHaveLength(4);
  });

  test.each([false, true])('an endpoint in the stack of the VPC names a bucket of the stack of the access point by its name (given: %s)', given => {
    const app = newApp();
    const [network, jobs] = stacksOf(app, 'Network', 'Jobs');
    const vpc = vpcIn(network);
    const endpoint = vpc.addGatewayEndpoint('S3', { service: S3 });
    made({ vpc, endpoint: given ? endpoint : undefined, bucket: new SecureBucket(jobs, 'Data', { bucketName: 'example-data' }), confineBucket: true }, jobs);
    fine(app);
    expect(propertiesOf(network, ENDPOINT).PolicyDocument.Statement[0].Resource)
      .toEqual([accessPointArn('jobs'), accessPointArn('jobs', '/object/*'), arn('s3:::example-data'), arn('s3:::example-data/*')]);
    expect(network.dependencies).toEqual([]);
  });

  test.each<[string, (app: App) => [Stack, Stack, Stack, boolean, boolean]]>([
    ['the bucket is with the access point', app => {
      const [network, jobs] = stacksOf(app, 'Network', 'Jobs');
      return [network, jobs, jobs, false, false];
    }],
    ['the bucket is with the access point, the endpoint given', app => {
      const [network, jobs] = stacksOf(app, 'Network', 'Jobs');
      return [network, jobs, jobs, true, false];
    }],
    ['the bucket is confined to the VPC', app => stacksOf(app, 'Network', 'Data', 'Jobs').concat(false as never, true as never) as never],
    ['both are nested in the stack of the endpoint that was given', app => {
      const [network] = stacksOf(app, 'Network');
      const nested = new NestedStack(network, 'Nested');
      return [network, nested, nested, true, false];
    }],
  ])('a circle is told, with the way out: %s', (_what, placesIn) => {
    const [network, data, jobs, given, confineBucket] = placesIn(newApp());
    const vpc = vpcIn(network);
    const endpoint = vpc.addGatewayEndpoint('S3', { service: S3 });
    expect(() => made({ vpc, endpoint: given ? endpoint : undefined, bucket: new SecureBucket(data, 'Data'), confineBucket }, jobs))
      .toThrow(/\/Jobs\] the policy of the endpoint \[Network\/Vpc\/S3\] has to name the bucket \[[\w/]+\/Data\], whose stack refers to that of the endpoint: give the bucket a bucketName/);
  });

  test('a bucket nested in the stack of the VPC is no circle', () => {
    const app = newApp();
    const [network] = stacksOf(app, 'Network');
    made({ vpc: vpcIn(network, 'Vpc', { gatewayEndpoints: { S3: { service: S3 } } }) }, new NestedStack(network, 'Nested') as Stack);
    fine(app);
  });

  test('a bucket of another account', () => {
    const app = newApp();
    const owner = new Stack(app, 'Owner', { env: PARTNER_ENV });
    const [jobs] = stacksOf(app, 'Jobs');
    made({ bucket: new SecureBucket(owner, 'Data', { bucketName: 'example-data' }) }, jobs);
    fine(app);
    expect(propertiesOf(jobs, 'AWS::S3::AccessPoint').BucketAccountId).toBe(PARTNER_ENV.account);
    expect(propertiesOf(jobs, ENDPOINT).PolicyDocument.Statement[0].Resource.slice(2)).toEqual([arn('s3:::example-data'), arn('s3:::example-data/*')]);
  });

  /** Before its first lookup, CDK gives every looked-up VPC the same id. */
  test.each<[string, (app: App) => Stack[]]>([
    ['Stages', app => ['Beta', 'Prod'].map(id => new Stack(new Stage(app, id, { env: ENV }), 'Stack'))],
    ['Regions', app => ['eu-west-1', 'us-east-1'].map(region => new Stack(app, region, { env: { ...ENV, region } }))],
    ['accounts', app => [ENV, PARTNER_ENV].map(env => new Stack(app, `Of${env.account}`, { env }))],
  ])('looked-up VPCs of several %s have an endpoint each', (_what, stacksIn) => {
    const app = newApp();
    const endpoints = stacksIn(app).map(stack => made({ vpc: ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: true }), name: undefined }, stack).endpoint);
    expect(new Set(endpoints).size).toBe(2);
    endpoints.forEach(endpoint => expect(endpoint.node.path).toContain(endpoint.stack.node.path));
    synth(app);
  });
});

test('a VPC id that is a parameter', () => {
  const stack = newStack();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: new CfnParameter(stack, 'VpcId').valueAsString,
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-1'],
    privateSubnetRouteTableIds: ['rtb-1'],
  });
  made({ vpc, confineBucket: true }, stack);
  expect(propertiesOf(stack, 'AWS::S3::AccessPoint').VpcConfiguration).toEqual({ VpcId: { Ref: 'VpcId' } });
  expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
});
