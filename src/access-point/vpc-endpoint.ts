import { IResource, Lazy, Names, Stack, Stage, Token, TokenComparison } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { AwsServiceBucket } from './aws-service-bucket';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { warn } from '../checks/warning';
import { EndpointFacts } from '../guarantees/access-point-facts';
import { vpcEndpointConfined } from '../guarantees/vpc-endpoint-confined';
import { ConfigurationError, Place } from '../private/errors';
import { StatementJson } from '../private/statement';

const GATEWAY_ID = 'SecureS3GatewayEndpoint';

/** What one access point needs from the policy of an endpoint. */
export interface EndpointNeeds {
  /** ARNs of the access point and its bucket, and of the objects of both. */
  readonly resourceArns: string[];
  readonly serviceBuckets: AwsServiceBucket[];
}

/** The endpoint policies of this library, by endpoint: one statement for all access points of an endpoint. */
const policies = new WeakMap<ec2.IVpcEndpoint, EndpointPolicy>();

/** The gateway endpoint of each VPC, found or made. */
const gateways = new WeakMap<ec2.IVpc, ec2.GatewayVpcEndpoint>();

/** Lets requests for an access point through an endpoint, or tells what to add to the policy of one that cannot be changed. */
export function letThrough(accessPoint: IConstruct, endpoint: ec2.IVpcEndpoint, needs: EndpointNeeds): void {
  if (!isMadeHere(endpoint)) {
    const statements = [accessPointsStatement(needs.resourceArns), ...serviceStatements(accessPoint, needs)];
    warn(accessPoint, 'imported-endpoint',
      `[${accessPoint.node.path}] the policy of the imported endpoint ${endpoint.vpcEndpointId} cannot be changed here: requests through it are refused `
      + `until you add: ${JSON.stringify(Stack.of(accessPoint).resolve(statements))}`);
    return;
  }
  let policy = policies.get(endpoint);
  if (policy === undefined) {
    policies.set(endpoint, policy = new EndpointPolicy(endpoint));
  }
  policy.add(needs);
}

/** The gateway endpoint for Amazon S3 of a VPC: one that is there, or a new one beside the first access point. */
export function gatewayEndpointOf(vpc: ec2.IVpc, accessPoint: IConstruct): ec2.GatewayVpcEndpoint {
  let gateway = gateways.get(vpc);
  if (gateway === undefined) {
    [gateway] = gatewaysForS3(vpc);
    gateway ??= newGateway(vpc, accessPoint);
    gateways.set(vpc, gateway);
  }
  return gateway;
}

function newGateway(vpc: ec2.IVpc, accessPoint: IConstruct): ec2.GatewayVpcEndpoint {
  const subnets = [...vpc.privateSubnets, ...vpc.publicSubnets, ...vpc.isolatedSubnets];
  if (!subnets.some(({ routeTable }) => routeTable?.routeTableId)) {
    throw new ConfigurationError(accessPoint, `the route tables of [${vpc.node.path}] are not known, so a gateway endpoint cannot be made`,
      'give the endpoint for Amazon S3 that the VPC has, with GatewayVpcEndpoint.fromGatewayVpcEndpointId for example, or import the VPC with its route tables');
  }
  // In the stack of the VPC, the policy would refer to buckets of stacks that refer to the VPC.
  const stack = Stack.of(accessPoint);
  const scope = Stack.of(vpc) === stack ? vpc as IConstruct as Construct : stack;
  const id = scope === stack ? `${GATEWAY_ID}${Names.nodeUniqueId(vpc.node).slice(-8)}` : GATEWAY_ID;
  const gateway = new ec2.GatewayVpcEndpoint(scope, id, { vpc, service: ec2.GatewayVpcEndpointAwsService.S3 });
  gateway.node.addValidation({
    validate: () => gatewaysForS3(vpc).filter(each => each !== gateway).map(each =>
      `[${each.node.path}] is a second gateway endpoint for Amazon S3 in [${vpc.node.path}], beside the one that [${accessPoint.node.path}] made: `
      + 'create it before the access point, or give it to the access point as endpoint'),
  });
  return gateway;
}

/** Ids of imported VPCs may be equal in several Regions, as those that `Vpc.fromLookup` makes up are; and no reference leaves a Stage. */
function gatewaysForS3(vpc: ec2.IVpc): ec2.GatewayVpcEndpoint[] {
  return vpc.node.root.node.findAll().filter((each): each is ec2.GatewayVpcEndpoint => each instanceof ec2.GatewayVpcEndpoint
    && vpcIdOf(each) === vpc.vpcId && isForS3(each) && Stage.of(each) === Stage.of(vpc) && mayBeInOneEnvironment(each, vpc));
}

function mayBeInOneEnvironment(a: IResource, b: IResource): boolean {
  const comparisons = [Token.compareStrings(a.env.account, b.env.account), Token.compareStrings(a.env.region, b.env.region)];
  return !comparisons.includes(TokenComparison.DIFFERENT);
}

/** Throws on an endpoint that does not lead from the VPC to Amazon S3. */
export function checkEndpoint(place: Place, endpoint: ec2.IVpcEndpoint, vpc: ec2.IVpc): void {
  if (!isMadeHere(endpoint)) {
    return;
  }
  const vpcId = vpcIdOf(endpoint);
  const isComparable = vpcId !== undefined && Token.isUnresolved(vpcId) === Token.isUnresolved(vpc.vpcId);
  if (isComparable && vpcId !== vpc.vpcId) {
    throw new ConfigurationError(place, `the endpoint [${endpoint.node.path}] is in another VPC than [${vpc.node.path}]`,
      'give an endpoint of the VPC of the access point');
  }
  if (!isForS3(endpoint)) {
    throw new ConfigurationError(place, `the endpoint [${endpoint.node.path}] is not one for Amazon S3`,
      'give a gateway or interface endpoint of the service com.amazonaws.REGION.s3');
  }
}

class EndpointPolicy {
  private readonly resourceArns = new Set<string>();
  private readonly facts: EndpointFacts & { readonly serviceBuckets: StatementJson[] };

  constructor(private readonly endpoint: ec2.VpcEndpoint) {
    if (isWithoutPolicy(endpoint)) {
      warnOfFirstPolicy(endpoint);
    }
    this.facts = {
      construct: 'VpcEndpointForS3',
      resourceArns: Lazy.uncachedList({ produce: () => [...this.resourceArns] }),
      serviceBuckets: [],
    };
    const [statement] = vpcEndpointConfined.statements!(this.facts, NO_ARNS);
    endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));
    SecureS3Plugin.register({ construct: endpoint, facts: this.facts, policy: { element: resourceOf(endpoint)!, property: 'PolicyDocument', arns: NO_ARNS } });
  }

  add(needs: EndpointNeeds): void {
    needs.resourceArns.forEach(arn => this.resourceArns.add(arn));
    for (const statement of serviceStatements(this.endpoint, needs)) {
      if (!this.facts.serviceBuckets.some(known => known.Sid === statement.Sid)) {
        this.facts.serviceBuckets.push(statement);
        this.endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));
      }
    }
  }
}

/** Policies of endpoints name what they let through, and no resource of their own. */
const NO_ARNS = { own: undefined, objects: undefined };

function accessPointsStatement(resourceArns: string[]): StatementJson {
  return vpcEndpointConfined.statements!({ construct: 'VpcEndpointForS3', resourceArns, serviceBuckets: [] }, NO_ARNS)[0];
}

function serviceStatements(construct: IConstruct, { serviceBuckets }: EndpointNeeds): StatementJson[] {
  const { region, partition } = Stack.of(construct);
  return serviceBuckets.map(bucket => bucket._statement(construct, region, partition));
}

function warnOfFirstPolicy(endpoint: ec2.VpcEndpoint): void {
  warn(endpoint, 'endpoint-policy',
    `[${endpoint.node.path}] had no policy and let requests through to every bucket; now it lets them through to the access points, their buckets and `
    + 'the buckets of AWS that VpcAccessPoint was told of. Add what else comes this way with addToPolicy');
}

function isWithoutPolicy(endpoint: ec2.VpcEndpoint): boolean {
  const id = endpoint.node.id;
  return !id.startsWith(GATEWAY_ID) && Stack.of(endpoint).resolve(resourceOf(endpoint)?.policyDocument) === undefined;
}

/** The imports of CDK are some of the class of what they import, some of another; none has a resource. */
function isMadeHere(endpoint: ec2.IVpcEndpoint): endpoint is ec2.VpcEndpoint {
  return endpoint instanceof ec2.VpcEndpoint && resourceOf(endpoint) !== undefined;
}

function resourceOf(endpoint: ec2.VpcEndpoint): ec2.CfnVPCEndpoint | undefined {
  return endpoint.node.defaultChild as ec2.CfnVPCEndpoint | undefined;
}

function vpcIdOf(endpoint: ec2.VpcEndpoint): string | undefined {
  return resourceOf(endpoint)?.vpcId;
}

function isForS3(endpoint: ec2.VpcEndpoint): boolean {
  return /\.s3["\]}]*$/.test(JSON.stringify(Stack.of(endpoint).resolve(resourceOf(endpoint)?.serviceName ?? '')));
}
