/** The client of the example, with the real libraries, against servers on loopback that answer as S3 and KMS do. */
import { createCipheriv, createDecipheriv, randomBytes } from 'crypto';
import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { KMS } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { download, upload, Vault } from '../../examples/client-side-encryption/client';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const CREDENTIALS = { accessKeyId: 'loopback', secretAccessKey: 'loopback' };
const CONTENT = Buffer.from('the formula is 2 H2 + O2');

const objects = new Map<string, Buffer>();
const kmsCalls: string[] = [];
const servers: Server[] = [];
let vault: Vault;

beforeAll(async () => {
  const s3 = await listen(async request => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    if (request.method === 'PUT') {
      objects.set(path, unchunked(request, await bodyOf(request)));
      return Buffer.alloc(0);
    }
    return objects.get(path)!;
  });
  const wrapping = randomBytes(32);
  const kms = await listen(async request => {
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    kmsCalls.push(operation);
    return Buffer.from(JSON.stringify(answerAsKms(operation, JSON.parse((await bodyOf(request)).toString()), wrapping)));
  });
  vault = {
    s3: new S3Client({ endpoint: s3, region: 'eu-west-1', credentials: CREDENTIALS, forcePathStyle: true }),
    bucket: 'vault',
    keyArn: KEY_ARN,
    kms: region => new KMS({ endpoint: kms, region, credentials: CREDENTIALS }),
  };
});

afterAll(async () => {
  vault.s3.destroy();
  await Promise.all(servers.map(server => new Promise(resolve => {
    server.closeAllConnections();
    server.close(resolve);
  })));
});

test('what is stored is not what was given, and comes back as it was', async () => {
  kmsCalls.length = 0;
  await upload(vault, 'formula.txt', CONTENT);
  expect(kmsCalls).toEqual(['GenerateDataKey']);
  const stored = objects.get('/vault/formula.txt')!;
  expect(stored.length).toBeGreaterThan(CONTENT.length);
  expect(stored.includes(CONTENT)).toBe(false);

  kmsCalls.length = 0;
  expect(Buffer.from(await download(vault, 'formula.txt'))).toEqual(CONTENT);
  expect(kmsCalls).toEqual(['Decrypt']);
});

test('an object that was put in the place of another is refused', async () => {
  await upload(vault, 'mine.txt', CONTENT);
  objects.set('/vault/yours.txt', objects.get('/vault/mine.txt')!);
  await expect(download(vault, 'yours.txt')).rejects.toThrow('the object was not encrypted as yours.txt of vault');
});

test('an object that was changed is refused', async () => {
  await upload(vault, 'changed.txt', CONTENT);
  const stored = objects.get('/vault/changed.txt')!;
  stored[stored.length - 1] = (stored[stored.length - 1] + 1) % 256;
  await expect(download(vault, 'changed.txt')).rejects.toThrow();
});

interface KmsInput {
  readonly NumberOfBytes?: number;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: object;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html and API_Decrypt.html, as far as the client uses them */
function answerAsKms(operation: string, input: KmsInput, wrapping: Buffer): object {
  const context = Buffer.from(JSON.stringify(Object.entries(input.EncryptionContext ?? {}).sort()));
  if (operation === 'GenerateDataKey') {
    const plaintext = randomBytes(input.NumberOfBytes!);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', wrapping, iv).setAAD(context);
    const wrapped = Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return { KeyId: KEY_ARN, Plaintext: plaintext.toString('base64'), CiphertextBlob: wrapped.toString('base64') };
  }
  const blob = Buffer.from(input.CiphertextBlob!, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', wrapping, blob.subarray(0, 12)).setAAD(context).setAuthTag(blob.subarray(-16));
  const plaintext = Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
  return { KeyId: KEY_ARN, Plaintext: plaintext.toString('base64') };
}

/** The SDK uploads with a trailing checksum, in chunks of `size;...\r\n bytes \r\n`. */
function unchunked(request: IncomingMessage, body: Buffer): Buffer {
  if (!String(request.headers['content-encoding']).includes('aws-chunked')) {
    return body;
  }
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const size = parseInt(body.subarray(at, end).toString(), 16);
    if (size === 0) {
      return Buffer.concat(chunks);
    }
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function listen(answer: (request: IncomingMessage) => Promise<Buffer>): Promise<string> {
  const server = createServer((request, response) => {
    answer(request).then(body => response.end(body), () => response.writeHead(400).end('{}'));
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
