import { existsSync, readFileSync } from 'fs';
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

/** A row of the project's own tables: texts of one type, in which « and » stand around what has to be found. */
interface OwnRow {
  readonly type: PiiType;
  readonly found: readonly string[];
  readonly not: readonly string[];
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

/** The project's own cases, out of the tables in a folder. */
export function ownCases(folder: string, tables: readonly string[]): Case[] {
  const rows = tables.flatMap(table => JSON.parse(readFileSync(join(folder, table), 'utf8')) as OwnRow[]);
  return rows.flatMap(({ type, found, not }) => [...found, ...not].map(marked => ownCase(type, marked)));
}

function ownCase(type: PiiType, marked: string): Case {
  const spans: Span[] = [];
  let length = 0;
  marked.split(/([«»])/).forEach((part, index, parts) => {
    if (part === '»') {
      spans.push({ start: length - [...parts[index - 1]].length, end: length, type });
    } else if (part !== '«') {
      length += [...part].length;
    }
  });
  return { set: 'own', text: marked.replace(/[«»]/g, ''), types: [type], spans };
}
