import { randomUUID } from 'crypto';
import { FunctionOptions, FunctionProcess, Outcome } from './function-process';
import { ResponseEndpoint, Written } from './response-endpoint';
import { S3Server } from './s3-server';
import { escaped, presigned } from './signatures';

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the caller's URL. */
  readonly query?: Readonly<Record<string, string>>;
  /** Names of the caller's headers that are signed. */
  readonly signedHeaders?: readonly string[];
  readonly payload?: string;
  /** Milliseconds that the function has. */
  readonly remaining?: number;
  /** Seconds that the presigned URL works. */
  readonly expiresIn?: number;
}

/** What the caller of S3 Object Lambda gets. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly length: number;
  /** Otherwise it is cut off. */
  readonly isWhole: boolean;
  readonly code?: string;
  readonly message?: string;
}

export interface Log {
  readonly [name: string]: unknown;
  readonly outcome: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** What S3 Object Lambda says if the function says nothing. */
const NO_ANSWER: Answer = { status: 500, headers: {}, body: Buffer.alloc(0), length: 0, isWhole: true, code: 'LambdaResponseNotReceived' };

/** Names of the caller's parameters that S3 Object Lambda leaves out of presigned URLs. */
const NOT_PRESIGNED = ['range', 'partnumber'];

/** S3 Object Lambda, around a bundled function: it makes its events, and passes on its answers. */
export class ObjectLambda {
  static async start(asset: string, options: FunctionOptions = {}): Promise<ObjectLambda> {
    const [s3, endpoint] = await Promise.all([S3Server.start(), ResponseEndpoint.start()]);
    const environment = { AWS_ENDPOINT_URL_S3: endpoint.origin, ...options.environment };
    return new ObjectLambda(s3, endpoint, await FunctionProcess.start(asset, { ...options, environment }));
  }

  /** Of the last request: the log line, all calls of WriteGetObjectResponse, and what the function returned or threw. */
  log: Log = { outcome: 'none', counts: {} };
  calls: Written[] = [];
  outcome: Outcome = { rss: 0, cpu: { user: 0, system: 0 } };
  /** All that was written to the log. */
  readonly lines: string[] = [];

  private constructor(readonly s3: S3Server, readonly endpoint: ResponseEndpoint, readonly process: FunctionProcess) {}

  /** If the function gives no answer, the caller gets 500. */
  async get(key: string, ask: Ask = {}): Promise<Answer> {
    const event = await this.event('GET', 'getObjectContext', key, ask);
    await this.run(event, ask);
    const last = this.calls[this.calls.length - 1];
    return last === undefined ? NO_ANSWER : answerOf(last);
  }

  async head(key: string, ask: Ask = {}): Promise<Answer> {
    await this.run(await this.event('HEAD', 'headObjectContext', key, ask), ask);
    return this.answerOfResult();
  }

  async list(version: 1 | 2, query: Record<string, string> = {}): Promise<Answer> {
    const ask = { query: version === 2 ? { 'list-type': '2', ...query } : query };
    await this.run(await this.event('GET', version === 2 ? 'listObjectsV2Context' : 'listObjectsContext', '', ask), ask);
    return this.answerOfResult();
  }

  async stop(): Promise<void> {
    await Promise.all([this.process.stop(), this.s3.stop(), this.endpoint.stop()]);
  }

  async event(method: string, context: string, key: string, ask: Ask): Promise<object> {
    const { headers = {}, query = {}, signedHeaders = [], payload = '{}', expiresIn } = ask;
    const signed = Object.fromEntries(signedHeaders.map(name => [name.toLowerCase(), headers[name]]));
    const kept = Object.fromEntries(Object.entries(query).filter(([name]) => !NOT_PRESIGNED.includes(name.toLowerCase()) && !/^response-/.test(name)));
    const inputS3Url = await presigned(method, this.s3.origin, `/${key.split('/').map(escaped).join('/')}`, kept, signed, expiresIn);
    const search = Object.entries(query).map(([name, value]) => `${name}=${value}`).join('&');
    return {
      xAmzRequestId: randomUUID(),
      [context]: { inputS3Url, ...context === 'getObjectContext' ? { outputRoute: 'io-euw1-001', outputToken: randomUUID() } : {} },
      configuration: {
        accessPointArn: 'arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/view',
        supportingAccessPointArn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/view-source',
        payload,
      },
      userRequest: {
        url: `https://view-111122223333.s3-object-lambda.eu-west-1.amazonaws.com/${key}${search === '' ? '' : `?${search}`}`,
        headers: { 'Host': 'view-111122223333.s3-object-lambda.eu-west-1.amazonaws.com', 'Accept-Encoding': 'identity', ...headers },
      },
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/Analyst/session',
        accountId: '111122223333',
      },
      protocolVersion: '1.00',
    };
  }

  private async run(event: object, { remaining }: Ask): Promise<void> {
    this.s3.asked.splice(0);
    await this.endpoint.take();
    this.outcome = await this.process.invoke(event, remaining);
    this.calls = await this.endpoint.take();
    const line = this.process.lineOf((event as { xAmzRequestId: string }).xAmzRequestId);
    this.lines.push(line);
    this.log = JSON.parse(line) as Log;
  }

  private answerOfResult(): Answer {
    const { statusCode, headers = {}, errorCode, errorMessage, listResultXml = '' } = this.outcome.result as {
      statusCode: number; headers?: Record<string, unknown>; errorCode?: string; errorMessage?: string; listResultXml?: string;
    };
    return {
      status: statusCode,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      body: Buffer.from(listResultXml),
      length: listResultXml.length,
      isWhole: true,
      code: errorCode,
      message: errorMessage,
    };
  }
}

const FORWARDED = 'x-amz-fwd-header-';

function answerOf({ headers, body, length, isWhole }: Written): Answer {
  const passed = Object.entries(headers).flatMap(([name, value]) => name.startsWith(FORWARDED) ? [[name.slice(FORWARDED.length), String(value)]]
    : name.startsWith('x-amz-meta-') || name === 'content-length' ? [[name, String(value)]] : []);
  return {
    status: Number(headers['x-amz-fwd-status']),
    headers: Object.fromEntries(passed),
    body,
    length,
    isWhole,
    code: headers['x-amz-fwd-error-code'] as string | undefined,
    message: headers['x-amz-fwd-error-message'] as string | undefined,
  };
}
