import { Stack, Token, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ConfigurationError } from '../private/errors';

/** The principal of an account id or an organization id. */
export function crossAccountPrincipal(bucket: s3.Bucket, accountOrOrg: string, organizationId: string | undefined): iam.PrincipalBase {
  if (/^o-[a-z0-9]{10,32}$/.test(accountOrOrg)) {
    if (organizationId !== undefined && !Token.isUnresolved(organizationId) && organizationId !== accountOrOrg) {
      throw new ConfigurationError(bucket, `a grant to the organization '${accountOrOrg}' has no effect: organizationId '${organizationId}' refuses it`,
        'grant to accounts of your own organization, or leave organizationId out');
    }
    return new iam.OrganizationPrincipal(accountOrOrg);
  }
  if (Token.isUnresolved(accountOrOrg) || /^\d{12}$/.test(accountOrOrg)) {
    return new iam.AccountPrincipal(accountOrOrg);
  }
  throw new ConfigurationError(bucket, `'${accountOrOrg}' is neither an account nor an organization`,
    "give an account id of 12 digits or an organization id such as 'o-a1b2c3d4e5'");
}

/** Grants the use of the bucket's key through S3 only, or tells what to add to the policy of a key that cannot be changed. */
export function grantKeyThroughS3(bucket: s3.Bucket, grantee: iam.PrincipalBase, actions: string[]): void {
  const key = bucket.encryptionKey;
  if (key === undefined) {
    return;
  }
  const { region } = Stack.of(bucket);
  const statement = new iam.PolicyStatement({
    actions,
    principals: [grantee],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
  });
  if (!key.addToResourcePolicy(statement, true).statementAdded) {
    Validations.of(bucket).addWarning('imported-key',
      `[${bucket.node.path}] the policy of the imported key ${key.keyArn} cannot be changed here, so the grant has no effect until you add: `
      + JSON.stringify(Stack.of(bucket).resolve(statement.toStatementJson())));
  }
}
