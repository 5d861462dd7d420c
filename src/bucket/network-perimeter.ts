import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { executionRoleArn } from './deploy-roles';
import { NetworkFacts } from '../guarantees/facts';
import { publicCidrProblem } from '../private/cidr';
import { ConfigurationError, Place } from '../private/errors';
import { checkRoles } from '../private/roles';

/** Where requests may come from. At least one network has to be named. */
export interface NetworkPerimeterOptions {
  /**
   * Ids of the VPC endpoints for Amazon S3, gateway or interface (`vpce-...`).
   *
   * @default - none
   */
  readonly vpcEndpointIds?: string[];

  /**
   * Ids of VPCs (`vpc-...`): requests through any endpoint for Amazon S3 in them.
   *
   * @default - none
   */
  readonly vpcIds?: string[];

  /**
   * Public CIDR blocks, IPv4 or IPv6. Private ones are refused: `aws:SourceIp` never holds a private address, requests
   * from a VPC come by an endpoint and have none.
   *
   * @default - none
   */
  readonly cidrs?: string[];

  /**
   * Further roles that pass from anywhere. The role that CloudFormation deploys this stack with, as the CDK bootstrap names it,
   * always passes, since the bucket and this policy have to be changed with it, and CloudFormation does not run in your VPC.
   * Needed for stacks that are deployed in another way.
   *
   * @default - only the role of the CDK bootstrap
   */
  readonly deployRoles?: iam.IRole[];
}

/**
 * Refuses requests to the bucket, of whatever kind, from outside the named networks.
 *
 * These pass from anywhere: AWS services that act for the account that owns the bucket (log delivery, inventory, CloudFront,
 * and services that use the caller's credentials), service-linked roles of that account, the deploy roles, and the roles of
 * CDK's own helpers where the bucket uses them (event notifications, `autoDeleteObjects`, replication of this bucket). An AWS
 * service that acts for another account is refused, unless `organizationId` says which organization it may act for.
 * Other roles that services assume, such as those of AWS Glue, of a Lambda function without VPC, or of a replication into this
 * bucket, are outside: name them in `deployRoles` if they have to pass.
 *
 * The root user of the account can always read, replace and delete the bucket policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export class NetworkPerimeter {
  /**
   * @throws if no network is named, or a CIDR block is malformed or not public, or an id is none, or `deployRoles` is empty or holds a wildcard
   */
  public static of(options: NetworkPerimeterOptions): NetworkPerimeter {
    const { vpcEndpointIds = [], vpcIds = [], cidrs = [] } = options;
    if (vpcEndpointIds.length + vpcIds.length + cidrs.length === 0) {
      throw new ConfigurationError(WHERE, 'no network is named, so that every request would be refused',
        'name a VPC endpoint, a VPC or a public CIDR block');
    }
    checkIds('vpcEndpointIds', /^vpce-[0-9a-f]{8,17}$/, vpcEndpointIds);
    checkIds('vpcIds', /^vpc-[0-9a-f]{8,17}$/, vpcIds);
    for (const cidr of Token.isUnresolved(cidrs) ? [] : cidrs) {
      const problem = Token.isUnresolved(cidr) ? undefined : publicCidrProblem(cidr);
      if (problem !== undefined) {
        throw new ConfigurationError(WHERE, `the CIDR block '${cidr}' ${problem}`,
          'name public blocks in cidrs, and private networks by vpcEndpointIds or vpcIds');
      }
    }
    if (options.deployRoles?.length === 0) {
      throw new ConfigurationError(WHERE, 'deployRoles is empty, so that nobody outside the networks could change the bucket policy again',
        'name the role that deploys this stack, or leave deployRoles out to use the one of the CDK bootstrap');
    }
    checkRoles(WHERE, 'deployRoles', options.deployRoles ?? []);
    return new NetworkPerimeter(options);
  }

  private constructor(private readonly options: NetworkPerimeterOptions) {}

  /** @internal */
  public _facts(place: Place, stack: Stack, helperRoleArns: () => string[]): NetworkFacts {
    const own = executionRoleArn(stack);
    const deployRoleArns = [...own === undefined ? [] : [own], ...(this.options.deployRoles ?? []).map(role => role.roleArn)];
    if (deployRoleArns.length === 0) {
      throw new ConfigurationError(place, 'the network perimeter would lock out whoever deploys this stack, and its synthesizer names no role',
        'name the role that deploys the stack in deployRoles of NetworkPerimeter.of');
    }
    const serviceLinkedRoles = stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'aws-service-role/*' });
    return {
      vpcEndpointIds: this.options.vpcEndpointIds ?? [],
      vpcIds: this.options.vpcIds ?? [],
      cidrs: this.options.cidrs ?? [],
      exemptRoleArns: Lazy.uncachedAny({ produce: () => [...deployRoleArns, serviceLinkedRoles, ...helperRoleArns()] }),
    };
  }
}

const WHERE = 'NetworkPerimeter.of';

function checkIds(name: string, form: RegExp, ids: string[]): void {
  for (const id of Token.isUnresolved(ids) ? [] : ids) {
    if (!Token.isUnresolved(id) && !form.test(id)) {
      throw new ConfigurationError(WHERE, `'${id}' in ${name} is not an id of the form ${form.source}`, 'give the id as EC2 shows it');
    }
  }
}
