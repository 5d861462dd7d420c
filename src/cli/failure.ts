import { getSystemErrorMap } from 'util';
import { RedactionError, RedactionErrorCode } from '../redaction/errors';

/** What a script reads. The help text and the README list them. */
export enum ExitStatus {
  OK = 0,
  /** `--check` found something to redact. */
  FOUND = 1,
  /** The command line or the rules are wrong. Nothing was read or written. */
  USAGE = 2,
  /** An input could not be redacted, or an output could not be written. */
  FAILED = 3,
  /** Whoever read standard output went away: what a shell says of other tools, 128 and the number of SIGPIPE. */
  PIPE_CLOSED = 141,
}

/** The command line or the rules are wrong: the message says what to write instead. */
export class UsageError extends Error {}

/** A file cannot be read or written: the message says why, and what to do. */
export class FileError extends Error {}

const REMEDIES: Partial<Record<RedactionErrorCode, string>> = {
  UNKNOWN_FORMAT: 'give --format',
  EXPANSION: 'by --maximum-expansion',
  MALFORMED: 'if it is another format, give --format',
};

/** Why a file failed, in words. Messages of unknown errors are left out: they might quote the input. */
export function reasonOf(error: unknown): string {
  if (error instanceof RedactionError) {
    const remedy = REMEDIES[error.code];
    return remedy === undefined ? error.message : `${error.message} (${remedy})`;
  }
  if (isConfigurationError(error)) {
    // What stands in brackets is a place in a CDK app.
    return error.message.replace(/^\[[^\]]*\] /, '');
  }
  if (error instanceof FileError || error instanceof UsageError) {
    return error.message;
  }
  if (isSystemError(error)) {
    return getSystemErrorMap().get(error.errno)?.[1] ?? error.code;
  }
  return `unexpected ${error instanceof Error ? error.name : 'failure'}: this is a fault of cdk-secure-s3`;
}

/** Whether the command line or the rules are to blame, not an input. */
export function isUsageError(error: unknown): boolean {
  return error instanceof UsageError || isConfigurationError(error) || (error instanceof RedactionError && error.code === 'INVALID_RULES');
}

/** What `Redaction.of` and `Mask` throw, told by its name: its file belongs to the constructs. */
function isConfigurationError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ConfigurationError';
}

/** A word for reports: the code of the engine, or that of the system. */
export function codeOf(error: unknown): string {
  if (error instanceof FileError && error.cause !== undefined) {
    return codeOf(error.cause);
  }
  return error instanceof RedactionError || isSystemError(error) ? error.code : 'FAILED';
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { errno: number; code: string } {
  const { errno, code } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof errno === 'number' && typeof code === 'string';
}
