/**
 * The three corpora, 16 MiB each: a log with about 1 % of personal data, dense CSV rows, and NDJSON records. They come from the
 * generator beside the project where there is one, else from `generate.ts`.
 */
import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'fs';
import { join, resolve } from 'path';
import { generate } from './generate';

export type CorpusName = 'log' | 'csv' | 'ndjson';

export interface Corpus {
  readonly name: CorpusName;
  readonly file: string;
  /** The format as the engine calls it. */
  readonly format: 'text' | 'csv' | 'ndjson';
}

const ROOT = resolve(__dirname, '../..');
const SHARED = resolve(ROOT, '../shared/pii-bench/corpora.cjs');
const OWN = join(__dirname, 'generate.ts');

/** Whether the corpora are those of the shared generator, which published numbers rest on. */
export const SHARED_CORPORA = existsSync(SHARED);

/** Makes the corpora once; later runs find them in `tmp/`, until the generator changes. */
export function corpora(): readonly Corpus[] {
  const generator = createHash('sha256').update(readFileSync(SHARED_CORPORA ? SHARED : OWN)).digest('hex').slice(0, 12);
  const folder = join(ROOT, 'tmp', `redaction-corpora-${generator}`);
  if (!existsSync(folder)) {
    const part = `${folder}.${process.pid}`;
    mkdirSync(part, { recursive: true });
    if (SHARED_CORPORA) {
      execFileSync(process.execPath, [SHARED, part], { stdio: 'ignore' });
    } else {
      generate(part);
    }
    try {
      renameSync(part, folder);
    } catch (error) {
      // Another run was faster.
      rmSync(part, { recursive: true });
      if (!existsSync(folder)) {
        throw error;
      }
    }
  }
  return [
    { name: 'log', file: join(folder, 'log16.txt'), format: 'text' },
    { name: 'csv', file: join(folder, 'csv16.csv'), format: 'csv' },
    { name: 'ndjson', file: join(folder, 'nd16.ndjson'), format: 'ndjson' },
  ];
}

/** The personal data that a generator put into each line of a corpus. */
export function planted({ name, file }: Corpus): string[][] {
  const lines = readFileSync(file, 'utf8').split('\n');
  if (name === 'log') {
    return lines.map(line => / (?:email|phone|ssn|card|iban|client_ip)=(.+) accepted$/.exec(line)?.slice(1) ?? []);
  }
  if (name === 'csv') {
    const wanted = ['email', 'phone', 'ssn', 'card', 'iban', 'ip'];
    const columns = lines[0].split(',').flatMap((column, index) => wanted.includes(column) ? [index] : []);
    // None of these columns stands after a quoted one.
    return lines.map((line, index) => index === 0 || line === '' ? [] : line.split(',').filter((_, column) => columns.includes(column)));
  }
  return lines.map(line => line === '' ? [] : values(JSON.parse(line)));
}

/** The values of the members that hold personal data, at any depth. */
function values(record: object): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (['email', 'phones', 'pan', 'iban', 'ip'].includes(key)) {
      return [value].flat().filter(one => one !== null) as string[];
    }
    return typeof value === 'object' && value !== null ? values(value) : [];
  });
}
