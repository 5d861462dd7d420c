/** One request for an object that is made on the fly, in a process of its own. Prints its peak resident set, in bytes. */
import { Readable, Transform, Writable } from 'stream';
import { pipeline } from 'stream/promises';
import { DEFAULT_RULES } from '../../src/redaction/rule-set';
import { RedactingTransformation } from '../../src/transform/redacting/redacting-transformation';
import { serve } from '../../src/transform/serve';
import { Transformation } from '../../src/transform/transformation';
import { Source, ViewRequest } from '../../src/transform/view';

const [, , subject, mib] = process.argv;
const SIZE = Number(mib) * 1024 * 1024;
const CHUNK = 64 * 1024;

const line = '2024-01-01T00:00:00Z GET /orders/17 203.0.113.7 jo@example.com 200\n';
const chunk = Buffer.from(line.repeat(Math.floor(CHUNK / line.length)));

/** Chunks of their own, as a connection gives them. */
function stored(): Readable {
  let left = Math.ceil(SIZE / chunk.length);
  return new Readable({
    read() {
      this.push(left-- > 0 ? Buffer.from(chunk) : null);
    },
  });
}

const source: Source = {
  get: async () => ({ status: 200, headers: { 'content-type': 'text/plain', 'etag': '"a"', 'x-amz-version-id': 'v' }, body: stored() }),
  head: async () => source.get(),
  list: async () => source.get(),
};
const redacting = new RedactingTransformation({ rules: DEFAULT_RULES, engine: '1' });

/** What any transform needs that makes new bytes out of old ones. */
const copying: Transformation = {
  digest: () => '1',
  open: () => ({ stream: new Transform({ transform: (bytes: Buffer, _encoding, callback) => callback(null, Buffer.from(bytes)) }) }),
  metadata: (_name, value) => value,
  key: key => key,
};

/** The last of a large object, and more than is kept, so that it is read twice. */
const SUBJECTS: Record<string, { readonly transformation: Transformation; readonly range?: string }> = {
  copy: { transformation: copying },
  whole: { transformation: redacting },
  range: { transformation: redacting, range: `bytes=-${4 * 1024 * 1024}` },
};

void main();

async function main(): Promise<void> {
  const { transformation, range } = SUBJECTS[subject];
  const headers: Record<string, string> = range === undefined ? {} : { range };
  const request: ViewRequest = { operation: 'GetObject', key: 'a.log', headers, query: new URLSearchParams() };
  const { status, body } = await serve(request, source, transformation);
  if (status !== (range === undefined ? 200 : 206) || !(body instanceof Readable)) {
    throw new Error(`answered with ${status}`);
  }
  await pipeline(body, new Writable({ write: (_bytes, _encoding, done) => done() }));
  console.log(process.resourceUsage().maxRSS * 1024);
}
