import { Readable } from 'stream';
import { Deadline } from './deadline';
import { Exchange } from './exchange';
import { getObject } from './get-object';
import { headObject } from './head-object';
import { listObjects } from './listing';
import { asViewError, errorResponse } from './s3-error';
import { Transformation } from './transformation';
import { Source, ViewRequest, ViewResponse } from './view';

export interface ServeOptions {
  /** Milliseconds from now on in which the request is served, with all that is read for it. Defaults to none. */
  readonly timeLimit?: number;
  /** The stored size in bytes up to which HEAD transforms the object to tell its length. Defaults to 32 MiB. */
  readonly measureUpTo?: number;
  /**
   * How many bytes are held back, so that what fits has a length, and an error before its end a status; of a slice, so many are kept while
   * its object is measured. Defaults to 1 MiB.
   */
  readonly holdBack?: number;
  /** Whether listings show the sizes of the stored objects. Defaults to false. */
  readonly showSizes?: boolean;
}

const MIB = 1024 * 1024;

/** Answers a request with the transformed view of an object, or of a listing. It does not throw: what goes wrong is an answer, too. */
export async function serve(request: ViewRequest, source: Source, transformation: Transformation, options: ServeOptions = {}): Promise<ViewResponse> {
  const deadline = new Deadline(options.timeLimit);
  let response: ViewResponse;
  try {
    response = await answer({ request, source, transformation, deadline, holdBack: options.holdBack ?? MIB }, options);
  } catch (error) {
    response = errorResponse(asViewError(error), request.operation === 'HeadObject');
  }
  if (response.body instanceof Readable) {
    deadline.guard(response.body);
    response.body.once('close', () => deadline.clear());
  } else {
    deadline.clear();
  }
  return response;
}

async function answer(exchange: Exchange, { measureUpTo = 32 * MIB, showSizes = false }: ServeOptions): Promise<ViewResponse> {
  switch (exchange.request.operation) {
    case 'GetObject':
      return getObject(exchange);
    case 'HeadObject':
      return headObject(exchange, measureUpTo);
    case 'ListObjects':
    case 'ListObjectsV2':
      return listObjects(exchange, showSizes);
  }
}
