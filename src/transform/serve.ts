import { Readable, pipeline } from 'stream';
import { text } from 'stream/consumers';
import { Deadline } from './deadline';
import { Replay, firstBytes } from './first-bytes';
import { Transformation } from './transformation';
import { Source, SourceResponse, ViewRequest, ViewResponse } from './view';
import { ViewError } from './view-error';
import { RedactionError } from '../redaction/errors';

export interface ServeOptions {
  /** Milliseconds from now on in which the request is served, with all that is read for it. Defaults to none. */
  readonly timeLimit?: number;
  /** The stored size in bytes up to which HEAD transforms the object to tell its length. Defaults to 32 MiB. */
  readonly measureUpTo?: number;
  /** Whether listings show the sizes of the stored objects. Defaults to false. */
  readonly showSizes?: boolean;
}

const FIRST_BYTES = 1024 * 1024;

/** Answers a request with the transformed view of an object, or of a listing. It does not throw: what goes wrong is an answer, too. */
export async function serve(request: ViewRequest, source: Source, transformation: Transformation, options: ServeOptions = {}): Promise<ViewResponse> {
  const deadline = new Deadline(options.timeLimit);
  try {
    const response = await answer(request, source, transformation, deadline);
    if (response.body instanceof Readable) {
      response.body.once('close', () => deadline.clear());
    } else {
      deadline.clear();
    }
    return response;
  } catch (error) {
    deadline.clear();
    return refusal(error instanceof ViewError ? error
      : error instanceof RedactionError ? new ViewError(422, error.code, error.message)
        : new ViewError(500, 'InternalError', 'We encountered an internal error. Please try again.'));
  }
}

async function answer(request: ViewRequest, source: Source, transformation: Transformation, deadline: Deadline): Promise<ViewResponse> {
  if (request.operation !== 'GetObject' && request.operation !== 'HeadObject') {
    const listing = await deadline.within(source.list(), discard);
    return { status: listing.status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(await text(listing.body)) };
  }
  const stored = await deadline.within(request.operation === 'HeadObject' && source.isHeadOnly === true ? source.head() : source.get(), discard);
  if (stored.status !== 200) {
    discard(stored);
    throw new ViewError(stored.status, 'AccessDenied', 'Access Denied');
  }
  const { headers } = stored;
  const opened = transformation.open({ key: request.key, contentType: headers['content-type'], contentEncoding: headers['content-encoding'] }, request);
  pipeline(stored.body, opened.stream, () => {});
  deadline.guard(opened.stream);
  const first = await firstBytes(opened.stream, FIRST_BYTES);
  const out = { 'content-type': opened.contentType ?? headers['content-type'] ?? 'binary/octet-stream' };
  if (!first.isWhole) {
    return { status: 200, headers: out, body: new Replay(first, opened.stream) };
  }
  const body = Buffer.concat(first.chunks);
  return { status: 200, headers: { ...out, 'content-length': String(body.length) }, body: request.operation === 'HeadObject' ? undefined : body };
}

function discard({ body }: SourceResponse): void {
  body.on('error', () => {});
  body.destroy();
}

function refusal(error: ViewError): ViewResponse {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${error.message}</Message></Error>`);
  return { status: error.status, headers: { 'content-type': 'application/xml', 'content-length': String(body.length), ...error.headers }, body, error };
}
