import { Readable } from 'stream';
import { text } from 'stream/consumers';
import { knownCode, knownStatus } from './get-object-response';
import { ViewResponse } from '../view';

/**
 * What a function returns to answer HeadObject and the operations that list.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html
 */
export interface JsonResponse {
  readonly statusCode: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly listResultXml?: string;
}

/** Headers as the documentation writes them, where that is not the name of the header in lower case. */
const NAMES = [
  'Accept-Ranges', 'Cache-Control', 'Content-Disposition', 'Content-Encoding', 'Content-Language', 'Content-Length', 'Content-Range', 'Content-Type',
  'ETag', 'Expires', 'Last-Modified', 'x-amz-server-side-encryption-customer-key-MD5',
];
const NAME_OF = new Map(NAMES.map(name => [name.toLowerCase(), name]));
const NUMBERS = ['content-length', 'x-amz-missing-meta', 'x-amz-mp-parts-count', 'x-amz-tagging-count'];
const BOOLEANS = ['x-amz-delete-marker', 'x-amz-server-side-encryption-bucket-key-enabled'];

/** Of HEAD, with the status and the code that GET would answer with. */
export function headResponse({ status, headers, error }: ViewResponse): JsonResponse {
  return { statusCode: knownStatus(status), ...errorOf(status, error), headers: Object.fromEntries(Object.entries(headers).map(typed)) };
}

/** Of the operations that list. */
export async function listResponse({ status, error, body }: ViewResponse): Promise<JsonResponse> {
  if (error !== undefined) {
    return { statusCode: knownStatus(status), ...errorOf(status, error) };
  }
  return { statusCode: status, listResultXml: body instanceof Readable ? await text(body) : Buffer.from(body ?? '').toString() };
}

function errorOf(status: number, error: ViewResponse['error']): Pick<JsonResponse, 'errorCode' | 'errorMessage'> {
  return error === undefined || status < 400 ? {} : { errorCode: knownCode(error.code), errorMessage: error.message };
}

function typed([name, value]: [string, string]): [string, string | number | boolean] {
  return [NAME_OF.get(name) ?? name, NUMBERS.includes(name) ? Number(value) : BOOLEANS.includes(name) ? value === 'true' : value];
}
