import { ChildProcess, spawn } from 'child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { IncomingMessage, request } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import { createInterface } from 'readline';
import { ASSETS } from '../object-lambda/run-time/function-process';
import { CREDENTIALS, REGION } from '../object-lambda/run-time/signatures';

/** Starts the line that tells the end of an invocation, after those of its log. */
const END = 'end of an invocation: ';

/**
 * Does what Lambda does around a function with a function URL: its global, the streams of its run time, and an HTTP server that makes events
 * of requests. Who asks, IAM would say; here a header does. `jwks` stands for the issuer of tokens.
 */
const RUN_TIME = `
  const http = require('http');
  const [directory, jwks] = process.argv.slice(1);
  const https = require('https');
  https.request = (uri, options, answer) => http.request(jwks + '?' + encodeURIComponent(uri), { ...options, agent: undefined }, answer);
  global.awslambda = {
    streamifyResponse: handler => handler,
    HttpResponseStream: {
      from(stream, prelude) {
        stream.prelude = prelude;
        return stream;
      },
    },
  };
  const { handler } = require(directory + '/index.js');
  const server = http.createServer((request, response) => {
    // As the run time: status and headers go out with the first write, and an end without one sends nothing.
    let isBegun = false;
    const stream = {
      write(chunk) {
        if (!isBegun) {
          isBegun = true;
          const headers = { ...stream.prelude.headers };
          headers['x-amzn-remapped-content-length'] = headers['content-length'] ?? '';
          delete headers['content-length'];
          response.writeHead(stream.prelude.statusCode, headers);
        }
        return chunk.length === 0 || response.write(chunk);
      },
      end: () => isBegun ? response.end() : response.destroy(),
      once: (event, listener) => response.once(event, listener),
      removeListener: (event, listener) => response.removeListener(event, listener),
    };
    const { 'test-number': number, 'test-user-arn': userArn, 'test-remaining': remaining = '60000', ...headers } = request.headers;
    const [rawPath, rawQueryString = ''] = request.url.split('?');
    const end = Date.now() + Number(remaining);
    handler({
      version: '2.0', rawPath, rawQueryString, headers,
      requestContext: { http: { method: request.method }, authorizer: { iam: { userArn: userArn ?? 'AROAEXAMPLE:cloudfront' } } },
    }, stream, { awsRequestId: headers['test-id'], getRemainingTimeInMillis: () => end - Date.now() })
      // The error of the middle of a stream.
      .then(() => ({}), error => {
        response.destroy();
        return { failure: error.message };
      })
      .then(end => process.stdout.write('${END}' + JSON.stringify({ number, ...end }) + '\\n'));
  }).listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
`;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Otherwise it is cut off. */
  readonly isWhole: boolean;
}

/** The bundled function of the endpoint, behind an HTTP server on loopback. */
export class EndpointProcess {
  static async start(files: Record<string, string>, environment: Record<string, string>, jwks: string): Promise<EndpointProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'endpoint-'));
    cpSync(join(ASSETS, 'redacted-endpoint'), directory, { recursive: true });
    Object.entries(files).forEach(([name, content]) => writeFileSync(join(directory, name), content));
    const child = spawn(process.execPath, ['-e', RUN_TIME, directory, jwks], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
        AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
        AWS_LAMBDA_FUNCTION_NAME: 'endpoint',
        ...environment,
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', code => reject(new Error(`the function ended with ${code}`)));
      child.once('message', (message: { port: number }) => resolve(message.port));
    });
    return new EndpointProcess(child, directory, port);
  }

  /** What was written to the log. */
  readonly lines: string[] = [];
  /** Messages of what the handler threw. */
  readonly failures: string[] = [];

  private readonly waiting = new Map<string, () => void>();
  private asked = 0;

  private constructor(private readonly child: ChildProcess, private readonly directory: string, private readonly port: number) {
    createInterface(child.stdout!).on('line', line => this.read(line));
  }

  /** The answer, when the invocation has ended too. */
  async ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    const number = String(++this.asked);
    const ended = new Promise<void>(tell => this.waiting.set(number, tell));
    const answer = await this.answer(path, { ...headers, 'test-number': number }, method);
    await ended;
    return answer;
  }

  private async answer(path: string, headers: Record<string, string>, method: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port, path, method, headers, agent: false }, response => {
        const chunks: Buffer[] = [];
        const settle = () => resolve({
          status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks), isWhole: response.complete,
        });
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {}).on('close', settle);
      }).on('error', reject).end();
    });
  }

  private read(line: string): void {
    if (!line.startsWith(END)) {
      this.lines.push(line);
      return;
    }
    const { number, failure } = JSON.parse(line.slice(END.length)) as { number: string; failure?: string };
    if (failure !== undefined) {
      this.failures.push(failure);
    }
    this.waiting.get(number)?.();
    this.waiting.delete(number);
  }

  async stop(): Promise<void> {
    const exited = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.directory, { recursive: true });
  }
}
