import { IncomingMessage, ServerResponse } from 'http';
import { LoopbackServer } from './loopback-server';
import { ObjectLambda } from './object-lambda';
import { Asked } from './s3-server';
import { signatureProblem } from './signatures';

/** What is answered in place of what the function writes, or done before. */
export interface Trouble {
  readonly answer?: readonly [status: number, headers?: Readonly<Record<string, string>>, body?: string];
  /** Nothing is answered. */
  readonly isSilent?: boolean;
  /** The connection is closed. */
  readonly isReset?: boolean;
  readonly before?: () => void;
}

const FORWARDED = 'x-amz-fwd-header-';

/** An Object Lambda access point that the function behind it reads through: each GET is another invocation. Troubles meet the next requests, one each. */
export class OwnView {
  static readonly ARN = 'arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/view';

  static async start(asset: string, files: Readonly<Record<string, string>>): Promise<OwnView> {
    const server = await LoopbackServer.start(async (request, response) => own.handle(request, response));
    const own: OwnView = new OwnView(server, await ObjectLambda.start(asset, {
      files, environment: { OWN_VIEW_ARN: OwnView.ARN, AWS_ENDPOINT_URL_S3_OBJECT_LAMBDA: server.origin },
    }));
    return own;
  }

  readonly asked: Asked[] = [];
  readonly troubles: Trouble[] = [];

  private constructor(private readonly server: LoopbackServer, readonly view: ObjectLambda) {}

  async stop(): Promise<void> {
    await Promise.all([this.server.stop(), this.view.stop()]);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.asked.push({ method, url, headers });
    const { answer, isSilent = false, isReset = false, before } = this.troubles.shift() ?? {};
    before?.();
    if (isReset) {
      request.socket.destroy();
    } else if (answer !== undefined) {
      const [status, told = {}, body = ''] = answer;
      response.writeHead(status, told).end(body);
    } else if (method !== 'GET' || signatureProblem(request) !== undefined || !/\/eu-west-1\/s3-object-lambda\//.test(headers.authorization ?? '')) {
      response.writeHead(403).end(errorOf('SignatureDoesNotMatch'));
    } else if (!isSilent) {
      await this.transform(url, headers, response);
    }
  }

  private async transform(url: string, headers: IncomingMessage['headers'], response: ServerResponse): Promise<void> {
    const [path, search] = url.split('?');
    const ask = { headers: headers as Record<string, string>, query: Object.fromEntries(new URLSearchParams(search)) };
    await this.view.process.invoke(await this.view.event('GET', 'getObjectContext', decodeURIComponent(path.slice(1)), ask));
    const [written] = await this.view.endpoint.take();
    const code = written.headers['x-amz-fwd-error-code'];
    const told = Object.entries(written.headers).filter(([name]) => name.startsWith(FORWARDED))
      .map(([name, value]) => [name.slice(FORWARDED.length), String(value)]);
    response.writeHead(Number(written.headers['x-amz-fwd-status']), Object.fromEntries(told)).end(code === undefined ? written.body : errorOf(String(code)));
  }
}

export function errorOf(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code} of S3 Object Lambda</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`;
}
