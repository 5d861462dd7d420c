import { randomUUID } from 'crypto';
import { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'http';
import { pipeline } from 'stream/promises';
import { CallerRequest, Credentials, SourceBucket } from './caller-request';
import { FunctionOptions, FunctionProcess } from './function-process';
import { LoopbackServer } from './loopback-server';
import { CREDENTIALS, signatureProblem } from './signatures';

export interface ObjectLambdaServerOptions extends FunctionOptions {
  readonly source: SourceBucket;
  readonly callers: readonly Credentials[];
  /** Of the function. Defaults to those of other tests. */
  readonly role?: Credentials;
  /** Whether the function reads through the access point itself, so that HEAD tells lengths. Defaults to false. */
  readonly readsOwnView?: boolean;
}

/** What functions return for HEAD and listings. */
interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly listResultXml?: string;
}

const FORWARDED = 'x-amz-fwd-header-';
const CONTEXTS = {
  GetObject: 'getObjectContext', HeadObject: 'headObjectContext', ListObjects: 'listObjectsContext', ListObjectsV2: 'listObjectsV2Context',
} as const;

/**
 * S3 Object Lambda as its callers see it, in front of a bundled function: it makes events of their requests, and answers of what the function
 * writes or returns, while it is written.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html
 */
export class ObjectLambdaServer {
  /** Stands in the path of those who do not use the ARN. */
  static readonly ALIAS = 'view-1a2b3c--ol-s3';
  static readonly ARN = 'arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/view';

  static async start(asset: string, all: ObjectLambdaServerOptions): Promise<ObjectLambdaServer> {
    const { source, callers, role = CREDENTIALS, readsOwnView = false, ...options } = all;
    const http = await LoopbackServer.start(async (request, response) => server.handle(request, response));
    const environment = {
      AWS_ACCESS_KEY_ID: role.accessKeyId,
      AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
      AWS_SESSION_TOKEN: role.sessionToken ?? '',
      AWS_ENDPOINT_URL_S3: http.origin,
      ...readsOwnView ? { OWN_VIEW_ARN: ObjectLambdaServer.ARN, AWS_ENDPOINT_URL_S3_OBJECT_LAMBDA: http.origin } : {},
      ...options.environment,
    };
    const server = new ObjectLambdaServer(http, source, [...callers, role], role, await FunctionProcess.start(asset, { ...options, environment }));
    return server;
  }

  /** Whether presigned URLs have the `response-*` parameters of the caller: the documentation names the range and the part as all they have not. */
  presignsOverrides = true;
  private readonly waiting = new Map<string, ServerResponse>();

  private constructor(
    private readonly http: LoopbackServer, private readonly source: SourceBucket, private readonly callers: readonly Credentials[],
    private readonly role: Credentials, readonly process: FunctionProcess,
  ) {}

  get origin(): string {
    return this.http.origin;
  }

  async stop(): Promise<void> {
    await Promise.all([this.process.stop(), this.http.stop()]);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await (request.method === 'POST' ? this.take(request, response) : this.serve(request, response));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new CallerRequest(request, ObjectLambdaServer.ALIAS);
    const credentials = this.callers.find(({ accessKeyId }) => accessKeyId === asked.accessKeyId);
    if (credentials === undefined || signatureProblem(request, undefined, credentials.secretAccessKey) !== undefined) {
      refuse(response, 403, 'SignatureDoesNotMatch');
      return;
    }
    const inputS3Url = await asked.presigned(credentials, this.source, this.presignsOverrides);
    const output = asked.operation === 'GetObject' ? { outputRoute: 'io-euw1-001', outputToken: randomUUID() } : undefined;
    if (output !== undefined) {
      this.waiting.set(output.outputToken, response);
    }
    const { result, failure } = await this.process.invoke({
      xAmzRequestId: randomUUID(),
      [CONTEXTS[asked.operation]]: { inputS3Url, ...output },
      configuration: {
        accessPointArn: ObjectLambdaServer.ARN,
        supportingAccessPointArn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/view-source',
        payload: '{}',
      },
      userRequest: asked.userRequest,
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Analyst/session', accountId: '111122223333' },
      protocolVersion: '1.00',
    });
    if (output === undefined) {
      answer(response, failure === undefined ? result as Result : { statusCode: 500, errorCode: 'LambdaRuntimeError' });
    } else if (this.waiting.delete(output.outputToken)) {
      refuse(response, 500, failure === undefined ? 'LambdaResponseNotReceived' : 'LambdaRuntimeError');
    }
  }

  /** WriteGetObjectResponse: a token works once, and what is cut off is cut off for the caller, too. */
  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = request;
    const token = String(headers['x-amz-request-token']);
    const caller = this.waiting.get(token);
    if (signatureProblem(request, undefined, this.role.secretAccessKey) !== undefined || caller === undefined) {
      refuse(response, caller === undefined ? 400 : 403, caller === undefined ? 'InvalidToken' : 'SignatureDoesNotMatch');
      return;
    }
    this.waiting.delete(token);
    const status = Number(headers['x-amz-fwd-status']);
    const code = headers['x-amz-fwd-error-code'];
    if (code !== undefined) {
      refuse(caller, status, String(code), String(headers['x-amz-fwd-error-message']), forwarded(headers));
      request.resume();
    } else {
      caller.writeHead(status, { ...identified(), ...forwarded(headers), ...lengthOf(status, headers) }).flushHeaders();
      await pipeline(request, caller);
    }
    response.writeHead(200).end();
  }
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  const passed = Object.entries(headers).filter(([name]) => name.startsWith(FORWARDED) || name.startsWith('x-amz-meta-'));
  return Object.fromEntries(passed.map(([name, value]) => [name.replace(FORWARDED, ''), String(value)]));
}

function lengthOf(status: number, headers: IncomingHttpHeaders): Record<string, string> {
  return status === 304 || headers['content-length'] === undefined ? {} : { 'content-length': headers['content-length'] };
}

function answer(response: ServerResponse, { statusCode, headers = {}, errorCode, errorMessage, listResultXml }: Result): void {
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  if (errorCode !== undefined) {
    refuse(response, statusCode, errorCode, errorMessage, plain);
  } else if (listResultXml !== undefined) {
    response.writeHead(statusCode, { ...identified(), 'content-type': 'application/xml' }).end(listResultXml);
  } else {
    response.writeHead(statusCode, { ...identified(), ...plain }).end();
  }
}

function refuse(response: ServerResponse, status: number, code: string, message = code, headers: Record<string, string> = {}): void {
  const text = message.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`);
  response.writeHead(status, { ...headers, ...identified(), 'content-type': 'application/xml' }).end(response.req.method === 'HEAD' ? undefined
    : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${text}</Message></Error>`);
}

function identified(): Record<string, string> {
  return { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': 'host' };
}
