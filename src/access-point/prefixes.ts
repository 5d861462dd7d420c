import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { warn } from '../checks/warning';
import { described } from '../private/described';
import { ConfigurationError, Place } from '../private/errors';
import { checkPrefix } from '../private/prefix';

/** Throws on prefixes that are no boundary. */
export function checkPrefixes(place: Place, prefixes: string[] | undefined): void {
  if (prefixes !== undefined && Token.isUnresolved(prefixes)) {
    throw new ConfigurationError(place, 'prefixes is a list that only CloudFormation knows, which a policy cannot be made of', 'name the prefixes one by one');
  }
  if (prefixes?.length === 0) {
    throw new ConfigurationError(place, 'prefixes is empty, so that nothing could be reached', "name at least one prefix, such as 'finance/', or leave prefixes out");
  }
  for (const prefix of prefixes ?? []) {
    if (Token.isUnresolved(prefix)) {
      throw new ConfigurationError(place, 'prefixes holds a value that only CloudFormation knows, which could be a wildcard', "write the prefix out, such as 'finance/'");
    }
    if (prefix === '') {
      throw new ConfigurationError(place, "prefixes holds '', which every key starts with", 'leave prefixes out for an access point to the whole bucket');
    }
    checkPrefix(place, 'a prefix', prefix);
    // Below '.', there would be '../', which is not behind a slash.
    if (prefix === '.' || climbs(prefix)) {
      throw new ConfigurationError(place, `a prefix is '${prefix}', which clients take for another folder`, "write it without '..' between slashes and without '%2e'");
    }
  }
}

/** Whether all keys below a prefix are among those that the boundary refuses for climbing out, or start by climbing. */
function climbs(prefix: string): boolean {
  return prefix.split('/').includes('..') || /%2e|\.\.%2f|%2f\.\./i.test(prefix);
}

/** A prefix without a slash at its end is a boundary within a name: `finance` lets `finance2/` through. */
export function warnOfOpenPrefixes(construct: IConstruct, prefixes: string[] = []): void {
  for (const prefix of prefixes.filter(each => !each.endsWith('/'))) {
    warn(construct, 'open-prefix',
      `[${construct.node.path}] the prefix '${prefix}' also covers keys such as '${prefix}2/...': end it with a slash if it stands for a folder`);
  }
}

/** The prefixes that a right is for: all of the access point, or the one that was given, which has to be within them. */
export function grantedPrefixes(construct: IConstruct, boundary: string[], prefix: string | undefined): string[] {
  if (prefix === undefined) {
    return boundary.length > 0 ? boundary : [''];
  }
  if (typeof prefix !== 'string') {
    throw new ConfigurationError(construct, `prefix is ${described(prefix)}`, "give a text, such as 'finance/'");
  }
  checkPrefix(construct, 'prefix', prefix);
  const isRefused = climbs(prefix) || !boundary.some(each => prefix.startsWith(each));
  if (!Token.isUnresolved(prefix) && boundary.length > 0 && isRefused) {
    throw new ConfigurationError(construct, `prefix is '${prefix}', which the access point refuses`, `grant below one of its prefixes: ${boundary.join(', ')}`);
  }
  return [prefix];
}
