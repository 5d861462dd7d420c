import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ConfigurationError } from './errors';

/** For whom a service acts. */
const SOURCE_KEYS = /^aws:Source(Account|Arn|OrgID|OrgPaths)$/i;

/** Whether an AWS service is granted itself, and not a role that it assumes. */
export function isService(construct: IConstruct, { grantPrincipal: { policyFragment } }: iam.IGrantable): boolean {
  const kinds = Object.keys(policyFragment.principalJson);
  if (kinds.includes('Service') && kinds.length > 1) {
    throw new ConfigurationError(construct, 'a grant is to AWS services and to others at once, and requests of services are told by other conditions',
      'grant to each on its own');
  }
  return kinds.includes('Service');
}

/**
 * Services act for whoever asks them to, so a grant to one is for requests on behalf of the account of the stack only, unless the
 * grantee says on whose behalf.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function onBehalfOfAccount(
  construct: IConstruct, { grantPrincipal: { policyFragment } }: iam.IGrantable,
): Record<string, Record<string, string>> | undefined {
  const given = Object.values(policyFragment.conditions as Record<string, Record<string, unknown>>).flatMap(keys => Object.keys(keys));
  return given.some(key => SOURCE_KEYS.test(key)) ? undefined : { StringEquals: { 'aws:SourceAccount': Stack.of(construct).account } };
}
