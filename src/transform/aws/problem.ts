import { ServiceError } from './service-call';

/** The kind of a failure: messages may name hosts and URLs. */
export function problemOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const code: unknown = 'code' in error ? error.code : undefined;
  const kind = typeof code === 'string' ? code : error.name;
  return error.cause instanceof ServiceError ? `${kind}: ${error.cause.message}` : kind;
}
