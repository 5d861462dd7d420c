import { boundedText } from './bounded-text';
import { childText, leaf, parseXml, writeXml } from './s3-xml';
import { SourceResponse, ViewResponse } from './view';
import { ViewError } from './view-error';
import { RedactionError, RedactionErrorCode } from '../redaction/errors';

/** What S3 says of an object beside its error, and of when to ask again. */
const PASSED = ['allow', 'last-modified', 'retry-after', 'x-amz-bucket-region', 'x-amz-delete-marker', 'x-amz-request-charged', 'x-amz-version-id'];

/** Answers to HEAD have no body that names the code. */
const CODES = new Map([
  [301, 'PermanentRedirect'], [307, 'TemporaryRedirect'], [400, 'BadRequest'], [401, 'Unauthorized'], [403, 'AccessDenied'], [404, 'NoSuchKey'],
  [405, 'MethodNotAllowed'], [409, 'OperationAborted'], [412, 'PreconditionFailed'], [416, 'InvalidRange'], [501, 'NotImplemented'],
  [503, 'ServiceUnavailable'],
]);
const LONGEST_BODY = 65_536;
const LONGEST_MESSAGE = 1024;

/**
 * The error that S3 answered with: status, code and message, and no more, since the rest names hosts, requests and keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export async function errorOf(response: SourceResponse): Promise<ViewError> {
  const { status, headers } = response;
  const { code, message } = await saidBy(response);
  return status < 300 || status > 599
    ? internalError()
    : new ViewError(status, code ?? CODES.get(status) ?? (status < 500 ? 'BadRequest' : 'InternalError'), message ?? 'S3 refused the request.',
      Object.fromEntries(PASSED.flatMap(name => headers[name] === undefined ? [] : [[name, headers[name]]])));
}

async function saidBy({ body }: SourceResponse): Promise<{ code?: string; message?: string }> {
  try {
    const error = parseXml(await boundedText(body, LONGEST_BODY));
    const [code = '', message = ''] = [childText(error, 'Code'), childText(error, 'Message')];
    // Clients such as the AWS CLI do not read errors without a message.
    return { code: /^[A-Za-z0-9.]{1,100}$/.test(code) ? code : undefined, message: message === '' ? undefined : message.slice(0, LONGEST_MESSAGE) };
  } catch {
    return {};
  }
}

/** What is said of an error, wherever it comes from. */
export function asViewError(error: unknown): ViewError {
  if (error instanceof ViewError) {
    return error;
  }
  if (!(error instanceof RedactionError) || error.code === 'INVALID_RULES' || error.code === 'SOURCE') {
    return internalError(error);
  }
  if (error.code === 'TIME_LIMIT') {
    return overtime();
  }
  if (error.code === 'DETECTION_FAILED') {
    return withCause(new ViewError(503, 'DetectionFailed', 'The object could not be judged just now. Please try again.'), error);
  }
  return withCause(new ViewError(422, camelCase(error.code), `The object cannot be redacted: ${error.message}.`), error);
}

/** The time of the request is over. */
export function overtime(): ViewError {
  return new ViewError(503, 'TransformationTimeout', 'The object could not be transformed in the time that a request has. Ask for a smaller object.');
}

/** The object is another one than at the beginning of the request. */
export function replaced(): ViewError {
  return new ViewError(503, 'ServiceUnavailable', 'The object was replaced while it was read. Please try again.');
}

/** @param cause what happened, for the log of who runs the function: it is not sent */
export function internalError(cause?: unknown): ViewError {
  return withCause(new ViewError(500, 'InternalError', 'We encountered an internal error. Please try again.'), cause);
}

/** The answer that an error is. */
export function errorResponse(error: ViewError, isHead: boolean): ViewResponse {
  const { status, headers } = error;
  if (isHead || status === 304) {
    return { status, headers, error };
  }
  const body = Buffer.from(writeXml({ name: 'Error', attributes: '', children: [leaf('Code', error.code), leaf('Message', error.message)], text: '' }));
  return { status, headers: { ...headers, 'content-type': 'application/xml', 'content-length': String(body.length) }, body, error };
}

function withCause(error: ViewError, cause: unknown): ViewError {
  return cause === undefined ? error : Object.assign(error, { cause });
}

function camelCase(code: RedactionErrorCode): string {
  return code.toLowerCase().replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}
