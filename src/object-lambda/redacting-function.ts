import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { REDACTING_OBJECT_LAMBDA_ENVIRONMENT, RULES_FILE } from './redacting-object-lambda-contract';
import { TransformFunction, TransformFunctionProps } from './transform-function';
import { UserMetadata } from './user-metadata';
import { ConfigurationError, Place } from '../private/errors';
import { Redaction } from '../redaction/redaction';

/** What of a view says how its function redacts. */
export interface RedactingOptions {
  readonly redaction: Redaction;
  readonly hashKey?: secretsmanager.ISecret;
  readonly userMetadata?: UserMetadata;
  readonly redactKeys?: boolean;
  readonly showSizes?: boolean;
}

/** A function that redacts, with what its role may do for that, besides writing its log and traces. */
export function redactingFunction(scope: Construct, id: string, options: RedactingOptions, props: Omit<TransformFunctionProps, 'files'>): TransformFunction {
  const { redaction, hashKey, userMetadata = UserMetadata.REDACTED, redactKeys = false, showSizes = false } = options;
  const names = REDACTING_OBJECT_LAMBDA_ENVIRONMENT;
  const handler = new TransformFunction(scope, id, {
    ...props,
    files: { [RULES_FILE]: redaction.toJsonString() },
    environment: {
      [names.metadata]: userMetadata,
      [names.redactKeys]: String(redactKeys),
      [names.showSizes]: String(showSizes),
      ...hashKey === undefined ? {} : { [names.hashKeySecret]: hashKey.secretArn },
      ...props.environment,
    },
  });
  if (hashKey !== undefined) {
    handler.expectGrants(() => hashKey.grantRead(handler));
  }
  if (hashKey?.encryptionKey !== undefined) {
    // Its policy lets the function; where CDK cannot change that, whoever owns the key may do it by the role.
    handler.expectRight({ actions: ['kms:Decrypt'], resources: [hashKey.encryptionKey.keyArn] });
  }
  if (asksComprehend(redaction)) {
    // No resource can be named: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncomprehend.html
    handler.expectGrants(() => iam.Grant.addToPrincipal({ grantee: handler, actions: ['comprehend:DetectPiiEntities'], resourceArns: ['*'] }));
  }
  return handler;
}

export function asksComprehend({ _rules }: Redaction): boolean {
  return _rules.comprehend !== undefined;
}

/** Throws if there is no key to hash with, or nothing to hash. */
export function checkHashKey(place: Place, { redaction, hashKey }: RedactingOptions): void {
  const { mask, masks } = redaction._rules;
  const hashes = [mask, ...Object.values(masks)].some(({ kind }) => kind === 'hash');
  if (hashes && hashKey === undefined) {
    throw new ConfigurationError(place, 'the redaction uses Mask.hash, and there is no key to hash with',
      'give hashKey, a secret of Secrets Manager with at least 16 random bytes');
  }
  if (!hashes && hashKey !== undefined) {
    throw new ConfigurationError(place, 'hashKey is given, and the redaction hashes nothing', 'use Mask.hash in the redaction, or leave hashKey out');
  }
}
