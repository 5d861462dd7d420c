import { ObjectLambdaAction } from './object-lambda-action';
import { FLAG, hasMember, memberOf, OBJECT_LAMBDA_VIEW, TRANSFORMING } from './option-types';
import { UserMetadata } from './user-metadata';
import { checkPropTypes, PropType } from '../access-point/props-check';

export { checkPropTypes };

/** Of an `ObjectLambdaAccessPoint`. */
export const OBJECT_LAMBDA: Record<string, PropType> = {
  ...OBJECT_LAMBDA_VIEW,
  handler: { what: 'a function, such as a lambda.Function', fits: value => hasMember(value, 'resourceArnsForGrantInvoke'), required: true },
  actions: { what: 'a list of ObjectLambdaAction', fits: value => Array.isArray(value) && value.every(memberOf('ObjectLambdaAction', ObjectLambdaAction).fits) },
  payload: { what: 'a text', fits: value => typeof value === 'string' },
  supportsRange: FLAG,
  supportsPartNumber: FLAG,
};

/** How objects are redacted, by whichever view. */
export const OF_REDACTION: Record<string, PropType> = {
  redaction: { what: 'rules, made by Redaction.of', fits: value => hasMember(value, '_rules'), required: true },
  hashKey: { what: 'a secret, such as a secretsmanager.Secret', fits: value => hasMember(value, 'secretArn') },
  userMetadata: memberOf('UserMetadata', UserMetadata),
};

/** Of a `RedactingObjectLambdaAccessPoint`. */
export const REDACTING: Record<string, PropType> = { ...TRANSFORMING, ...OF_REDACTION, redactKeys: FLAG, measureOnHead: FLAG };
