import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { CASE_SETS, CaseSet } from './type-names';
import { PiiType } from '../../src/redaction/pii-type';

/** A value at its place; offsets are Unicode code points. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: PiiType;
}

/** A text, what has to be found in it, and for which types that is all there is. */
export interface Case {
  readonly set: string;
  readonly text: string;
  readonly types: readonly PiiType[];
  readonly spans: readonly Span[];
}

interface Row {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
  readonly entity?: readonly string[];
  readonly validator?: string;
  /** `null` where the test says that either answer is right. */
  readonly valid?: boolean | number | null;
}

interface OwnRow {
  readonly text: string;
  readonly found: readonly { readonly type: PiiType; readonly value: string }[];
}

/** The cases of the public sets in a folder; none if there is no such folder. */
export function publicCases(folder: string): Case[] {
  return CASE_SETS.filter(({ file }) => existsSync(join(folder, file))).flatMap(set => readFileSync(join(folder, set.file), 'utf8')
    .split('\n').filter(line => line !== '')
    .map(line => JSON.parse(line) as Row)
    .filter(({ valid }) => valid !== null)
    .map(row => publicCase(set, row))
    .filter(({ types }) => types.length > 0));
}

function publicCase(set: CaseSet, { text, spans, entity, validator }: Row): Case {
  const known = spans.filter(({ type }) => set.names[type] !== undefined).map(({ start, end, type }) => ({ start, end, type: set.names[type] }));
  const names = {
    theirTest: [...entity ?? [], ...validator === undefined ? [] : [validator]],
    allOfTheSet: Object.keys(set.names),
    theirSpans: spans.map(({ type }) => type),
  }[set.rowsCountFor];
  const types = new Set(names.map(name => set.names[name]).filter(type => type !== undefined));
  return { set: set.title, text, types: [...types], spans: known };
}

/** The project's own cases, beside its tests: each row says all that is found in it. */
export function ownCases(folder: string): Case[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.cases.json')).sort();
  return files.flatMap(file => rows(JSON.parse(readFileSync(join(folder, file), 'utf8'))).map(({ text, found }) => ({
    set: 'own',
    text,
    types: Object.values(PiiType),
    spans: spansOf(text, found),
  })));
}

function rows(content: unknown): OwnRow[] {
  const all: Partial<OwnRow>[] = Array.isArray(content) ? content : [];
  return all.filter((row): row is OwnRow => typeof row.text === 'string' && Array.isArray(row.found));
}

function spansOf(text: string, found: OwnRow['found']): Span[] {
  let from = 0;
  return found.map(({ type, value }) => {
    const index = text.indexOf(value, from);
    from = index + value.length;
    const start = [...text.slice(0, index)].length;
    return { start, end: start + [...value].length, type };
  });
}
