import { CustomResourceProviderBase, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** The ids that aws-cdk-lib gives to its helpers. They are part of logical ids, which it may not change. */
const NOTIFICATIONS = 'Notifications';
const NOTIFICATIONS_HANDLER = 'BucketNotificationsHandler050a0587b7544547bf325f094a3db834';
const AUTO_DELETE = 'AutoDeleteObjectsCustomResource';
const AUTO_DELETE_PROVIDER = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';

/**
 * The roles that aws-cdk-lib deploys for a bucket, and that act on it from outside of any VPC: of its helpers, and the one that
 * S3 Replication reads the bucket with.
 */
export function helperRoleArns(bucket: s3.Bucket): string[] {
  const stack = Stack.of(bucket);
  const arns: string[] = [];
  if (bucket.node.tryFindChild(NOTIFICATIONS) !== undefined) {
    const handler = stack.node.tryFindChild(NOTIFICATIONS_HANDLER) as unknown as { role: iam.IRole } | undefined;
    if (handler !== undefined) {
      arns.push(handler.role.roleArn);
    }
  }
  if (bucket.node.tryFindChild(AUTO_DELETE) !== undefined) {
    const provider = stack.node.tryFindChild(AUTO_DELETE_PROVIDER) as CustomResourceProviderBase | undefined;
    if (provider !== undefined) {
      arns.push(provider.roleArn);
    }
  }
  if (bucket.replicationRoleArn !== undefined) {
    arns.push(bucket.replicationRoleArn);
  }
  return arns;
}
