import {
  allowedContextKeysForRequest, anonymousPrincipal, isConditionKeyArray, runSimulation, type Simulation, typeForContextKey,
} from '@cloud-copilot/iam-simulate';
import { principalArn, principalContext } from './principals';
// The package exports one entry, which parses and validates every policy for every request. These files of it are the matchers
// behind that entry: a statement is parsed once and judged thousands of times. A test compares the two on every request.
import { loadPolicy, type Statement, validateResourcePolicy } from '../../node_modules/@cloud-copilot/iam-policy/dist/cjs/index';
import { requestMatchesStatementActions } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/action/action';
import { singleConditionMatchesRequest } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/condition/condition';
import { DiscoveryContextKeyConstraints } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/context_keys/discoveryContextKeyConstraints';
import { requestMatchesStatementPrincipals } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/principal/principal';
import { AwsRequestImpl } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/request/request';
import { RequestContextImpl } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/requestContext';
import { requestMatchesStatementResources } from '../../node_modules/@cloud-copilot/iam-simulate/dist/cjs/resource/resource';

export type Decision = 'allowed' | 'denied';

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: Record<string, unknown>[];
}

/** A request as the tables write it. */
export interface RequestRow {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  /** What differs from `BASE_CONTEXT`; null takes a key away. */
  readonly context?: Record<string, string | string[] | null>;
  /** Judge the Denies alone: as if everyone were granted everything besides. */
  readonly alsoAllowed?: boolean;
  /** The policy that judges also holds what the identity policies of the principal say, and they allow nothing besides. */
  readonly identityIsInPolicy?: boolean;
}

/** A request that is ready to be judged, many times. */
export interface PreparedRequest {
  readonly row: RequestRow;
  readonly context: Record<string, string | string[]>;
  readonly request: AwsRequestImpl;
}

/** A request of everyday: an SDK, over TLS, from the internet. */
export const BASE_CONTEXT: Record<string, string> = {
  'aws:SecureTransport': 'true',
  'aws:SourceIp': '198.51.100.7',
  'aws:ViaAWSService': 'false',
  's3:TlsVersion': '1.3',
};

/** Requests that somebody signed say how. Anonymous ones have nothing to say. */
export const SIGNED_CONTEXT: Record<string, string> = {
  's3:authType': 'REST-HEADER',
  's3:signatureversion': 'AWS4-HMAC-SHA256',
};

/** Keys that AWS documents for requests for which the simulator's data does not list them. */
const DOCUMENTED = [
  // one key for each pair of an encryption context: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
  /^kms:EncryptionContext:/i,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
  /^s3:DataAccessPoint(Account|Arn)$/i,
  // of replicas as well: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-retention-limits
  /^s3:object-lock-remaining-retention-days$/i,
];

const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const IDENTITY_POLICY = { Version: '2012-10-17', Statement: [EVERYTHING] };
const OF_EVERYONE = { ...EVERYTHING, Sid: 'AlsoAllowed', Principal: '*' };

/**
 * Completes the context of a request and checks it: a key that a row names, and that the action does not know, is a mistake
 * of the row. Keys of the base context that the action does not know are left out.
 */
export async function prepare(row: RequestRow): Promise<PreparedRequest> {
  const known = await knownKeys(row.action, row.resource);
  const arn = principalArn(row.principal);
  const base = { ...BASE_CONTEXT, ...arn === 'anonymous' ? {} : SIGNED_CONTEXT, ...principalContext(arn) };
  const context: Record<string, string | string[]> = {};
  for (const [key, value] of Object.entries({ ...base, ...row.context })) {
    const isKnown = known.has(key.toLowerCase());
    const isNamed = row.context !== undefined && key in row.context;
    if (value === null || (!isKnown && !isNamed)) {
      continue;
    }
    if (!isKnown && !DOCUMENTED.some(pattern => pattern.test(key))) {
      throw new Error(`${row.action} does not know the condition key ${key}`);
    }
    context[key] = isKnown && await isList(key) ? [value].flat() : value;
  }
  const principal = arn === 'anonymous' ? anonymousPrincipal : arn;
  const resource = { resource: row.resource, accountId: row.resourceAccount };
  return { row, context, request: new AwsRequestImpl(principal, resource, row.action, new RequestContextImpl(context)) };
}

const keysOfActions = new Map<string, Promise<Set<string>>>();
const listKeys = new Map<string, Promise<boolean>>();

/** The condition keys of an action, in lower case. */
function knownKeys(action: string, resource: string): Promise<Set<string>> {
  const [service, name] = action.split(':');
  const listed = isUnlisted(action, resource) ? asBucket(resource) : resource;
  return remembered(keysOfActions, `${action} on ${listed.split('/')[0]}/${listed.includes('/')}`, async () =>
    new Set(await allowedContextKeysForRequest(service, name, listed, false, undefined)));
}

/**
 * Requests that S3 documents and that the simulator's data does not know: for data, through Multi-Region access points, and for
 * lists of uploads, through any access point. To its public entry, the access point is written as a bucket, here and in the policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointOperations.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html
 */
function isUnlisted(action: string, resource: string): boolean {
  return /^arn:aws:s3::\d+:accesspoint\//.test(resource) || (action === 's3:ListBucketMultipartUploads' && resource.includes(':accesspoint/'));
}

function asBucket(text: string): string {
  return text.replace(/:s3:[a-z0-9-]*:\d*:accesspoint\//g, ':s3:::');
}

function isList(key: string): Promise<boolean> {
  return remembered(listKeys, key.toLowerCase(), async () => isConditionKeyArray(await typeForContextKey(key.toLowerCase())));
}

function remembered<T>(memory: Map<string, T>, key: string, make: () => T): T {
  let value = memory.get(key);
  if (value === undefined) {
    memory.set(key, value = make());
  }
  return value;
}

/**
 * What IAM would decide. The identity of the principal allows everything, so that the policy of the resource is what counts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policy: PolicyDocument | string, request: PreparedRequest): Decision {
  return judge(policy)(request);
}

/** The same for many requests. A statement that stood in a policy before is not judged again, whatever else changed. */
export function judge(policy: PolicyDocument | string): (request: PreparedRequest) => Decision {
  const document = typeof policy === 'string' ? JSON.parse(policy) as PolicyDocument : policy;
  const statements = document.Statement.map(statement => compile(statement));
  return prepared => {
    const { row, request } = prepared;
    const matching = (effect: string) => statements.filter(statement => statement.effect === effect && statement.matches(prepared));
    if (matching('Deny').length > 0) {
      return 'denied';
    }
    const isOfOwner = !request.principal.isAnonymous() && principalArn(row.principal).split(':')[4] === row.resourceAccount;
    // A key is out of reach of the identity policies of its own account unless its policy says so; a bucket is not.
    const needsAllow = !row.alsoAllowed && (!isOfOwner || row.identityIsInPolicy || row.action.startsWith('kms:'));
    return !needsAllow || matching('Allow').length > 0 ? 'allowed' : 'denied';
  };
}

/** The same by the public entry of the simulator: slower, with its own checks. */
export async function simulate(
  given: PolicyDocument, { request, row, context }: PreparedRequest,
): Promise<{ decision: Decision; ignored: string[] }> {
  const unlisted = isUnlisted(row.action, row.resource);
  const policy = unlisted ? JSON.parse(asBucket(JSON.stringify(given))) as PolicyDocument : given;
  const simulation: Simulation = {
    request: {
      principal: request.principalInput,
      action: row.action,
      resource: { resource: unlisted ? asBucket(row.resource) : row.resource, accountId: row.resourceAccount },
      contextVariables: context,
    },
    identityPolicies: request.principal.isAnonymous() ? [] : [{ name: 'identity', policy: IDENTITY_POLICY }],
    resourcePolicy: row.alsoAllowed ? alsoAllowed(policy) : policy,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  const result = await runSimulation(simulation, { simulationMode: 'Strict' });
  if (result.resultType !== 'single') {
    throw new Error(`${row.action} on ${row.resource}: ${JSON.stringify('errors' in result ? result.errors : result.resultType)}`);
  }
  return { decision: result.overallResult === 'Allowed' ? 'allowed' : 'denied', ignored: result.result.ignoredContextKeys ?? [] };
}

interface CompiledStatement {
  readonly effect: string;
  matches(request: PreparedRequest): boolean;
}

const STRICT = { simulationMode: 'Strict', discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]) } as const;
const compiled = new Map<string, CompiledStatement>();

function compile(statement: Record<string, unknown>): CompiledStatement {
  const text = JSON.stringify(statement);
  let result = compiled.get(text);
  if (result === undefined) {
    if (compiled.size > 10_000) {
      compiled.clear();
    }
    compiled.set(text, result = compileNew(statement));
  }
  return result;
}

function compileNew(statement: Record<string, unknown>): CompiledStatement {
  const policy = { Version: '2012-10-17', Statement: [statement] };
  const errors = validateResourcePolicy(policy);
  if (errors.length > 0) {
    throw new Error(`not a statement: ${JSON.stringify(errors)}: ${JSON.stringify(statement)}`);
  }
  const [loaded] = loadPolicy(policy, { name: 'policy' }).statements();
  const known = new WeakMap<PreparedRequest, boolean>();
  return {
    effect: loaded.effect(),
    matches: prepared => {
      let result = known.get(prepared);
      if (result === undefined) {
        known.set(prepared, result = statementMatches(loaded, prepared.request));
      }
      return result;
    },
  };
}

function statementMatches(statement: Statement, request: AwsRequestImpl): boolean {
  // the cheapest first
  return requestMatchesStatementPrincipals(request, statement, STRICT).matches !== 'NoMatch'
    && requestMatchesStatementActions(request, statement).matches
    && statement.conditions().every(condition => singleConditionMatchesRequest(request, condition, STRICT).matches)
    && requestMatchesStatementResources(request, statement, 'resource').matches;
}

function alsoAllowed(policy: PolicyDocument): PolicyDocument {
  return { ...policy, Statement: [...policy.Statement, OF_EVERYONE] };
}
