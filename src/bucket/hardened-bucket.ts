import { CfnDeletionPolicy, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { guaranteesOf } from '../guarantees/catalogue';
import { BucketFacts, Facts } from '../guarantees/facts';
import { AnyGuarantee } from '../guarantees/guarantee';
import { STALE_UPLOAD_DAYS } from '../guarantees/stale-uploads-aborted';
import { ResourceArns } from '../private/statement';

/** The properties of `s3.Bucket` that no construct of this library leaves to chance. Spread last, they win over everything. */
export const HARDENED_PROPS: s3.BucketProps = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  // Written as statements of their own, by the guarantees.
  enforceSSL: undefined,
  minimumTLSVersion: undefined,
  publicReadAccess: undefined,
  accessControl: undefined,
  websiteIndexDocument: undefined,
  websiteErrorDocument: undefined,
  websiteRedirect: undefined,
  websiteRoutingRules: undefined,
  // A property of the resource instead: S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY decides how the L2 grants, and it leaves the
  // source out of the grant for sources of other stacks.
  serverAccessLogsBucket: undefined,
  serverAccessLogsPrefix: undefined,
  targetObjectKeyFormat: undefined,
  // The L2 would deploy a function for it.
  eventBridgeEnabled: undefined,
};

export const ABORT_STALE_UPLOADS: s3.LifecycleRule = {
  id: 'AbortStaleUploads',
  abortIncompleteMultipartUploadAfter: Duration.days(STALE_UPLOAD_DAYS),
};

/** How facts write a removal policy: undefined for what may go with the stack. */
export function deletionPolicyOf(removalPolicy: RemovalPolicy | undefined): BucketFacts['deletionPolicy'] {
  switch (removalPolicy) {
    case RemovalPolicy.DESTROY:
    case RemovalPolicy.SNAPSHOT:
      return undefined;
    case RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE:
      return CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE as 'RetainExceptOnCreate';
    default:
      return CfnDeletionPolicy.RETAIN as 'Retain';
  }
}

/** Writes the statements of one guarantee into the policy of a bucket. */
export function addStatements(bucket: s3.Bucket, guarantee: AnyGuarantee, facts: Facts, arns = arnsOf(bucket)): void {
  for (const statement of guarantee.statements?.(facts, arns) ?? []) {
    bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(statement));
  }
}

function arnsOf(bucket: s3.Bucket): ResourceArns {
  return { own: bucket.bucketArn, objects: bucket.arnForObjects('*') };
}

/** Writes the statements of the bucket's guarantees, keeps policy and keys with the bucket, and has the final template checked. */
export function enforceGuarantees(bucket: s3.Bucket, facts: BucketFacts, createdKeys: kms.Key[], removalPolicy = RemovalPolicy.RETAIN): void {
  const arns = arnsOf(bucket); // once: each call makes a token that is resolved for itself
  guaranteesOf(facts).forEach(guarantee => addStatements(bucket, guarantee, facts, arns));
  bucket.policy!.applyRemovalPolicy(removalPolicy);
  createdKeys.forEach(key => key.applyRemovalPolicy(removalPolicy));
  SecureS3Plugin.register({ construct: bucket, facts });
}
