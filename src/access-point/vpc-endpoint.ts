import { Lazy, Names, Stack, Token, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { AwsServiceBucket } from './aws-service-bucket';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
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
  if (!(endpoint instanceof ec2.VpcEndpoint)) {
    const statements = [accessPointsStatement(needs.resourceArns), ...serviceStatements(accessPoint, needs)];
    Validations.of(accessPoint).addWarning('imported-endpoint',
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
export function gatewayEndpointOf(vpc: ec2.IVpc, stack: Stack): ec2.GatewayVpcEndpoint {
  let gateway = gateways.get(vpc);
  if (gateway === undefined) {
    gateway = stack.node.root.node.findAll().find((each): each is ec2.GatewayVpcEndpoint =>
      each instanceof ec2.GatewayVpcEndpoint && vpcIdOf(each) === vpc.vpcId && isForS3(each));
    // In the stack of the VPC, the policy would refer to buckets of stacks that refer to the VPC.
    const scope = Stack.of(vpc) === stack ? vpc as IConstruct as Construct : stack;
    gateway ??= new ec2.GatewayVpcEndpoint(scope, scope === stack ? `${GATEWAY_ID}${Names.nodeUniqueId(vpc.node).slice(-8)}` : GATEWAY_ID, {
      vpc, service: ec2.GatewayVpcEndpointAwsService.S3,
    });
    gateways.set(vpc, gateway);
  }
  return gateway;
}

/** Throws on an endpoint that does not lead from the VPC to Amazon S3. */
export function checkEndpoint(place: Place, endpoint: ec2.IVpcEndpoint, vpc: ec2.IVpc): void {
  if (!(endpoint instanceof ec2.VpcEndpoint)) {
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
    const resource = resourceOf(endpoint);
    if (resource !== undefined && isWithoutPolicy(endpoint)) {
      warnOfFirstPolicy(endpoint);
    }
    this.facts = {
      construct: 'VpcEndpointForS3',
      resourceArns: Lazy.list({ produce: () => [...this.resourceArns] }),
      serviceBuckets: [],
    };
    const [statement] = vpcEndpointConfined.statements!(this.facts, NO_ARNS);
    endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));
    SecureS3Plugin.register({ construct: endpoint, facts: this.facts, policy: { element: resource!, property: 'PolicyDocument', arns: NO_ARNS } });
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
  Validations.of(endpoint).addWarning('endpoint-policy',
    `[${endpoint.node.path}] had no policy and let requests through to every bucket; now it lets them through to the access points, their buckets and `
    + 'the buckets of AWS that VpcAccessPoint was told of. Add what else comes this way with addToPolicy');
}

function isWithoutPolicy(endpoint: ec2.VpcEndpoint): boolean {
  const id = endpoint.node.id;
  return !id.startsWith(GATEWAY_ID) && Stack.of(endpoint).resolve(resourceOf(endpoint)?.policyDocument) === undefined;
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
