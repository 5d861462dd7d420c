import { Readable, Writable } from 'stream';
import { pipeline } from 'stream/promises';
import { compressor } from './content-encoding';
import { Diff } from './diff';
import { DiffLayout } from './diff-layout';
import { codeOf, FileError, isSystemError, reasonOf } from './failure';
import { Input, OpenInput } from './input';
import { Destination, OutputFile } from './output';
import { Progress } from './progress';
import { Outcome } from './report';
import { StandardOutput, StandardOutputError } from './standard-output';
import { TemporaryFile } from './temporary-file';
import { columnsOf, hasColors, printable, Terminal } from './terminal';
import { RedactionOptions, RedactionReport, RedactionStream } from '../redaction/stream';

export interface Job {
  readonly input: Input;
  readonly destination: Destination;
  /** Whether an output that exists is replaced. */
  readonly force: boolean;
  readonly engine: Pick<RedactionOptions, 'rules' | 'format' | 'hashKey' | 'maximumExpansion'>;
}

/** Redacts one input. Its failure is part of the outcome; that of standard output is an error, since nothing can follow. */
export async function redact(job: Job, terminal: Terminal, progress: Progress): Promise<Outcome> {
  const { input: { title }, destination } = job;
  const output = typeof destination === 'object' ? destination.path : undefined;
  const standardOutput = new StandardOutput(terminal.stdout);
  let open: OpenInput | undefined;
  try {
    open = await job.input.open(terminal.stdin);
    return { title, output, ...await redactTo(destination, new Redacting(job, open, progress), standardOutput, terminal) };
  } catch (error) {
    if (error instanceof StandardOutputError) {
      throw error;
    }
    const reason = `${reasonOf(error)}${standardOutput.isWritten ? '; what was written of it is incomplete' : ''}`;
    return { title, output, bytesIn: 0, bytesOut: 0, counts: {}, failure: { code: codeOf(error), reason } };
  } finally {
    open?.close();
  }
}

function redactTo(destination: Destination, redacting: Redacting, standardOutput: StandardOutput, terminal: Terminal): Promise<RedactionReport> {
  switch (destination) {
    case 'standard output':
      return redacting.into([standardOutput.stream]);
    case 'nowhere':
      return redacting.into([new Writable({ write: (_chunk, _encoding, done) => done() })]);
    case 'diff': {
      const diff = new Diff(redacting.job.input.title, new DiffLayout(columnsOf(terminal), hasColors(terminal)));
      return redacting.into([diff, standardOutput.stream], diff);
    }
    default:
      return redacting.intoFile(destination);
  }
}

/** One input on its way through the engine. */
class Redacting {
  constructor(readonly job: Job, private readonly open: OpenInput, private readonly progress: Progress) {}

  /** Compression is done here: the result is not always compressed as the input is. */
  async into(rest: Writable[], diff?: Diff): Promise<RedactionReport> {
    const { job: { engine, input }, open: { encoding } } = this;
    const onSpan = diff && ((start: number, end: number, _label: string, written: number) => diff.expect(start, end, written));
    const redaction = new RedactionStream({ ...engine, key: input.name, contentEncoding: encoding, recompress: false, onSpan });
    await pipeline([Readable.from(this.bytes(), { objectMode: false }), redaction, ...rest]);
    return redaction.report;
  }

  async intoFile({ path, encoding }: OutputFile): Promise<RedactionReport> {
    try {
      const file = await TemporaryFile.beside(path, this.job.input.stats?.mode);
      try {
        const report = await this.into([...compressor(encoding ?? this.open.encoding), file.stream]);
        await file.finish(this.job.force);
        return report;
      } finally {
        file.remove();
      }
    } catch (error) {
      throw isSystemError(error) && error.syscall !== 'read' ? new FileError(`cannot write ${printable(path)}: ${reasonOf(error)}`, { cause: error }) : error;
    }
  }

  private async* bytes(): AsyncIterable<Buffer> {
    for await (const chunk of this.open.bytes) {
      this.progress.advance(chunk.length);
      yield chunk;
    }
  }
}
