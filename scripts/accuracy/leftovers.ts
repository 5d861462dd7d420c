import { readFileSync } from 'fs';
import { Corpus, planted } from '../../benchmarks/redaction/corpora';
import { Redactor } from '../../src/redaction/redactor';

/** What a redaction left of a corpus. */
export interface Leftovers {
  readonly corpus: string;
  readonly planted: number;
  /** Planted values that are no longer in their line. */
  readonly gone: number;
  readonly emails: number;
  readonly addresses: number;
}

const CHUNK = 65_536;
const EMAIL = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;
/** Four numbers with dots between them, or what the generators write for IPv6. */
const ADDRESS = /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b2001:db8:[0-9a-f:]+/g;

export function leftovers(corpus: Corpus): Leftovers {
  const output = redact(readFileSync(corpus.file), corpus.format);
  const lines = output.split('\n');
  const values = planted(corpus);
  if (lines.length !== values.length) {
    throw new Error(`the ${corpus.name} corpus has ${values.length} lines, and ${lines.length} after its redaction`);
  }
  return {
    corpus: corpus.name,
    planted: values.flat().length,
    gone: values.reduce((sum, ofLine, index) => sum + ofLine.filter(value => !lines[index].includes(value)).length, 0),
    emails: output.match(EMAIL)?.length ?? 0,
    addresses: output.match(ADDRESS)?.length ?? 0,
  };
}

function redact(input: Buffer, format: Corpus['format']): string {
  const redactor = new Redactor({ format });
  const parts: Uint8Array[] = [];
  for (let from = 0; from < input.length; from += CHUNK) {
    // What `push` gives may be overwritten by the next one.
    parts.push(Buffer.from(redactor.push(input.subarray(from, from + CHUNK))));
  }
  parts.push(Buffer.from(redactor.end()));
  return Buffer.concat(parts).toString('utf8');
}
