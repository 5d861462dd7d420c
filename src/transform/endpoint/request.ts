import { FunctionUrlEvent } from './function-url-event';
import { Operation, ViewRequest } from '../view';
import { ViewError } from '../view-error';

const OF_OBJECTS = /^(versionId|partNumber|response-(cache-control|content-disposition|content-encoding|content-language|content-type|expires))$/;
const OF_LISTINGS = /^(list-type|prefix|delimiter|max-keys|encoding-type|continuation-token|start-after|fetch-owner|marker)$/;
/** What SDKs and signers add, which says nothing of the object. */
const OF_CLIENTS = /^(x-id|x-amz-.*)$/i;
const LONGEST_KEY = 1024;

/**
 * The request as one to S3: the path is the key, decoded once, with slashes and dots as they are.
 * @throws ViewError if it is none that a view answers
 */
export function viewRequest({ rawPath, rawQueryString, headers, requestContext }: FunctionUrlEvent): ViewRequest {
  const { method } = requestContext.http;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new ViewError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', { allow: 'GET, HEAD' });
  }
  const key = keyOf(rawPath);
  const query = new URLSearchParams(rawQueryString);
  const operation = operationOf(method, key, query);
  const known = key === '' ? OF_LISTINGS : OF_OBJECTS;
  const names = [...query.keys()];
  const unknown = names.find(name => !known.test(name) && !OF_CLIENTS.test(name));
  if (operation === undefined || unknown !== undefined) {
    throw new ViewError(501, 'NotImplemented', 'A view of a bucket answers GET and HEAD of objects, and lists them.');
  }
  if (new Set(names).size < names.length) {
    throw new ViewError(400, 'InvalidArgument', 'A parameter is given twice.');
  }
  return { operation, key, headers, query };
}

function keyOf(rawPath: string): string {
  const key = decoded(rawPath.replace(/^\//, ''));
  if (key === undefined) {
    throw new ViewError(400, 'InvalidURI', 'Could not parse the specified URI.');
  }
  if (Buffer.byteLength(key) > LONGEST_KEY) {
    throw new ViewError(400, 'KeyTooLongError', 'Your key is too long.');
  }
  return key;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function operationOf(method: 'GET' | 'HEAD', key: string, query: URLSearchParams): Operation | undefined {
  if (key !== '') {
    return method === 'GET' ? 'GetObject' : 'HeadObject';
  }
  const listType = query.get('list-type');
  return method === 'HEAD' ? undefined : listType === null ? 'ListObjects' : listType === '2' ? 'ListObjectsV2' : undefined;
}
