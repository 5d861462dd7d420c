import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessPointProps } from './access-point-props';
import { AwsServiceBucket } from './aws-service-bucket';
import { isSecure } from './delegation';
import { checkPropTypes, OF_VPC } from './props-check';
import { RegionalAccessPoint } from './regional-access-point';
import { checkEndpoint, gatewayEndpointOf, letThrough } from './vpc-endpoint';
import { ConfigurationError } from '../private/errors';

/** What can be said about a `VpcAccessPoint`. */
export interface VpcAccessPointProps extends AccessPointProps {
  /** The VPC that requests come from. It cannot be changed later: CloudFormation replaces the access point. */
  readonly vpc: ec2.IVpc;

  /**
   * The endpoint for Amazon S3, gateway or interface, that requests come through; those through another endpoint of the VPC are then
   * refused. Its policy is made to let the access point and its bucket through. The policy of an imported endpoint cannot be
   * changed: a warning that can be acknowledged (`imported-endpoint`) says what to add.
   *
   * The policy names the bucket, so the stack of the endpoint depends on the stack of a bucket without a `bucketName`.
   *
   * @default - the gateway endpoint for Amazon S3 that the VPC has in this app, or else a new one, for all access points of the VPC
   */
  readonly endpoint?: ec2.IVpcEndpoint;

  /**
   * Buckets of AWS itself that workloads in the VPC need, and that the policy of the endpoint lets through. Some have names that
   * depend on the Region, and throw in a stack without an explicit Region.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
   */
  readonly serviceBuckets?: AwsServiceBucket[];

  /**
   * Have the bucket, too, refuse requests from outside the VPC: as with `NetworkPerimeter.of({ vpcIds })`, which says who passes all
   * the same. With several VPC access points that ask for it, requests from any of their VPCs pass.
   *
   * @default false - only requests through this access point are confined to the VPC
   */
  readonly confineBucket?: boolean;
}

/**
 * An access point that only one VPC reaches, through an endpoint whose policy lets nothing else through but what it is told of.
 *
 * S3 refuses requests to it that come from elsewhere, and so does its policy. Otherwise it is an `AccessPoint`: all public access
 * blocked, TLS only, `prefixes` as a boundary.
 *
 * A gateway endpoint is made, or the one of the VPC reused; an endpoint that had no policy gets one, with a warning that can be
 * acknowledged (`endpoint-policy`), since whatever else used it is refused from then on.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
 */
export class VpcAccessPoint extends RegionalAccessPoint {
  /** The endpoint that requests come through. */
  public readonly endpoint: ec2.IVpcEndpoint;

  /**
   * @throws as AccessPoint, and if the endpoint is in another VPC or not for Amazon S3, or the route tables that a new one needs are not known,
   * or the bucket cannot be confined, or the endpoint could name it only in a circle of stacks
   */
  constructor(scope: Construct, id: string, props: VpcAccessPointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, OF_VPC);
    if (props.endpoint !== undefined) {
      checkEndpoint(place, props.endpoint, props.vpc);
    }
    if (props.confineBucket && !isSecure(props.bucket)) {
      throw new ConfigurationError(place, `confineBucket is set, but [${props.bucket.node.path}] is not a SecureBucket`,
        'make the bucket a SecureBucket, or confine it where it is defined');
    }
    super(scope, id, props, { construct: 'VpcAccessPoint', vpc: { vpcId: props.vpc.vpcId, vpcEndpointId: props.endpoint?.vpcEndpointId } });

    this.endpoint = props.endpoint ?? gatewayEndpointOf(props.vpc, this);
    letThrough(this, this.endpoint, {
      resourceArns: [this.accessPointArn, this.arnForObjects(), ...this.bucketArns(props)],
      serviceBuckets: props.serviceBuckets ?? [],
    });
    if (props.confineBucket && isSecure(props.bucket)) {
      props.bucket._confineToVpc(this, props.vpc.vpcId);
    }
  }

  /** Of the bucket and its objects, for the policy of the endpoint: by name where a reference could run in a circle of stacks. */
  private bucketArns(props: VpcAccessPointProps): string[] {
    const { bucket } = props;
    const stack = Stack.of(this.endpoint);
    const name = (bucket.node.defaultChild as s3.CfnBucket | undefined)?.bucketName;
    if (stack === bucket.stack || name === undefined || Token.isUnresolved(name)) {
      if (this.isCircle(stack, props)) {
        throw new ConfigurationError(this, `the policy of the endpoint [${this.endpoint.node.path}] has to name the bucket [${bucket.node.path}], `
          + 'whose stack refers to that of the endpoint', 'give the bucket a bucketName');
      }
      return [bucket.bucketArn, bucket.arnForObjects('*')];
    }
    const arn = stack.formatArn({ service: 's3', account: '', region: '', resource: name });
    return [arn, `${arn}/*`];
  }

  /** Whether the stack of the bucket refers to that of the endpoint, so that the endpoint cannot refer to the bucket. */
  private isCircle(endpointStack: Stack, { bucket, vpc, endpoint, confineBucket }: VpcAccessPointProps): boolean {
    if (bucket.node.defaultChild === undefined || bucket.stack === endpointStack || bucket.stack.environment !== endpointStack.environment) {
      return false;
    }
    const isEndpointReferredTo = endpoint !== undefined && topOf(this.stack) === topOf(bucket.stack);
    if (topOf(bucket.stack) === topOf(endpointStack)) {
      return isEndpointReferredTo && this.stack === bucket.stack && bucket.stack.nested;
    }
    const isVpcReferredTo = topOf(Stack.of(vpc)) === topOf(endpointStack) && Token.isUnresolved(vpc.vpcId)
      && (confineBucket || topOf(this.stack) === topOf(bucket.stack));
    return isEndpointReferredTo || isVpcReferredTo;
  }
}

/** References between nested stacks are references between the stacks that hold them. */
function topOf(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : topOf(stack.nestedStackParent);
}
