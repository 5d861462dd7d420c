import { Resource, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureBucket } from '../bucket/secure-bucket';
import { warn } from '../checks/warning';
import { ACCESS_POINT_ACTIONS } from '../private/data-actions';

/** Accounts that plain buckets delegate to already. */
const delegated = new WeakMap<s3.IBucket, Set<string>>();

/** Has the bucket leave the decision about requests through an access point to that access point. Of a Multi-Region one only S3 knows the ARN. */
export function delegate(accessPoint: Resource, bucket: s3.IBucket, accessPointArn: string | undefined): void {
  const { account } = accessPoint.stack;
  if (isSecure(bucket)) {
    bucket._delegateTo(accessPoint, accessPointArn, account);
    return;
  }
  const accounts = delegated.get(bucket) ?? new Set();
  if (accounts.has(account)) {
    return;
  }
  delegated.set(bucket, accounts.add(account));
  const statement = new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: ACCESS_POINT_ACTIONS,
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    conditions: { StringEquals: { 's3:DataAccessPointAccount': account } },
  });
  if (!bucket.addToResourcePolicy(statement).statementAdded) {
    warn(accessPoint, 'imported-bucket',
      `[${accessPoint.node.path}] leads to the imported bucket ${bucket.bucketName}, whose policy cannot be changed here: requests through the access point `
      + `are refused until you add: ${JSON.stringify(Stack.of(accessPoint).resolve(statement.toStatementJson()))}`);
  }
}

/** A bucket of another environment is named, not referred to, so CDK does not know that it has to be there first. */
export function deployAfter(accessPoint: Resource, bucket: s3.IBucket): void {
  const { stack } = accessPoint;
  const isElsewhere = stack.environment !== bucket.stack.environment && Stage.of(stack) === Stage.of(bucket);
  if (isElsewhere && bucket.node.defaultChild !== undefined) {
    // Newer versions of aws-cdk-lib have another name for it, and warn of this one.
    const { addStackDependency = stack.addDependency } = stack as Stack & { readonly addStackDependency?: Stack['addDependency'] };
    addStackDependency.call(stack, bucket.stack, `[${accessPoint.node.path}] leads to [${bucket.node.path}]`);
  }
}

/** Also of another copy of this package. */
export function isSecure(bucket: object): bucket is SecureBucket {
  return '_delegateTo' in bucket;
}
