import { PropType, REGIONAL } from '../access-point/props-check';

const has = (name: string): PropType['fits'] => value => value !== null && typeof value === 'object' && name in value;

const VIEW: Record<string, PropType> = {
  prefixes: REGIONAL.prefixes,
  redaction: { what: 'rules, made by Redaction.of', fits: has('_rules'), required: true },
  hashKey: { what: 'a secret, such as a secretsmanager.Secret', fits: has('secretArn') },
};

/** Of a `RedactedEndpoint`. */
export const ENDPOINT_PROPS: Record<string, PropType> = {
  ...VIEW,
  bucket: REGIONAL.bucket,
  jwtIssuer: { what: 'an issuer, made by JwtIssuer.cognito or JwtIssuer.oidc', fits: has('_settings') },
};

/** Of a `RedactedCopy`. */
export const COPY_PROPS: Record<string, PropType> = {
  ...VIEW,
  source: REGIONAL.bucket,
  destination: REGIONAL.bucket,
  destinationPrefix: { what: "a text, such as 'redacted/'", fits: value => typeof value === 'string' },
};
