import { Counts, Outcome, logInvocation } from './invocation-log';
import { TransformationFactory } from './object-lambda';
import { problemOf } from './problem';
import { S3Source } from './s3-source';
import { respond } from '../endpoint/endpoint';
import { FunctionUrlEvent } from '../endpoint/function-url-event';
import { Grant } from '../endpoint/grants';
import { AwsLambda, ResponseStream, StreamingContext, send } from '../endpoint/response-stream';
import { IssuerSettings, tokenVerifier } from '../endpoint/token';
import { ViewResponse } from '../view';

export interface EndpointHandlerOptions {
  /** The URL that the originals are read from. */
  readonly source: string;
  readonly grants: readonly Grant[];
  readonly tokenHeader: string;
  readonly issuer?: IssuerSettings;
  readonly transformationOf: TransformationFactory;
  readonly showSizes: boolean;
  /** Whether the transformation shows other keys than there are. */
  readonly hidesKeys: boolean;
  /** In bytes. */
  readonly largestResponse: number;
}

/** What is left of the time of the function for the answer that says so. */
const MARGIN = 2_000;

/** The handler of a function behind a function URL whose response is streamed. */
export function endpointHandler(options: EndpointHandlerOptions, awslambda: AwsLambda) {
  const verify = options.issuer && tokenVerifier(options.issuer);
  return async (event: FunctionUrlEvent, stream: ResponseStream, context: StreamingContext): Promise<void> => {
    const start = performance.now();
    const counts = new Counts();
    const time = context.getRemainingTimeInMillis();
    const signal = AbortSignal.timeout(Math.max(1, time - MARGIN / 2));
    const sources: S3Source[] = [];
    const response = await respond(event, {
      grants: options.grants,
      tokenHeader: options.tokenHeader,
      verify,
      transformationOf: async () => options.transformationOf({ payload: '', counts, signal }),
      source: request => {
        const source = new S3Source(options.source, request, signal);
        sources.push(source);
        return source;
      },
      largestResponse: options.largestResponse,
      timeLimit: Math.max(1, time - MARGIN),
      showSizes: options.showSizes,
      hidesKeys: options.hidesKeys,
    });
    let bytesOut = 0;
    const log = (outcome: Outcome, failure: unknown = response.error?.cause) => logInvocation({
      requestId: context.awsRequestId,
      operation: event.requestContext.http.method,
      outcome,
      status: response.status,
      code: response.error?.code,
      problem: problemOf(failure),
      bytesIn: sources.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
      bytesOut,
      duration: performance.now() - start,
      counts,
    });
    try {
      await send(response, stream, awslambda, bytes => bytesOut += bytes);
      log(outcomeOf(response));
    } catch (error) {
      log('cutOff', error);
      throw error;
    }
  };
}

/** What S3 refuses, and who may not read, is an answer like all others. */
function outcomeOf({ status, error }: ViewResponse): Outcome {
  return error !== undefined && (status === 422 || error.code === 'TransformationTimeout') ? 'refused' : 'answered';
}
