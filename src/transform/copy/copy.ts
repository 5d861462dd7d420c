import { Readable } from 'stream';
import { ConflictError, Destination } from './destination';
import { serve } from '../serve';
import { Transformation } from '../transformation';
import { Source, ViewRequest, ViewResponse } from '../view';
import { ViewError } from '../view-error';

export type Outcome = 'Copied' | 'Current' | 'Deleted' | 'Absent';

export interface CopyOptions {
  readonly source: (request: ViewRequest) => Source;
  /** Whether there is an original of that key, where S3 does not say that it is missing. */
  readonly exists: (key: string) => Promise<boolean>;
  readonly transformation: Transformation;
  readonly destination: Destination;
  /** What the keys of copies start with, before the key of the original. */
  readonly destinationPrefix: string;
  /** Whether copies go when their originals do. */
  readonly deletes: boolean;
  /** In milliseconds from now on. */
  readonly timeLimit: number;
}

/** What describes the original, and the copy as well. */
const DESCRIBING = /^(content-(type|disposition|language|encoding)|cache-control|expires|x-amz-meta-.+)$/;
/** Of a view that is not known by an ETag. */
const UNKNOWN = 'unknown';
const ATTEMPTS = 5;

/**
 * Makes the copy of an object what its original is now, whatever event told of it, however often and in whatever order: it looks at the
 * copy, then at the original, and writes only over what it has seen. Of two that do so at once, one fails and looks again.
 *
 * @throws ViewError
 */
export async function copyObject(key: string, options: CopyOptions): Promise<Outcome> {
  const end = performance.now() + options.timeLimit;
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await attemptCopy(key, options, end);
      if (outcome !== undefined) {
        return outcome;
      }
    } catch (error) {
      if (!(error instanceof ConflictError)) {
        throw error;
      }
    }
    if (attempt === ATTEMPTS) {
      throw new ViewError(503, 'OperationAborted', 'The object changes faster than it can be copied.');
    }
  }
}

/** Undefined if the original has changed meanwhile. */
async function attemptCopy(key: string, options: CopyOptions, end: number): Promise<Outcome | undefined> {
  const { destination, deletes } = options;
  const target = `${options.destinationPrefix}${key}`;
  const before = await destination.head(target);
  const response = await view('GetObject', key, before?.view, options, end);
  if (response.status === 304) {
    return 'Current';
  }
  if (response.status === 404 || (response.status === 403 && !await options.exists(key))) {
    // What was put there by others stays.
    if (!deletes || before?.view === undefined) {
      return 'Absent';
    }
    await destination.remove(target, before);
    return 'Deleted';
  }
  if (response.error !== undefined || response.status !== 200) {
    throw response.error ?? new ViewError(response.status, 'InternalError', 'There was no whole object.');
  }
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => DESCRIBING.test(name)));
  const copied = response.headers.etag ?? UNKNOWN;
  const { body = Buffer.alloc(0) } = response;
  try {
    await destination.put(target, { headers, body, view: copied }, before);
  } finally {
    if (body instanceof Readable) {
      body.destroy();
    }
  }
  // The original, or another copy, may have been there and gone meanwhile, which writing over what was seen does not tell.
  const after = await view('HeadObject', key, copied, options, end);
  return after.status === 304 || (!isStrong(copied) && isSame(response, after)) ? 'Copied' : undefined;
}

/** Whether an original without versions is as it was, as far as can be told. */
function isSame({ headers: one }: ViewResponse, { status, headers: other }: ViewResponse): boolean {
  return status === 200 && ['etag', 'last-modified'].every(name => one[name] === other[name]);
}

async function view(operation: 'GetObject' | 'HeadObject', key: string, known: string | undefined, options: CopyOptions, end: number): Promise<ViewResponse> {
  const request: ViewRequest = {
    operation,
    key,
    // Two originals of the same second, without versions, have the same weak ETag.
    headers: known !== undefined && isStrong(known) ? { 'if-none-match': known } : {},
    query: new URLSearchParams(),
  };
  return serve(request, options.source(request), options.transformation, { timeLimit: end - performance.now(), measureUpTo: 0 });
}

function isStrong(etag: string): boolean {
  return etag.startsWith('"');
}
