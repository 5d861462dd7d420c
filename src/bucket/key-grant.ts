import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { warn } from '../checks/warning';
import { ConfigurationError } from '../private/errors';
import { isOfEveryAccount } from '../private/everyone';
import { grantWithConditions } from '../private/grant';
import { isService, onBehalfOfAccount } from '../private/service-principal';

/** What a reader needs of the key. */
export const DECRYPT = ['kms:Decrypt'];
/** What a writer needs: multipart uploads decrypt their parts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
export const ENCRYPT = ['kms:GenerateDataKey', 'kms:Decrypt'];

/**
 * Grants the use of a bucket's key through S3 only, and tells what to add to the policy of a key that cannot be changed. A service is
 * granted it on behalf of the account: AWS KMS documents `kms:ViaService` for requests that a service makes for a principal, and the
 * source keys for those that it makes as itself.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html
 *
 * @param further conditions besides, by other operators
 */
export function grantBucketKey(
  construct: IConstruct, bucket: s3.IBucket, grantee: iam.IGrantable, actions: string[], further?: Record<string, Record<string, unknown>>,
): iam.Grant | undefined {
  const key = bucket.encryptionKey;
  // No block of public access is between the key and the principals of other accounts.
  if (key !== undefined && isOfEveryAccount(grantee)) {
    throw new ConfigurationError(construct, `a grant to everyone would open the key of [${bucket.node.path}] to principals of every AWS account`,
      'grant to roles, accounts or an organization, or under a condition with a fixed aws:PrincipalOrgID, aws:PrincipalOrgPaths, aws:PrincipalAccount or aws:PrincipalArn');
  }
  return key && grantWithConditions({
    grantee,
    actions,
    resourceArns: [key.keyArn],
    resourceSelfArns: ['*'],
    resource: key,
    conditions: { ...isService(construct, grantee) ? onBehalfOfAccount(construct, grantee) : throughS3(bucket), ...further },
    refused: statement => warn(construct, 'imported-key',
      `[${construct.node.path}] the policy of the imported key ${key.keyArn} cannot be changed here, so the grant has no effect until you add: `
      + JSON.stringify(Stack.of(construct).resolve(statement.toStatementJson()))),
  });
}

function throughS3(bucket: s3.IBucket): Record<string, Record<string, string>> {
  return { StringEquals: { 'kms:ViaService': `s3.${bucket.env.region}.amazonaws.com` } };
}
