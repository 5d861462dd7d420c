import { RedactionError } from '../../src/redaction/errors';
import { Redactor, RedactorOptions } from '../../src/redaction/redactor';

const CHUNK = 65_536;

export interface Pass {
  readonly seconds: number;
  /** How many bytes were taken: fewer than there are if the input is refused. */
  readonly bytes: number;
  /** `output`, or the code of the error. */
  readonly end: string;
}

/**
 * Redacts an input once. What counts is the time on the clock or that of the processor, whichever is less: other processes add to the
 * first, and threads that collect garbage to the second.
 */
export function pass(input: Buffer, format: string): Pass {
  const redactor = new Redactor({ format: format as RedactorOptions['format'] });
  const processor = process.cpuUsage();
  const clock = process.hrtime.bigint();
  const { bytes, end } = redact(redactor, input);
  const onClock = Number(process.hrtime.bigint() - clock) / 1e9;
  const { user, system } = process.cpuUsage(processor);
  return { seconds: Math.min(onClock, (user + system) / 1e6), bytes, end };
}

function redact(redactor: Redactor, input: Buffer): Pick<Pass, 'bytes' | 'end'> {
  let bytes = 0;
  try {
    for (; bytes < input.length; bytes += CHUNK) {
      redactor.push(input.subarray(bytes, bytes + CHUNK));
    }
    redactor.end();
    return { bytes: input.length, end: 'output' };
  } catch (error) {
    if (error instanceof RedactionError) {
      return { bytes: Math.min(input.length, bytes + CHUNK), end: error.code };
    }
    throw error;
  }
}
