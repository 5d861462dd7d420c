import { Readable, Transform } from 'stream';
import { MemorySource, Stored } from './memory-source';
import { ServeOptions, serve } from '../../src/transform/serve';
import { Transformation } from '../../src/transform/transformation';
import { Operation, Source, ViewRequest, ViewResponse } from '../../src/transform/view';

export const DIGEST = 'digest-1';

/** Every other byte, so that nothing of the stored length or offsets is right by chance; metadata and keys backwards. */
export const HALVING: Transformation = {
  digest: () => DIGEST,
  open: () => {
    let isOdd = false;
    return {
      stream: new Transform({
        transform(chunk: Buffer, _encoding, callback) {
          callback(null, chunk.filter(() => (isOdd = !isOdd)));
        },
      }),
    };
  },
  metadata: (_name, value) => [...value].reverse().join(''),
  key: key => [...key].reverse().join(''),
};

/** What is stored where `HALVING` shows the content. */
export function doubled(content: Uint8Array): Buffer {
  return Buffer.from([...content].flatMap(byte => [byte, 255 - byte]));
}

export interface Ask {
  readonly operation?: Operation;
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly transformation?: Transformation;
  readonly options?: ServeOptions;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What arrived. */
  readonly body: Buffer;
  /** Why the body was cut off. */
  readonly failure?: Error;
}

export function requestOf({ operation = 'GetObject', key = 'folder/object.txt', headers = {}, query = {} }: Ask): ViewRequest {
  return { operation, key, headers, query: new URLSearchParams(query) };
}

export async function respond(source: Source, ask: Ask = {}): Promise<ViewResponse> {
  return serve(requestOf(ask), source, ask.transformation ?? HALVING, ask.options);
}

/** Asks, and reads the body to its end. */
export async function view(stored: Stored | Source, ask: Ask = {}): Promise<Answer> {
  const source = 'get' in stored ? stored : new MemorySource(stored);
  const { status, headers, body } = await respond(source, ask);
  return { status, headers, ...await read(body) };
}

export async function read(body: ViewResponse['body']): Promise<{ body: Buffer; failure?: Error }> {
  if (!(body instanceof Readable)) {
    return { body: Buffer.from(body ?? '') };
  }
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
    }
    return { body: Buffer.concat(chunks) };
  } catch (error) {
    return { body: Buffer.concat(chunks), failure: error as Error };
  }
}
