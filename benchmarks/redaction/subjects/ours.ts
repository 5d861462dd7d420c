import { RedactionOptions, RedactionStream } from '../../../src/redaction/stream';
import { measure, through } from '../measure';

async function pass(chunks: Iterable<Buffer>, format: string): Promise<RedactionStream> {
  const redaction = new RedactionStream({ format: format as RedactionOptions['format'] });
  await through(chunks, redaction);
  return redaction;
}

void measure({
  pass,
  entities: async (chunks, format) => Object.values((await pass(chunks, format)).report.counts).reduce((sum, count) => sum + count, 0),
});
