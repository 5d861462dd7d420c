import { Token } from 'aws-cdk-lib';
import { PropType, REGIONAL } from '../access-point/props-check';
import { FLAG, hasMember, OF_FUNCTION, SIZE } from '../object-lambda/option-types';
import { OF_REDACTION } from '../object-lambda/props-check';

const BUCKET: PropType = { ...REGIONAL.bucket, required: false };
const VIEW: Record<string, PropType> = { prefixes: REGIONAL.prefixes, ...OF_REDACTION, ...OF_FUNCTION, dashboard: FLAG };

/** Of a `RedactedEndpoint`. */
export const ENDPOINT_PROPS: Record<string, PropType> = {
  ...VIEW,
  bucket: REGIONAL.bucket,
  jwtIssuer: { what: 'an issuer, made by JwtIssuer.cognito or JwtIssuer.oidc', fits: value => hasMember(value, '_settings') },
  redactKeys: FLAG,
  showSizes: FLAG,
  largestResponse: SIZE,
  domainNames: { what: "a list, such as ['view.example.com']", fits: value => Array.isArray(value) && value.every(each => typeof each === 'string') },
  certificate: { what: 'a certificate, such as an acm.Certificate', fits: value => hasMember(value, 'certificateArn') },
  logBucket: BUCKET,
};

/** Of a `RedactedCopy`. */
export const COPY_PROPS: Record<string, PropType> = {
  ...VIEW,
  source: REGIONAL.bucket,
  destination: REGIONAL.bucket,
  destinationPrefix: { what: "a text, such as 'redacted/'", fits: value => typeof value === 'string' },
  deletes: FLAG,
  reports: BUCKET,
  maximumConcurrency: {
    what: 'a whole number from 2 to 1000',
    fits: value => Token.isUnresolved(value) || Number.isInteger(value) && Number(value) >= 2 && Number(value) <= 1000,
  },
};
