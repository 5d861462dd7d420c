import { S3Request, askS3 } from './s3-request';
import { ServiceError } from './service-call';
import { dnsSuffix } from './signature';
import { discard } from '../exchange';
import { errorOf, internalError, replaced } from '../s3-error';
import { SourceResponse, ViewRequest } from '../view';
import { ViewError } from '../view-error';

type Headers = Readonly<Record<string, string>>;

/** It transforms the whole object before it answers, and the time of the request ends that. */
const SILENCE = 60_000;
/** What S3 says of the credentials of the function with 400; with 401 and 403 it says nothing else. */
const OF_CREDENTIALS = ['AuthorizationHeaderMalformed', 'ExpiredToken', 'InvalidToken', 'TokenRefreshRequired'];

/** That the function may not be invoked, with whatever status. */
const OF_RIGHTS = 'LambdaPermissionError';

/** For the log: the message of its cause has a status and a code, and nothing else. */
class OwnViewError extends Error {
  constructor({ status, code }: ViewError) {
    super('the own view was refused', { cause: new ServiceError('S3 Object Lambda', status, code) });
    this.name = 'OwnViewError';
  }
}

/**
 * The length of a transformed object, by a GET of its first byte through the Object Lambda access point, in the name of the function: another
 * invocation of it transforms the object and says the length of the whole in `Content-Range`.
 *
 * @param arn of the Object Lambda access point
 * @param described what HEAD says of the object: it has to be that one
 * @throws ViewError with what GET is refused with
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html
 */
export async function lengthInView(arn: string, { key, headers, query }: ViewRequest, described: Headers, signal: AbortSignal): Promise<number> {
  const { 'x-amz-request-payer': payer } = headers;
  const versionId = described['x-amz-version-id'] ?? query.get('versionId');
  const request: S3Request = {
    method: 'GET',
    key,
    query: versionId === null ? {} : { versionId },
    headers: { range: 'bytes=0-0', ...payer === undefined ? {} : { 'x-amz-request-payer': payer } },
    service: 's3-object-lambda',
    silence: SILENCE,
  };
  const response = await askS3(process.env.AWS_ENDPOINT_URL_S3_OBJECT_LAMBDA ?? endpointOf(arn), request, signal);
  switch (response.status) {
    case 200:
    case 206: {
      const length = response.status === 206 ? totalOf(response) : await bytesOf(response);
      checkSame(response, described);
      return length;
    }
    case 416:
      // An object without bytes has no first one.
      discard(response);
      return 0;
    default:
      throw asAnswer(await errorOf(response));
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-use.html */
export function endpointOf(arn: string): string {
  const [, , , region, account, resource] = arn.split(':');
  return `https://${resource.split('/')[1]}-${account}.s3-object-lambda.${region}.${dnsSuffix(region)}/`;
}

/**
 * Versions stay what they are; what is done with them changes with the function, and so does the ETag. No condition asks for that: S3 might sign it
 * into the URL of the event, of which the function sends none.
 */
function checkSame({ headers }: SourceResponse, described: Headers): void {
  const by = described.etag === undefined ? 'last-modified' : 'etag';
  if (headers[by] !== undefined && headers[by] !== described[by]) {
    throw replaced();
  }
}

function totalOf(response: SourceResponse): number {
  const { headers } = response;
  discard(response);
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (total === undefined) {
    throw internalError(new Error('a part of the own view has no Content-Range'));
  }
  return Number(total);
}

async function bytesOf(response: SourceResponse): Promise<number> {
  const { headers: { 'content-length': told }, body } = response;
  if (told !== undefined) {
    discard(response);
    return Number(told);
  }
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
  }
  return length;
}

/**
 * Refusals of the object are those of HEAD, too. Of rights that the function has not, or of an invocation that did not come about, the caller
 * knows nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function asAnswer(error: ViewError): ViewError {
  const { status, code } = error;
  if (code.startsWith('Lambda') && code !== OF_RIGHTS || code === 'ResponseInterrupted') {
    return Object.assign(new ViewError(503, 'ServiceUnavailable', 'The object could not be measured just now. Please try again.'), { cause: new OwnViewError(error) });
  }
  const isOfFunction = status === 401 || status === 403 && code !== 'InvalidObjectState' || code === OF_RIGHTS || OF_CREDENTIALS.includes(code);
  return isOfFunction ? internalError(new OwnViewError(error)) : error;
}
