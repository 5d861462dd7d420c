import { Readable, Writable } from 'stream';

/** What a run sees of its process, so that tests need none. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

const DEFAULT_COLUMNS = 120;
const MINIMUM_COLUMNS = 40;

/** How wide a line may be: as wide as the terminal, or as `COLUMNS` says where there is none. */
export function columnsOf({ stdout, env }: Terminal): number {
  const columns = stdout.columns ?? Number.parseInt(env.COLUMNS ?? '', 10);
  return Math.max(columns > 0 ? columns : DEFAULT_COLUMNS, MINIMUM_COLUMNS);
}

/** @see https://no-color.org */
export function hasColors({ stdout, env }: Terminal): boolean {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** Control characters would change the terminal, and those of bidirectional text the order of what is read. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFFD]/gu, '?');
}
