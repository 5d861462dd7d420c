export const OBJECT_LAMBDA_SERVICE = 's3-object-lambda.amazonaws.com';

type Condition = Record<string, Record<string, string>>;

/**
 * Holds for requests that S3 Object Lambda makes with the rights of its caller, and for no others: `ForAnyValue` does not match a missing
 * key.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html
 */
export function throughObjectLambda(): Condition {
  return { 'ForAnyValue:StringEquals': { 'aws:CalledVia': OBJECT_LAMBDA_SERVICE } };
}

/**
 * The contrary, for refusals: `ForAllValues` matches a missing key as well, as direct requests have none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function notThroughObjectLambda(): Condition {
  return { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': OBJECT_LAMBDA_SERVICE } };
}
