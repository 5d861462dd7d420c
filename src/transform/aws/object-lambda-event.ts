import { isOfS3, parsePresignedUrl } from './presigned-url';
import { Caller, Operation, ViewRequest } from '../view';

interface InputContext {
  /** A credential: it is never logged. */
  readonly inputS3Url: string;
}

/** Where the answer to a GetObject request is written to. */
export interface OutputContext {
  readonly outputRoute: string;
  readonly outputToken: string;
}

/**
 * What S3 Object Lambda hands to a function: one of the four contexts, by the operation.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
 */
export interface ObjectLambdaEvent {
  readonly xAmzRequestId: string;
  readonly getObjectContext?: InputContext & OutputContext;
  readonly headObjectContext?: InputContext;
  readonly listObjectsContext?: InputContext;
  readonly listObjectsV2Context?: InputContext;
  readonly configuration: {
    readonly accessPointArn: string;
    readonly supportingAccessPointArn: string;
    /** What the configuration of the access point gives to the function, as it is written there. */
    readonly payload: string;
  };
  readonly userRequest: {
    /** Decoded, and without the parameters of the signature. */
    readonly url: string;
    /** In the case in which they came. */
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly userIdentity: {
    readonly type: string;
    readonly arn?: string;
    readonly userName?: string;
  };
  readonly protocolVersion: string;
}

const OPERATIONS = {
  getObjectContext: 'GetObject',
  headObjectContext: 'HeadObject',
  listObjectsContext: 'ListObjects',
  listObjectsV2Context: 'ListObjectsV2',
} as const;

/** It is put before the host that answers go to: with anything else in it, they could go elsewhere. */
const ROUTE = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

export interface ObjectLambdaRequest {
  readonly view: ViewRequest;
  readonly inputS3Url: string;
}

/**
 * What the caller asked for.
 *
 * @throws if the event is none that S3 Object Lambda makes, or leads to hosts of others
 */
export function requestOf(event: ObjectLambdaEvent): ObjectLambdaRequest {
  const [context, operation] = contextOf(event);
  const { inputS3Url } = context;
  const url = parsePresignedUrl(inputS3Url);
  if (!isOfS3(url)) {
    throw new Error('the presigned URL of the event does not lead to S3');
  }
  if (event.getObjectContext !== undefined && !ROUTE.test(event.getObjectContext.outputRoute)) {
    throw new Error('the output route of the event is no start of a host name');
  }
  const { path, query: signedQuery } = url;
  const key = operation === 'GetObject' || operation === 'HeadObject' ? decoded(path.slice(1)) : '';
  const query = queryOf(event.userRequest.url, key);
  // Those that are in both are exact in the presigned URL.
  for (const name of new Set(signedQuery.keys())) {
    if (!/^x-(amz|id)/i.test(name)) {
      query.delete(name);
      signedQuery.getAll(name).forEach(value => query.append(name, value));
    }
  }
  const headers = Object.fromEntries(Object.entries(event.userRequest.headers).map(([name, value]) => [name.toLowerCase(), value]));
  // S3 takes a range as a parameter, too.
  const range = [...query].find(([name]) => name.toLowerCase() === 'range')?.[1];
  return {
    view: { operation, key, headers: range === undefined ? headers : { range: decoded(range), ...headers }, query, caller: callerOf(event) },
    inputS3Url,
  };
}

function contextOf(event: ObjectLambdaEvent): [InputContext, Operation] {
  for (const [name, operation] of Object.entries(OPERATIONS) as [keyof typeof OPERATIONS, Operation][]) {
    const context = event[name];
    if (context !== undefined) {
      return [context, operation];
    }
  }
  throw new Error('the event is none of S3 Object Lambda: it has no context of an operation');
}

/** The parameters of a URL that is decoded already: the key in front of them may hold `?`, and a value `=`. */
function queryOf(url: string, key: string): URLSearchParams {
  const path = url.replace(/^https?:\/\/[^/?]*/, '');
  const start = path.startsWith(`/${key}`) ? key.length + 1 : path.indexOf('?');
  const query = path.charAt(start) === '?' ? path.slice(start + 1) : '';
  return new URLSearchParams(query.split('&').filter(pair => pair !== '').map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
  }));
}

function callerOf({ userIdentity }: ObjectLambdaEvent): Caller {
  const { arn, userName } = userIdentity;
  return { arn, name: userName ?? arn?.slice(arn.lastIndexOf('/') + 1) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
