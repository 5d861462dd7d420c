import { createHash, createHmac } from 'crypto';
import { IncomingMessage } from 'http';
import { SignatureV4 } from '@smithy/signature-v4';

export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret-key', sessionToken: 'example-session-token' };
export const REGION = 'eu-west-1';

/** A presigned URL, as S3 Object Lambda hands it to functions. The headers are signed, and have to be sent. */
export async function presigned(
  method: string, origin: string, path: string, query: Record<string, string>, headers: Record<string, string>, expiresIn = 61,
): Promise<string> {
  const { protocol, hostname, port, host } = new URL(origin);
  const signer = new SignatureV4({ service: 's3', region: REGION, credentials: CREDENTIALS, uriEscapePath: false, applyChecksum: false, sha256: HashOfNode });
  const request = { method, protocol, hostname, port: Number(port), path, query: { ...query }, headers: { ...headers, host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
  const { query: signed } = await signer.presign(request, {
    expiresIn: Math.max(1, expiresIn),
    signingDate: expiresIn > 0 ? new Date() : new Date(Date.now() - 120_000),
    unhoistableHeaders: new Set(Object.keys(headers)),
    unsignableHeaders: new Set(['x-amz-content-sha256']),
  });
  return `${origin}${path}?${Object.entries(signed!).map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`).join('&')}`;
}

/** What a service says of the signature of a request: undefined if it is right. */
export function signatureProblem(
  request: IncomingMessage, body?: Buffer, secretAccessKey = CREDENTIALS.secretAccessKey,
): 'SignatureDoesNotMatch' | 'Request has expired' | undefined {
  const [path, search = ''] = request.url!.split('?');
  const pairs = search.split('&').filter(pair => pair !== '');
  const query = new URLSearchParams(search);
  const authorization = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(request.headers.authorization ?? '');
  const [credential, signedHeaders, signature] = authorization?.slice(1)
    ?? ['X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature'].map(name => query.get(name) ?? '');
  const date = String(request.headers['x-amz-date'] ?? query.get('X-Amz-Date'));
  const payload = String(request.headers['x-amz-content-sha256'] ?? (body === undefined ? 'UNSIGNED-PAYLOAD' : createHash('sha256').update(body).digest('hex')));
  const names = signedHeaders.split(';');
  const canonical = [
    request.method,
    path,
    pairs.filter(pair => !pair.startsWith('X-Amz-Signature=')).sort().join('&'),
    ...names.map(name => `${name}:${String(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    payload,
  ].join('\n');
  const [, day, region, service] = credential.split('/');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${secretAccessKey}`);
  const text = ['AWS4-HMAC-SHA256', date, [day, region, service, 'aws4_request'].join('/'), createHash('sha256').update(canonical, 'latin1').digest('hex')].join('\n');
  if (createHmac('sha256', key).update(text).digest('hex') !== signature) {
    return 'SignatureDoesNotMatch';
  }
  const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const expires = query.get('X-Amz-Expires');
  return expires !== null && Date.now() > signedAt + Number(expires) * 1000 ? 'Request has expired' : undefined;
}

/** As Signature Version 4 writes names and values. */
export function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

class HashOfNode {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array));
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {}
}
