import { Deadline } from './deadline';
import { errorOf, internalError, replaced } from './s3-error';
import { Transformation } from './transformation';
import { Source, SourceResponse, ViewRequest } from './view';
import { ViewError } from './view-error';

/** All that takes part in one request. */
export interface Exchange {
  readonly request: ViewRequest;
  readonly source: Source;
  readonly transformation: Transformation;
  readonly deadline: Deadline;
  /** In bytes. */
  readonly holdBack: number;
}

/**
 * The answer of S3, in time.
 *
 * @throws ViewError if it is anything but 200
 */
export async function answerOf(asked: Promise<SourceResponse>, deadline: Deadline): Promise<SourceResponse> {
  const response = await deadline.within(asked, discard);
  if (response.status !== 200) {
    deadline.guard(response.body);
    throw await errorOf(response);
  }
  return response;
}

/**
 * The same stored object once more.
 *
 * @throws ViewError if it was replaced meanwhile
 */
export async function storedAgain({ source, deadline }: Exchange, { headers: { etag } }: SourceResponse): Promise<SourceResponse> {
  if (etag === undefined) {
    throw internalError(new Error('an object of S3 has no ETag'));
  }
  try {
    return await answerOf(source.get({ 'if-match': etag }), deadline);
  } catch (error) {
    throw error instanceof ViewError && error.status === 412 ? replaced() : error;
  }
}

/** Ends a response that nobody reads. */
export function discard({ body }: SourceResponse): void {
  body.on('error', () => {});
  body.destroy();
}
