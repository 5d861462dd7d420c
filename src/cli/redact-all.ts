import { pipeline } from 'stream/promises';
import { ExitStatus, FileError, isSystemError, reasonOf, UsageError } from './failure';
import { Input } from './input';
import { Destination, OutputFile, outputsOf } from './output';
import { followed } from './paths';
import { Progress } from './progress';
import { redact } from './redact';
import { countOf, inWords, Outcome, ReportFormat, reportOf, values } from './report';
import { hashKeyOf, RuleOptions, rulesOf } from './rules';
import { StandardOutputError } from './standard-output';
import { TemporaryFile } from './temporary-file';
import { printable, Terminal } from './terminal';
import { Format } from '../redaction/format/format';

/** The options of `redact`, by the names of the command line. */
export interface CommandOptions extends RuleOptions {
  readonly format?: Format;
  readonly maximumExpansion?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly report?: boolean;
  readonly reportFile?: string;
  readonly reportFormat?: ReportFormat;
}

/** Redacts each file; one that fails does not stop the others. @returns the exit status */
export async function redactAll(files: readonly string[], options: CommandOptions, terminal: Terminal): Promise<number> {
  checkTogether(options);
  const inputs = inputsOf(files, terminal);
  const rules = await rulesOf(options);
  const { format, maximumExpansion } = options;
  const engine = { rules, format, maximumExpansion, hashKey: await hashKeyOf(options, rules) };
  const outputs = outputsOf(inputs, options);

  const isDataOnScreen = terminal.stdout.isTTY === true && options.out === undefined && !options.check;
  const progress = new Progress(terminal.stderr, !isDataOnScreen, totalOf(inputs));
  const outcomes: Outcome[] = [];
  try {
    for (const input of inputs) {
      const destination = destinationOf(options, outputs.get(input));
      const outcome = await redact({ input, destination, force: options.force === true, engine }, terminal, progress);
      outcomes.push(outcome);
      messagesOf(outcome, options).forEach(message => progress.message(message));
    }
    progress.stop();
    await writeReports(outcomes, options, terminal);
    return statusOf(outcomes, options);
  } catch (error) {
    if (isPipeClosed(error)) {
      return ExitStatus.PIPE_CLOSED;
    }
    progress.message(`cdk-secure-s3: ${reasonOf(error)}`);
    return ExitStatus.FAILED;
  } finally {
    progress.stop();
  }
}

function checkTogether({ check, diff, out, force, reportFile }: CommandOptions): void {
  if (out !== undefined && (check || diff)) {
    throw new UsageError(`${check ? '--check' : '--diff'} writes no result: leave --out away`);
  }
  if (force && out === undefined && reportFile === undefined) {
    throw new UsageError('--force replaces outputs: give --out');
  }
}

function inputsOf(files: readonly string[], { stdin }: Terminal): Input[] {
  if (files.length === 0 && stdin.isTTY) {
    throw new UsageError('give files to redact, or pipe something in; --help shows examples');
  }
  const inputs = (files.length === 0 ? ['-'] : files).map(file => new Input(file));
  if (inputs.filter(({ isStandardInput }) => isStandardInput).length > 1) {
    throw new UsageError('standard input can be read once only');
  }
  return inputs;
}

/** Missing if it cannot be told, as of pipes. */
function totalOf(inputs: readonly Input[]): number | undefined {
  const isKnown = inputs.every(({ isStandardInput, stats }) => !isStandardInput && stats?.isFile() !== false);
  return isKnown ? inputs.reduce((total, { stats }) => total + (stats?.size ?? 0), 0) : undefined;
}

function destinationOf({ check, diff }: CommandOptions, output: OutputFile | undefined): Destination {
  return diff ? 'diff' : check ? 'nowhere' : output ?? 'standard output';
}

function messagesOf(outcome: Outcome, { check }: CommandOptions): string[] {
  if (outcome.failure !== undefined) {
    return [`cdk-secure-s3: ${outcome.title}: ${outcome.failure.reason}`];
  }
  const count = countOf(outcome);
  return check && count > 0 ? [`${outcome.title}: ${values(count)} would be redacted: ${inWords(outcome.counts)}`] : [];
}

function statusOf(outcomes: readonly Outcome[], { check }: CommandOptions): ExitStatus {
  if (outcomes.some(({ failure }) => failure !== undefined)) {
    return ExitStatus.FAILED;
  }
  return check && outcomes.some(outcome => countOf(outcome) > 0) ? ExitStatus.FOUND : ExitStatus.OK;
}

async function writeReports(outcomes: readonly Outcome[], options: CommandOptions, { stderr }: Terminal): Promise<void> {
  if (options.report) {
    stderr.write(reportOf(outcomes, options.reportFormat ?? 'text'));
  }
  if (options.reportFile !== undefined) {
    await writeReportFile(outcomes, options, options.reportFile);
  }
}

async function writeReportFile(outcomes: readonly Outcome[], { reportFormat, force }: CommandOptions, path: string): Promise<void> {
  const text = reportOf(outcomes, reportFormat ?? (path.toLowerCase().endsWith('.json') ? 'json' : 'text'));
  try {
    const file = await TemporaryFile.beside(followed(path));
    try {
      await pipeline([text], file.stream);
      await file.finish(force === true);
    } finally {
      file.remove();
    }
  } catch (error) {
    throw new FileError(`${printable(path)}: ${reasonOf(error)}`);
  }
}

function isPipeClosed(error: unknown): boolean {
  return error instanceof StandardOutputError && isSystemError(error.cause) && error.cause.code === 'EPIPE';
}
