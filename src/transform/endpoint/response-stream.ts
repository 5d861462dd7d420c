import { Readable } from 'stream';
import { FunctionUrlEvent } from './function-url-event';
import { ViewResponse } from '../view';

/** The stream that Lambda hands to a function whose response is streamed; a subset of `stream.Writable`. */
export interface ResponseStream {
  write(chunk: Uint8Array | string): boolean;
  end(): void;
  once(event: 'drain' | 'error' | 'close' | 'finish', listener: (error?: Error) => void): unknown;
  removeListener(event: 'drain' | 'error' | 'close' | 'finish', listener: (error?: Error) => void): unknown;
}

export interface StreamingContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** The global of the Node.js runtime of Lambda. */
export interface AwsLambda {
  readonly HttpResponseStream: {
    from(stream: ResponseStream, prelude: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> }): ResponseStream;
  };
  streamifyResponse(handler: (event: FunctionUrlEvent, stream: ResponseStream, context: StreamingContext) => Promise<void>): unknown;
}

/**
 * Sends a response. It throws where the body fails: the runtime then ends the stream with an error, in place of an end that would look
 * like that of a whole object.
 * https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export async function send(
  { status, headers, body }: ViewResponse, stream: ResponseStream, awslambda: AwsLambda, onSent: (bytes: number) => void = () => {},
): Promise<void> {
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: status, headers });
  // Status and headers go out with the first write, and nothing does without one.
  out.write('');
  if (body instanceof Readable) {
    for await (const chunk of body) {
      onSent((chunk as Buffer).length);
      if (!out.write(chunk as Buffer)) {
        await drained(out);
      }
    }
  } else if (body !== undefined && body.length > 0) {
    out.write(body);
    onSent(body.length);
  }
  out.end();
}

/** To be asked at once: who waits for something else before misses it. */
async function drained(stream: ResponseStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      stream.removeListener('drain', onDrain);
      stream.removeListener('error', settle);
      stream.removeListener('close', settle);
      reject(error ?? new Error('the response was closed before its end'));
    };
    const onDrain = () => {
      stream.removeListener('error', settle);
      stream.removeListener('close', settle);
      resolve();
    };
    stream.once('drain', onDrain);
    stream.once('error', settle);
    stream.once('close', settle);
  });
}
