import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AccessPointProps } from './access-point-props';
import { AwsServiceBucket } from './aws-service-bucket';
import { isSecure } from './delegation';
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
   * @default - the gateway endpoint for Amazon S3 that the VPC has in this app, or else a new one, for all access points of the VPC
   */
  readonly endpoint?: ec2.IVpcEndpoint;

  /**
   * Buckets of AWS itself that workloads in the VPC need, and that the policy of the endpoint lets through.
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
   * @throws as AccessPoint, and if the endpoint is in another VPC or not for Amazon S3, or the bucket cannot be confined
   */
  constructor(scope: Construct, id: string, props: VpcAccessPointProps) {
    const place = { scope, id };
    if (props.endpoint !== undefined) {
      checkEndpoint(place, props.endpoint, props.vpc);
    }
    if (props.confineBucket && !isSecure(props.bucket)) {
      throw new ConfigurationError(place, `confineBucket is set, but [${props.bucket.node.path}] is not a SecureBucket`,
        'make the bucket a SecureBucket, or confine it where it is defined');
    }
    super(scope, id, props, { construct: 'VpcAccessPoint', vpc: { vpcId: props.vpc.vpcId, vpcEndpointId: props.endpoint?.vpcEndpointId } });

    this.endpoint = props.endpoint ?? gatewayEndpointOf(props.vpc, Stack.of(this));
    letThrough(this, this.endpoint, {
      resourceArns: [this.accessPointArn, this.arnForObjects(), props.bucket.bucketArn, props.bucket.arnForObjects('*')],
      serviceBuckets: props.serviceBuckets ?? [],
    });
    if (props.confineBucket && isSecure(props.bucket)) {
      props.bucket._confineToVpc(this, props.vpc.vpcId);
    }
  }
}
