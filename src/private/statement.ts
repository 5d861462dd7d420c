/** A policy statement as IAM writes it. Strings may be CDK tokens, and `Condition` values may be lazy. */
export interface StatementJson {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: unknown;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** A bucket or an access point and its objects, as tokens or as the intrinsics of a template. */
export interface ResourceArns {
  readonly own: unknown;
  readonly objects: unknown;
}

/** Everyone, anonymous requests and AWS services included. */
export const EVERYONE = { AWS: '*' };

/** Refuses everyone on the bucket or access point and on its objects. */
export function denyAll(sid: string, arns: ResourceArns, Condition: StatementJson['Condition']): StatementJson {
  return { Sid: sid, Effect: 'Deny', Principal: EVERYONE, Action: 's3:*', Resource: [arns.own, arns.objects], Condition };
}

/** What clients write with: uploads, the parts of an upload, copies into the bucket and browser POSTs. */
export const CLIENT_WRITES = ['s3:PutObject'];

/** Client writes, and the replicas that S3 Replication writes: they carry the same encryption keys. */
export const ALL_WRITES = [...CLIENT_WRITES, 's3:ReplicateObject'];

/**
 * Whatever decides how an object is encrypted: writes, and the change of an object that is there already.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/update-sse-encryption.html
 */
export const ENCRYPTIONS = [...ALL_WRITES, 's3:UpdateObjectEncryption'];

/** Refuses everyone a write of an object. */
export function denyWrites(sid: string, actions: string[], arns: ResourceArns, Condition: StatementJson['Condition']): StatementJson {
  return { Sid: sid, Effect: 'Deny', Principal: EVERYONE, Action: actions, Resource: [arns.objects], Condition };
}

/**
 * One text for all ways to write the same statement: order of keys and of lists, one value or a list of one,
 * `*` or `{ AWS: '*' }`, `false` or `"false"`. The Sid is a name, not a meaning, and is left out.
 */
export function canonicalStatement(statement: Record<string, unknown>): string {
  const { Sid: _sid, Principal, Condition, ...rest } = statement;
  return canonical({ ...rest, ...(Condition === undefined ? {} : { Condition: withLowerCaseKeys(Condition) }), ...(Principal === undefined ? {} : { Principal: Principal === '*' ? EVERYONE : Principal }) });
}

/** Whether two statements mean the same. Most are written alike, and told so without their canonical texts. */
export function sameStatement(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const { Sid: _a, ...left } = a;
  const { Sid: _b, ...right } = b;
  return writtenAlike(left, right) || canonicalStatement(a) === canonicalStatement(b);
}

function writtenAlike(a: unknown, b: unknown): boolean {
  const [left, right] = [a, b].map(value => Array.isArray(value) && value.length === 1 ? value[0] : value);
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') {
    return left === right;
  }
  const keys = Object.keys(left);
  return Array.isArray(left) === Array.isArray(right) && keys.length === Object.keys(right).length
    && keys.every(key => key in right && writtenAlike(left[key], right[key]));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    // Only lists of policy values are sets; the arguments of an intrinsic function keep their order.
    return value.length === 1 ? canonical(value[0]) : `[${value.map(item => canonical(item)).sort().join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value).sort();
    if (keys.length === 1 && isIntrinsic(keys[0])) {
      return JSON.stringify(value);
    }
    return `{${keys.map(key => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(',')}}`;
  }
  return JSON.stringify(String(value));
}

/** Condition keys mean the same in upper and lower case. */
export function withLowerCaseKeys(condition: unknown): unknown {
  return Object.fromEntries(Object.entries(condition as Record<string, Record<string, unknown>>).map(([operator, keys]) =>
    [operator, Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]))]));
}

export function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** `value` as a list, as IAM reads it. */
export function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
