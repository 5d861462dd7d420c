import { StatementJson } from '../private/statement';

/** What an access point was asked to be. */
export interface AccessPointFacts {
  readonly construct: 'AccessPoint' | 'VpcAccessPoint' | 'MultiRegionAccessPoint';
  /** As the statements of its policy have it, for access points of one Region. */
  readonly name: string;
  /** Where it leads to: one bucket, or one in each Region. */
  readonly buckets: AccessPointBucketFacts[];
  /** What keys start with; empty for the whole bucket. */
  readonly prefixes: string[];
  /** Where requests have to come from, for access points of a VPC. */
  readonly vpc?: AccessPointVpcFacts;
  /** If it supports an Object Lambda access point, and answers nobody else. */
  readonly throughObjectLambda?: boolean;
}

export interface AccessPointBucketFacts {
  readonly bucketName: string;
  /** If another account owns the bucket, or one that was named. */
  readonly accountId?: string;
}

export interface AccessPointVpcFacts {
  readonly vpcId: string;
  /** If only this endpoint of the VPC may be used. */
  readonly vpcEndpointId?: string;
}

/** What the policy of a VPC endpoint was asked to let through. */
export interface EndpointFacts {
  readonly construct: 'VpcEndpointForS3';
  /** A lazy list of ARNs: access points, their buckets, and the objects of both. */
  readonly resourceArns: string[];
  /** Statements for buckets of AWS itself, added as they are asked for. */
  readonly serviceBuckets: StatementJson[];
}
