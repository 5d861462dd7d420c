/** Which way requests for data come. */
export enum BucketAccess {
  /** Directly, and through access points. */
  DIRECT = 'DIRECT',

  /**
   * Through the access points of the bucket only: objects, their versions and the listings of them are refused to everyone who
   * asks the bucket itself.
   *
   * Excepted are the role that deploys the stack, the roles of CDK's own helpers, `directAccessRoles`, and log delivery
   * (`logging.s3.amazonaws.com`, `delivery.logs.amazonaws.com`). Other AWS services that read or write a bucket directly,
   * such as CloudFront, S3 Inventory and AWS CloudTrail, are refused. Replicas that S3 Replication writes into the bucket are not
   * concerned.
   */
  THROUGH_ACCESS_POINTS_ONLY = 'THROUGH_ACCESS_POINTS_ONLY',
}

/** How the policy of the bucket names the access points that it trusts. */
export enum AccessPointDelegation {
  /**
   * By the account that owns them: the account of the bucket, and the accounts of the access points made for it here. The policy
   * does not grow with them, and whoever may create access points in these accounts decides who gets in.
   */
  BY_ACCOUNT = 'BY_ACCOUNT',

  /**
   * Each by its ARN: no other access point of the account opens the bucket. The bucket policy grows by the length of an
   * ARN for each, twice that with `BucketAccess.THROUGH_ACCESS_POINTS_ONLY`. Not for Multi-Region access points, whose ARN only S3 knows.
   */
  BY_ARN = 'BY_ARN',
}
