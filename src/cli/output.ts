import { join } from 'path';
import { ContentEncoding, encodingOfName } from './content-encoding';
import { UsageError } from './failure';
import { Input } from './input';
import { followed, statsOf } from './paths';
import { printable } from './terminal';

/** A file to be written. */
export interface OutputFile {
  readonly path: string;
  /** Missing: as the input is. */
  readonly encoding?: ContentEncoding;
}

/** What becomes of the redacted bytes of an input. */
export type Destination = 'standard output' | 'diff' | 'nowhere' | OutputFile;

export interface OutputOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly reportFile?: string;
}

/**
 * Where each input goes; nothing without `--out`. A directory takes the names of the inputs, and keeps their compression; the
 * name of a file says whether it is compressed.
 */
export function outputsOf(inputs: readonly Input[], options: OutputOptions): Map<Input, OutputFile> {
  const outputs = new Map<Input, OutputFile>();
  if (options.out !== undefined) {
    const isDirectory = statsOf(options.out)?.isDirectory() === true;
    if (!isDirectory && (inputs.length > 1 || /[/\\]$/.test(options.out))) {
      throw new UsageError(`--out ${printable(options.out)} is no directory: ${inputs.length > 1 ? 'several FILEs need one' : 'make it first'}`);
    }
    inputs.forEach(input => outputs.set(input, isDirectory ? inDirectory(input, options.out!)
      : { path: followed(options.out!), encoding: encodingOfName(options.out!) }));
  }
  const paths = [...outputs.values()].map(({ path }) => path);
  const all = options.reportFile === undefined ? paths : [...paths, followed(options.reportFile)];
  all.forEach((path, index) => {
    if (all.indexOf(path) !== index) {
      throw new UsageError(`${printable(path)} would be written twice: give one --out each`);
    }
    checkPlace(path, inputs, options.force === true);
  });
  return outputs;
}

function inDirectory(input: Input, directory: string): OutputFile {
  if (input.name === undefined) {
    throw new UsageError('standard input has no name to be written under: give --out FILE');
  }
  return { path: followed(join(directory, input.name)) };
}

/** An input is never overwritten, and no other file without being asked to. */
function checkPlace(path: string, inputs: readonly Input[], force: boolean): void {
  const stats = statsOf(path);
  if (stats === undefined) {
    return;
  }
  if (inputs.some(input => input.stats?.dev === stats.dev && input.stats.ino === stats.ino)) {
    throw new UsageError(`${printable(path)} is an input: an input is never overwritten, give another --out`);
  }
  if (!stats.isFile()) {
    throw new UsageError(`${printable(path)} is no regular file: leave --out away and redirect standard output`);
  }
  if (!force) {
    throw new UsageError(`${printable(path)} exists: give another --out, or --force to replace it`);
  }
}
