import { Caller, ViewRequest } from '../view';

/** Who may read what starts with a prefix. */
export type Grant = RoleGrant | ClaimGrant;

export interface RoleGrant {
  /** The ARN of an IAM role, or user. */
  readonly arn: string;
  readonly prefix: string;
}

export interface ClaimGrant {
  readonly claim: string;
  readonly value: string;
  readonly prefix: string;
}

/** What a verified token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who asks: as IAM has told, or as a verified token says. */
export interface Requester extends Caller {
  readonly claims?: Claims;
}

/** The prefixes that the requester may read, by the grants. */
export function grantedPrefixes(requester: Requester, grants: readonly Grant[]): string[] {
  return grants.filter(grant => 'arn' in grant
    ? requester.arn !== undefined && isSame(grant.arn, requester.arn)
    : requester.claims !== undefined && holds(requester.claims, grant)).map(({ prefix }) => prefix);
}

/** Whether a request stays within one of the prefixes. A listing has to name it, or a longer one. */
export function isWithin({ operation, key, query }: ViewRequest, prefixes: readonly string[]): boolean {
  const asked = operation === 'GetObject' || operation === 'HeadObject' ? key : query.get('prefix') ?? '';
  return prefixes.some(prefix => asked.startsWith(prefix));
}

/** A session of a role names it without its path, which account and name identify. */
function isSame(granted: string, caller: string): boolean {
  const role = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(granted);
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(caller);
  return role === null ? granted === caller : session !== null && [1, 2, 3].every(part => role[part] === session[part]);
}

/**
 * Claims are texts or lists of texts; that of OAuth scopes is one text with blanks between them. A grant that has lost its value is to nobody,
 * and not to whoever has no such claim.
 */
function holds(claims: Claims, { claim, value }: ClaimGrant): boolean {
  if (typeof value !== 'string' || value === '') {
    return false;
  }
  const held = Object.prototype.hasOwnProperty.call(claims, claim) ? claims[claim] : undefined;
  const values = typeof held === 'string' && claim === 'scope' ? held.split(' ') : Array.isArray(held) ? held : [held];
  return values.includes(value);
}
