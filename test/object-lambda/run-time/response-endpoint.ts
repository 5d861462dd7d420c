import { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'http';
import { setTimeout as pause } from 'timers/promises';
import { LoopbackServer } from './loopback-server';
import { signatureProblem } from './signatures';

/** A call of WriteGetObjectResponse, as it arrived. */
export interface Written {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly length: number;
  /** Whether the body came to its end: S3 Object Lambda cuts the answer to the caller off otherwise. */
  readonly isWhole: boolean;
}

/** What the next call meets. */
export interface Behaviour {
  /** An error in place of 200, before the body is read. */
  readonly error?: readonly [status: number, code: string];
  /** The connection is closed after so many bytes. */
  readonly abortAfter?: number;
  /** Milliseconds before each chunk is read. */
  readonly slow?: number;
  /** Milliseconds before anything is read. */
  readonly stall?: number;
  /** Takes chunks instead of keeping them. */
  readonly onChunk?: (chunk: Buffer) => void;
}

/** Stands where S3 Object Lambda takes answers. A token works once. */
export class ResponseEndpoint {
  static async start(): Promise<ResponseEndpoint> {
    const server = await LoopbackServer.start(async (request, response) => endpoint.handle(request, response));
    const endpoint = new ResponseEndpoint(server);
    return endpoint;
  }

  readonly behaviours: Behaviour[] = [];
  private readonly calls: Written[] = [];
  private running = 0;
  private readonly tokens = new Set<string>();

  private constructor(private readonly server: LoopbackServer) {}

  get origin(): string {
    return this.server.origin;
  }

  /** The calls since it was asked last. */
  async take(): Promise<Written[]> {
    // What was sent may still be on its way, and so may the end of a connection.
    for (let tries = 0; this.running > 0 || this.calls.length === 0 && tries < 10; tries++) {
      await pause(1);
    }
    return this.calls.splice(0);
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.running++;
    try {
      await this.record(request, response);
    } finally {
      this.running--;
    }
  }

  private async record(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const behaviour = this.behaviours.shift() ?? {};
    const token = String(headers['x-amz-request-token']);
    const problem = signatureProblem(request) !== undefined ? [403, 'SignatureDoesNotMatch'] as const
      : this.tokens.has(token) ? [400, 'InvalidToken'] as const : behaviour.error;
    if (problem !== undefined) {
      const [status, code] = problem;
      response.writeHead(status, { connection: 'close' }).end(`<Error><Code>${code}</Code><Message>refused</Message></Error>`);
      this.calls.push({ method, url, headers, body: Buffer.alloc(0), length: 0, isWhole: false });
      return;
    }
    this.tokens.add(token);
    await pause(behaviour.stall ?? 0, undefined, { ref: false });
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        await pause(behaviour.slow ?? 0, undefined, { ref: false });
        length += chunk.length;
        (behaviour.onChunk ?? (kept => chunks.push(kept)))(chunk);
        if (length > (behaviour.abortAfter ?? Infinity)) {
          request.socket.destroy();
        }
      }
    } catch {
      // It was cut off.
    }
    this.calls.push({ method, url, headers, body: Buffer.concat(chunks), length, isWhole: request.complete });
    if (request.complete) {
      response.writeHead(200).end();
    }
  }
}
