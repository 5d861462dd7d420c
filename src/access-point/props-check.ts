import { isSecure } from './delegation';
import { described } from '../private/described';
import { ConfigurationError, Place } from '../private/errors';

type Fits = (value: unknown) => boolean;

/** What an option has to be, how that is told, and whether it may be left out. */
export interface PropType {
  readonly what: string;
  readonly fits: Fits;
  readonly required?: boolean;
}

const isString: Fits = value => typeof value === 'string';
/** Told by what they can do, also across two copies of a package. */
const has = (name: string, type: 'string' | 'function'): Fits => value => value !== null && typeof value === 'object'
  && typeof (value as Record<string, unknown>)[name] === type;
const isListOf = (fits: Fits): Fits => value => Array.isArray(value) && value.every(fits);

const ACCESS_POINT: Record<string, PropType> = {
  prefixes: { what: "a list, such as ['finance/']", fits: isListOf(isString) },
  name: { what: 'a text', fits: isString },
};

export const REGIONAL: Record<string, PropType> = {
  ...ACCESS_POINT,
  bucket: { what: 'a bucket, such as a SecureBucket', fits: has('arnForObjects', 'function'), required: true },
  bucketAccountId: { what: 'a text of 12 digits: numbers lose their leading zeros', fits: isString },
};

export const OF_VPC: Record<string, PropType> = {
  ...REGIONAL,
  vpc: { what: 'a VPC, such as an ec2.Vpc', fits: has('vpcId', 'string'), required: true },
  endpoint: { what: 'a VPC endpoint, such as an ec2.GatewayVpcEndpoint', fits: has('vpcEndpointId', 'string') },
  serviceBuckets: { what: 'a list of AwsServiceBucket', fits: isListOf(has('_statement', 'function')) },
};

export const MULTI_REGION: Record<string, PropType> = {
  ...ACCESS_POINT,
  buckets: { what: 'a list of SecureBucket', fits: isListOf(value => value !== null && typeof value === 'object' && isSecure(value)), required: true },
};

/** Throws on what TypeScript would have refused: callers in JavaScript are told so in words. */
export function checkPropTypes(place: Place, props: object, types: Record<string, PropType>): void {
  const given = (props ?? {}) as { readonly [name: string]: unknown };
  for (const [name, { what, fits, required }] of Object.entries(types)) {
    const value = given[name];
    const isLeftOut = value === undefined && !required;
    if (!isLeftOut && !fits(value)) {
      throw new ConfigurationError(place, `${name} is ${described(value)}`, `give ${what}`);
    }
  }
}
