import { Token } from 'aws-cdk-lib';
import { ConfigurationError, Place } from './errors';

/** Throws on a key prefix that would mean more in a policy than in a key: wildcards and policy variables. */
export function checkPrefix(place: Place, name: string, prefix: string): void {
  if (!Token.isUnresolved(prefix) && /[*?]|\$\{/.test(prefix)) {
    throw new ConfigurationError(place, `${name} is '${prefix}', which holds a wildcard or a policy variable`, 'give the plain start of the keys, such as reports/');
  }
  if (prefix.startsWith('/')) {
    throw new ConfigurationError(place, `${name} is '${prefix}', and keys do not start with a slash`, `write '${prefix.slice(1)}'`);
  }
}
