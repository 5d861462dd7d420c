import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { listOf } from './statement';

/** Whose requests they are: each bounds who may ask, for every AWS service. */
const OF_PRINCIPALS = /^aws:Principal(OrgID|OrgPaths|Account|Arn)$/i;

/**
 * With a fixed value of one of these keys, or of those above, S3 takes a policy for everyone not for public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const NOT_PUBLIC = /^(aws:Source(Account|Arn|Vpc|Vpce)|s3:DataAccessPoint(Account|Arn))$/i;

/** Whether a grantee is everyone who has an AWS account, or nobody knows who, unless its conditions say otherwise. */
export function isEveryone({ grantPrincipal: { policyFragment } }: iam.IGrantable): boolean {
  return Object.values(policyFragment.principalJson).flat().includes('*');
}

/** Whether a grant to the grantee would be one to the public, as S3 sees it. */
export function isPublic(grantee: iam.IGrantable): boolean {
  return isEveryone(grantee) && !isBoundBy(grantee, key => OF_PRINCIPALS.test(key) || NOT_PUBLIC.test(key));
}

/** Whether a grant to the grantee would be one to principals of every account. */
export function isOfEveryAccount(grantee: iam.IGrantable): boolean {
  return isEveryone(grantee) && !isBoundBy(grantee, key => OF_PRINCIPALS.test(key));
}

/** Whether a condition has to hold that compares one of the keys with fixed values. */
function isBoundBy({ grantPrincipal: { policyFragment } }: iam.IGrantable, isBounding: (key: string) => boolean): boolean {
  return Object.entries(policyFragment.conditions as Record<string, Record<string, unknown>>).some(([operator, keys]) =>
    /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike)$/i.test(operator)
    && Object.entries(keys).some(([key, value]) => isBounding(key) && isFixed(value)));
}

function isFixed(value: unknown): boolean {
  const values = listOf(value);
  return values.length > 0 && values.every(each => Token.isUnresolved(each) || (typeof each === 'string' && each !== '' && !/[*?]|\$\{/.test(each)));
}
