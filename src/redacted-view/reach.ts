import { CfnElement } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessPoint } from '../access-point/access-point';
import { ReachFacts } from '../guarantees/redacted-view-facts';

/** What a function with rights to an access point reaches. */
export function reachOf(accessPoint: AccessPoint, bucket: s3.IBucket): ReachFacts {
  return {
    accessPointLogicalId: (accessPoint.node.defaultChild as CfnElement).logicalId,
    accessPointArn: accessPoint.accessPointArn,
    bucketName: bucket.bucketName,
    region: bucket.env.region,
    prefixes: accessPoint._prefixes,
    keyArn: bucket.encryptionKey?.keyArn,
  };
}
