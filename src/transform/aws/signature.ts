import { Hash, Hmac, createHash, createHmac } from 'crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** A request as it is signed. */
export interface SignableRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers: Record<string, string>;
  /** Bytes and texts are signed; of streams, the header `x-amz-content-sha256` says that they are not. */
  readonly body?: string | Uint8Array;
}

/**
 * The headers of a request with a signature in the name of the function: Lambda gives the credentials of its role in the environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export async function signedHeaders(request: SignableRequest, service: string, region = functionRegion()): Promise<Record<string, string>> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken } = process.env;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, sessionToken }, region, service, sha256: Sha256, uriEscapePath: !service.startsWith('s3'), applyChecksum: false,
  });
  const host = request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`;
  const { headers } = await signer.sign({ ...request, headers: { ...request.headers, host } });
  return headers;
}

export function functionRegion(): string {
  return process.env.AWS_REGION ?? 'us-east-1';
}

/** The end of host names of AWS services in a Region. */
export function dnsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** The hash of Node.js as the signer wants it. */
class Sha256 {
  private hash: Hash | Hmac;

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = this.start();
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = this.start();
  }

  private start(): Hash | Hmac {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.secret));
  }
}

function bytesOf(secret: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  return typeof secret === 'string' ? Buffer.from(secret)
    : ArrayBuffer.isView(secret) ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength) : new Uint8Array(secret);
}
