/**
 * What can be done to data through an access point.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html
 */
export const ACCESS_POINT_ACTIONS = [
  's3:AbortMultipartUpload',
  's3:DeleteObject*',
  's3:GetObject*',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
  's3:ListMultipartUploadParts',
  's3:ListObject*', // the annotations of objects and versions
  's3:PutObject*',
  's3:RestoreObject',
];

/** What can be done to data, whichever way it comes, but for the replicas that S3 Replication writes. */
export const DATA_ACTIONS = [...ACCESS_POINT_ACTIONS, 's3:BypassGovernanceRetention', 's3:UpdateObjectEncryption'];

/** The actions that list keys and know a prefix, unlike `s3:ListBucketMultipartUploads`. */
export const LIST_ACTIONS = ['s3:ListBucket', 's3:ListBucketVersions'];
