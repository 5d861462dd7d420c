import { Readable, Writable } from 'stream';
import { pipeline } from 'stream/promises';
import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';
import { measure } from '../measure';

async function pass(chunks: Iterable<Buffer>, format: string): Promise<RedactionStream> {
  const redaction = new RedactionStream({ format: format as RedactionOptions['format'] });
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(Readable.from(chunks, { objectMode: false }), redaction, sink);
  return redaction;
}

void measure({
  pass,
  entities: async (chunks, format) => Object.values((await pass(chunks, format)).report.counts).reduce((sum, count) => sum + count, 0),
});
