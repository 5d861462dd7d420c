import { checkPropTypes, PropType, REGIONAL } from '../access-point/props-check';

export { checkPropTypes };

const VIEW: Record<string, PropType> = REGIONAL;

/** Of an `ObjectLambdaAccessPoint`. */
export const OBJECT_LAMBDA: Record<string, PropType> = {
  ...VIEW,
  handler: {
    what: 'a function, such as a lambda.Function',
    fits: value => value !== null && typeof value === 'object' && 'resourceArnsForGrantInvoke' in value,
    required: true,
  },
  actions: { what: 'a list of ObjectLambdaAction', fits: value => Array.isArray(value) && value.every(each => typeof each === 'string') },
  payload: { what: 'a text', fits: value => typeof value === 'string' },
};

/** Of a `RedactingObjectLambdaAccessPoint`. */
export const REDACTING: Record<string, PropType> = {
  ...VIEW,
  redaction: { what: 'rules, made by Redaction.of', fits: value => value !== null && typeof value === 'object' && '_rules' in value, required: true },
  hashKey: { what: 'a secret, such as a secretsmanager.Secret', fits: value => value !== null && typeof value === 'object' && 'secretArn' in value },
};
