/**
 * Requests to a transformed view as AWS judges them: hop by hop, each with the identity policies of who asks and the policy of what is
 * asked. A request goes as far as the first hop that refuses it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html
 */
import { principalArn } from './principals';
import { decide, PolicyDocument, prepare, PreparedRequest, RequestRow } from './simulator';
import { ACCOUNT, REGION } from '../configurations';

export type Place = 'objectLambda' | 'function' | 'supportingAccessPoint' | 'bucket' | 'key';

/** What a view consists of, as it is deployed. */
export interface DeployedView {
  readonly arns: Readonly<Record<Place, string>>;
  /** Functions have none. */
  readonly policies: Readonly<Partial<Record<Place, PolicyDocument>>>;
}

export interface Asker {
  readonly principal: string;
  readonly identityPolicies: PolicyDocument[];
  /** Further condition keys of all its requests. */
  readonly context?: Record<string, string>;
  /** The services that ask in the name of the principal. */
  readonly via?: string[];
}

export interface Asked {
  /** Where the request goes first. */
  readonly entry: Place;
  /** As S3 calls it, or one of `KEY_OPERATIONS`; `Invoke` of the function. */
  readonly operation: string;
  readonly key: string;
  readonly prefix?: string;
}

interface Hop {
  readonly place: Place;
  readonly action: string;
  readonly resource: string;
  readonly context: Record<string, string | string[]>;
}

interface Operation {
  /** Of S3, and of S3 Object Lambda if it has it. */
  readonly right: string;
  readonly of: 'object' | 'bucket';
  readonly isTransformed?: boolean;
  readonly isEncrypted?: boolean;
}

const OBJECT = { of: 'object' } as const;
const CONTENT = { ...OBJECT, isEncrypted: true } as const;
const BUCKET = { of: 'bucket' } as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetObject: { ...CONTENT, right: 'GetObject', isTransformed: true },
  GetObjectOfVersion: { ...CONTENT, right: 'GetObjectVersion', isTransformed: true },
  HeadObject: { ...CONTENT, right: 'GetObject', isTransformed: true },
  ListObjects: { ...BUCKET, right: 'ListBucket', isTransformed: true },
  ListObjectsV2: { ...BUCKET, right: 'ListBucket', isTransformed: true },
  GetObjectAcl: { ...OBJECT, right: 'GetObjectAcl' },
  GetObjectAttributes: { ...CONTENT, right: 'GetObjectAttributes' },
  GetObjectTagging: { ...OBJECT, right: 'GetObjectTagging' },
  GetObjectRetention: { ...OBJECT, right: 'GetObjectRetention' },
  ListObjectVersions: { ...BUCKET, right: 'ListBucketVersions' },
  PutObject: { ...CONTENT, right: 'PutObject' },
  PutObjectAcl: { ...OBJECT, right: 'PutObjectAcl' },
  PutObjectTagging: { ...OBJECT, right: 'PutObjectTagging' },
  DeleteObject: { ...OBJECT, right: 'DeleteObject' },
  DeleteObjectVersion: { ...OBJECT, right: 'DeleteObjectVersion' },
  RestoreObject: { ...OBJECT, right: 'RestoreObject' },
};

/** S3 Object Lambda has no right for it, so it does not take it. */
export const NOT_OF_OBJECT_LAMBDA = ['GetObjectAttributes'];

/** By oneself, in a request to S3, and in one to S3 Object Lambda without S3. */
export const KEY_OPERATIONS = ['Decrypt', 'DecryptThroughS3', 'DecryptThroughObjectLambda'];

/** https://docs.aws.amazon.com/prescriptive-guidance/latest/presigned-url-best-practices/appendix-b.html */
const LONGEST_MILLISECONDS = '61000';

const OBJECT_LAMBDA = 's3-object-lambda.amazonaws.com';

/** The first hop that refuses the request; undefined if none does. */
export async function refusedAt(view: DeployedView, asker: Asker, asked: Asked): Promise<Place | undefined> {
  for (const hop of hopsOf(view, asker, asked)) {
    if (!await isAllowed(view, asker, hop)) {
      return hop.place;
    }
  }
  return undefined;
}

type Context = Hop['context'];

function hopsOf({ arns }: DeployedView, { via = [] }: Asker, { entry, operation, key, prefix }: Asked): Hop[] {
  const calledVia = (services: string[]): Context => services.length === 0 ? {} : { 'aws:CalledVia': services, 'aws:ViaAWSService': 'true' };
  // The policies that AWS shows name a version, or $LATEST.
  const invocation = (context: Context): Hop[] => [arns.function, `${arns.function}:$LATEST`].map(resource =>
    ({ place: 'function', action: 'lambda:InvokeFunction', resource, context }));
  const throughS3 = (services: string[]): Context => ({ ...calledVia([...services, 's3.amazonaws.com']), 'kms:ViaService': `s3.${REGION}.amazonaws.com` });
  if (entry === 'function') {
    return invocation(calledVia(via));
  }
  if (entry === 'key') {
    const contexts: Record<string, Context> = {
      Decrypt: calledVia(via), DecryptThroughS3: throughS3(via), DecryptThroughObjectLambda: calledVia([...via, OBJECT_LAMBDA]),
    };
    return [{ place: 'key', action: 'kms:Decrypt', resource: arns.key, context: contexts[operation] }];
  }
  const { right, of, isTransformed, isEncrypted } = OPERATIONS[operation];
  const pathOf = (arn: string, separator: string) => of === 'bucket' ? arn : `${arn}${separator}${key}`;
  const throughView = entry === 'objectLambda' ? [...via, OBJECT_LAMBDA] : via;
  const ofS3: Context = {
    ...calledVia(throughView),
    ...of === 'bucket' && prefix !== undefined ? { 's3:prefix': prefix } : {},
    // The function is given a presigned URL of the supporting access point.
    ...entry === 'objectLambda' && isTransformed ? { 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': LONGEST_MILLISECONDS } : {},
  };
  const ofAccessPoint = { 's3:DataAccessPointAccount': ACCOUNT, 's3:DataAccessPointArn': arns.supportingAccessPoint };
  const hops: Hop[] = [];
  if (entry === 'objectLambda') {
    hops.push({ place: 'objectLambda', action: `s3-object-lambda:${right}`, resource: arns.objectLambda, context: calledVia(via) });
    hops.push(...isTransformed ? invocation(calledVia(throughView)) : []);
  }
  if (entry !== 'bucket') {
    hops.push({ place: 'supportingAccessPoint', action: `s3:${right}`, resource: pathOf(arns.supportingAccessPoint, '/object/'), context: ofS3 });
  }
  hops.push({ place: 'bucket', action: `s3:${right}`, resource: pathOf(arns.bucket, '/'), context: { ...ofS3, ...entry === 'bucket' ? {} : ofAccessPoint } });
  if (isEncrypted) {
    hops.push({ place: 'key', action: right === 'PutObject' ? 'kms:GenerateDataKey' : 'kms:Decrypt', resource: arns.key, context: throughS3(throughView) });
  }
  return hops;
}

async function isAllowed(
  { policies }: DeployedView, { principal, identityPolicies, context: ofAsker }: Asker, { place, action, resource, context }: Hop,
): Promise<boolean> {
  const arn = principalArn(principal);
  type Statements = PolicyDocument['Statement'];
  const ofResource: Statements = policies[place]?.Statement ?? [];
  const ofIdentity: Statements = identityPolicies.flatMap(({ Statement }) => Statement).map(statement => ({ ...statement, Principal: { AWS: arn } }));
  const denials = (statements: Statements) => statements.filter(({ Effect }) => Effect === 'Deny');
  const row = { principal, action, resource, resourceAccount: ACCOUNT, context: { ...context, ...ofAsker } };
  const allows = async (statements: Statements, identityIsInPolicy = true) =>
    decide({ Version: '2012-10-17', Statement: statements }, await prepared({ ...row, identityIsInPolicy })) === 'allowed';
  if (arn.split(':')[4] !== ACCOUNT) {
    // Both accounts have to allow it.
    return await allows(ofResource, false) && await allows([...ofIdentity, ...denials(ofResource)]);
  }
  if (place === 'key') {
    // Its policy is what counts. The statement for the account leaves the decision to identity policies.
    const isDelegation = ({ Principal }: Statements[number]) => JSON.stringify(Principal) === JSON.stringify({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
    const [delegations, others] = [ofResource.filter(isDelegation), ofResource.filter(statement => !isDelegation(statement))];
    return await allows([...others, ...denials(ofIdentity)])
      || (await allows(delegations) && await allows([...ofIdentity, ...denials(others)]));
  }
  return allows([...ofResource, ...ofIdentity]);
}

/** A statement is judged once for the same request, so the same requests are asked for again and again. */
const requests = new Map<string, Promise<PreparedRequest>>();

function prepared(row: RequestRow): Promise<PreparedRequest> {
  const text = JSON.stringify(row);
  let request = requests.get(text);
  if (request === undefined) {
    requests.set(text, request = prepare(row));
  }
  return request;
}
