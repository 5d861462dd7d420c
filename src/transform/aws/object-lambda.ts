import { Readable } from 'stream';
import { writeGetObjectResponse } from './get-object-response';
import { Counts, Outcome, logInvocation } from './invocation-log';
import { JsonResponse, headResponse, listResponse } from './json-response';
import { ObjectLambdaEvent, requestOf } from './object-lambda-event';
import { lengthInView } from './own-view';
import { PresignedSource } from './presigned-source';
import { problemOf } from './problem';
import { ServiceError } from './service-call';
import { checkAsksForNoKeys } from '../endpoint/hidden-keys';
import { asViewError, errorResponse } from '../s3-error';
import { serve } from '../serve';
import { Transformation } from '../transformation';
import { ViewRequest, ViewResponse } from '../view';
import { ViewError } from '../view-error';

/** What is used of the context of an invocation. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** What a transformation may know of its invocation. */
export interface Invocation {
  /** What the configuration of the Object Lambda access point gives to the function. */
  readonly payload: string;
  /** Takes counts for the log and the metrics. */
  readonly counts: Counts;
  /** Aborts when the time of the request is over. */
  readonly signal: AbortSignal;
}

/** Makes the transformation of one invocation. What is the same for all is made once, outside of it. */
export type TransformationFactory = (invocation: Invocation) => Transformation | Promise<Transformation>;

export interface ObjectLambdaOptions {
  /** Whether listings show the sizes of the stored objects. Defaults to false. */
  readonly showSizes?: boolean;
  /** Whether listings show other keys than there are. Defaults to false. */
  readonly hidesKeys?: boolean;
  /**
   * The ARN of the Object Lambda access point that the function reads through to tell lengths with HEAD. Without it, and behind any other one,
   * HEAD tells none.
   */
  readonly ownView?: string;
}

export type ObjectLambdaHandler = (event: ObjectLambdaEvent, context: LambdaContext) => Promise<JsonResponse | undefined>;

/** S3 Object Lambda waits so long for the end of an answer, in milliseconds. */
const LONGEST = 60_000;
/** What is left then for the answer that says so. */
const MARGIN = 2_000;

/**
 * The handler of a function behind an Object Lambda access point: it answers GetObject, HeadObject, ListObjects and ListObjectsV2 with the
 * transformed view.
 *
 * It gives up two seconds before the time of the request or of the function is over, so that the caller gets an error, or an answer that is
 * visibly cut off, and never bytes that nobody judged.
 */
export function objectLambdaHandler(transformationOf: TransformationFactory, options: ObjectLambdaOptions = {}): ObjectLambdaHandler {
  return async (event, context) => {
    const invocation = new RunningInvocation(event, Math.min(LONGEST, context.getRemainingTimeInMillis()), options.ownView);
    try {
      return await invocation.answer(await invocation.serve(transformationOf, options));
    } finally {
      invocation.end();
    }
  };
}

class RunningInvocation {
  private readonly start = performance.now();
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly counts = new Counts();
  private readonly view: ViewRequest;
  private readonly source: PresignedSource;
  private bytesOut = 0;

  /** @param time in milliseconds */
  constructor(private readonly event: ObjectLambdaEvent, private readonly time: number, ownView: string | undefined) {
    const { view, inputS3Url } = requestOf(event);
    this.view = view;
    // The presigned URL shows rights to what is behind the access point of the event, and to nothing else.
    const measures = ownView !== undefined && ownView === event.configuration.accessPointArn;
    this.source = new PresignedSource(inputS3Url, view, this.abort.signal,
      measures ? async described => lengthInView(ownView, view, described, this.abort.signal) : undefined);
    this.timer = setTimeout(() => this.abort.abort(), Math.max(0, time - MARGIN / 2));
  }

  async serve(transformationOf: TransformationFactory, options: ObjectLambdaOptions): Promise<ViewResponse> {
    const { view, source, counts, abort: { signal } } = this;
    try {
      if (options.hidesKeys === true) {
        checkAsksForNoKeys(view, []);
      }
      const transformation = await transformationOf({ payload: this.event.configuration.payload, counts, signal });
      return await serve(view, source, transformation, { ...options, timeLimit: Math.max(0, this.time - MARGIN - this.duration) });
    } catch (error) {
      return errorResponse(asViewError(error), view.operation === 'HeadObject');
    }
  }

  async answer(response: ViewResponse): Promise<JsonResponse | undefined> {
    switch (this.view.operation) {
      case 'GetObject':
        await this.write(response);
        return undefined;
      case 'HeadObject':
        this.log(response);
        return headResponse(response);
      default: {
        const listing = await listResponse(response);
        this.bytesOut = Buffer.byteLength(listing.listResultXml ?? '');
        this.log(response);
        return listing;
      }
    }
  }

  end(): void {
    clearTimeout(this.timer);
    this.abort.abort();
  }

  private async write(response: ViewResponse): Promise<void> {
    const body = new CountedBody(response.error === undefined ? response.body : undefined);
    try {
      await writeGetObjectResponse(this.event.getObjectContext!, { ...response, body: body.content }, this.abort.signal);
      this.bytesOut = body.length;
      this.log(response);
    } catch (error) {
      this.bytesOut = body.length;
      if (body.failure !== undefined || this.abort.signal.aborted) {
        this.log(response, 'cutOff', body.failure ?? error);
      } else if (error instanceof ServiceError && error.status >= 500) {
        this.log(response, 'failed', error);
        throw error;
      } else {
        // The token is used or too old, or the connection is closed: nobody can be told any more.
        this.log(response, 'callerGone', error);
      }
    } finally {
      // Of what nobody began to read, too.
      if (response.body instanceof Readable) {
        response.body.destroy();
      }
    }
  }

  private get duration(): number {
    return performance.now() - this.start;
  }

  private log({ status, error }: ViewResponse, outcome = this.outcomeOf(error), failure: unknown = error?.cause): void {
    const { bytesOut, duration, counts, view: { operation }, source: { bytesRead: bytesIn } } = this;
    logInvocation({
      requestId: this.event.xAmzRequestId,
      operation,
      outcome,
      status,
      code: error?.code,
      problem: problemOf(failure),
      bytesIn,
      bytesOut,
      duration,
      counts,
    });
  }

  /** What S3 refuses, and what conditions and ranges refuse, is an answer like all others. */
  private outcomeOf(error: ViewError | undefined): Outcome {
    return error !== undefined && (error.code === 'TransformationTimeout' || (this.source.status === 200 && ![304, 412, 416].includes(error.status)))
      ? 'refused' : 'answered';
  }
}

/** What goes out, counted, and what was wrong with it. */
class CountedBody {
  length = 0;
  failure: unknown;
  readonly content: Readable | Uint8Array | undefined;

  constructor(body: Readable | Uint8Array | undefined) {
    this.content = body instanceof Readable ? Readable.from(this.counted(body), { objectMode: false }) : body;
    this.length = body instanceof Uint8Array ? body.length : 0;
  }

  private async* counted(body: Readable): AsyncGenerator<Buffer, void> {
    const chunks: AsyncIterator<Buffer, void> = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await chunks.next().catch((error: unknown) => {
          // Errors of whoever reads come from elsewhere.
          this.failure = error;
          throw error;
        });
        if (done === true) {
          return;
        }
        this.length += value.length;
        yield value;
      }
    } finally {
      body.destroy();
    }
  }
}
