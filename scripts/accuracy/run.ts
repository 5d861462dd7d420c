/**
 * How well the engine finds personal data: precision, recall and F1 a type on public sets of cases, and what is left of the
 * corpora of the benchmark after a redaction.
 *
 *   npm run accuracy [-- --cases DIR --json --mistakes TYPE|all --check]
 *
 * A text is given as it stands: a case that is a bare number is a text of that number alone. `--check` fails below the aims.
 */
import { existsSync } from 'fs';
import { resolve } from 'path';
import { parseArgs } from 'util';
import { Case, ownCases, publicCases, Span } from './cases';
import { leftovers } from './leftovers';
import { f1, macro, Mistake, precision, recall, score, Score } from './score';
import { CORE, NATIONAL } from './type-names';
import { corpora, SHARED_CORPORA } from '../../benchmarks/redaction/corpora';
import { detectText } from '../../src/redaction/detect/detect';
import { PiiType } from '../../src/redaction/pii-type';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: resolve(__dirname, '../../../shared/pii-cases') },
    json: { type: 'boolean', default: false },
    mistakes: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly is: number;
  readonly reached: boolean;
  /** That of Presidio's patterns. */
  readonly presidio?: number;
}

/** Sentences rather than bare numbers. */
const FREE_TEXT = ['Presidio research', 'redact-pii'];

const published = existsSync(values.cases!);
if (!published) {
  console.error(`${values.cases} is absent: the project's own cases are scored instead.`);
}
const cases = published ? publicCases(values.cases!) : ownCases(resolve(__dirname, '../../test/redaction'), ['core.cases.json', 'national.cases.json']);
if (cases.length === 0) {
  throw new Error('there are no cases');
}
const mistakes: Mistake[] = [];
const scores = score(cases, detect, mistakes);
const nationalScores = score(from('Presidio', 'dd-sds', 'own'), detect);
const phoneInText = score(from(...FREE_TEXT, 'own').filter(({ types }) => types.includes(PiiType.PHONE)), detect);
const left = corpora().map(leftovers);

/** The macro F1 that was published of Presidio's patterns, on core types as on national ones. */
const PRESIDIO = published ? 0.91 : undefined;
const remaining = left.reduce((sum, { emails, addresses }) => sum + emails + addresses, 0);
const aims: readonly Aim[] = [
  atLeast('F1 of the six core types, macro', 0.97, macro(scores, CORE), PRESIDIO),
  atLeast('F1 of the national identifiers, macro', 0.95, macro(nationalScores, NATIONAL), PRESIDIO),
  atLeast('F1 of phone numbers in free text', 0.85, macro(phoneInText, [PiiType.PHONE])),
  { what: 'emails and IP addresses left in the corpora', aim: 'none', is: remaining, reached: remaining === 0 },
];
const broken = aims.filter(({ reached }) => !reached);

if (values.json) {
  console.log(JSON.stringify({ cases: published ? values.cases : 'own', scores: [...scores.values()], aims, leftovers: left }, undefined, 2));
} else {
  console.table(byType());
  console.log('The core types by set of cases (F1)');
  console.table(bySet());
  console.log(`What is left of the corpora${SHARED_CORPORA ? '' : ', made by the project\'s own generator'}`);
  console.table(left);
  console.table(aims.map(({ what, aim, is, reached, presidio }) =>
    ({ what, aim, 'is': round(is), 'Presidio\'s patterns': presidio ?? '', 'reached': reached ? 'yes' : 'no' })));
  mistakes.filter(({ type }) => values.mistakes === 'all' || values.mistakes === type)
    .forEach(({ set, kind, type, text, value }) => console.log(`${set}: ${type} ${kind} ${JSON.stringify(value)} in ${JSON.stringify(text)}`));
}
if (values.check && broken.length > 0) {
  console.error(`below the aim: ${broken.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}

function atLeast(what: string, least: number, is: number, presidio?: number): Aim {
  return { what, aim: `at least ${least}`, is, reached: is >= least, presidio };
}

function byType(): Record<string, Record<string, number>> {
  const sorted = [...scores.values()].sort((a, b) => order(a) - order(b) || a.type.localeCompare(b.type));
  return Object.fromEntries(sorted.map(one => [one.type, {
    rows: one.rows,
    TP: one.hits,
    FP: one.falseAlarms,
    FN: one.misses,
    precision: round(precision(one)),
    recall: round(recall(one)),
    F1: round(f1(one)),
  }]));
}

/** Core types first, then the national ones, then the others. */
function order({ type }: Score): number {
  return CORE.includes(type) ? 0 : NATIONAL.includes(type) ? 1 : 2;
}

function bySet(): Record<string, Record<string, number | string>> {
  return Object.fromEntries([...new Set(cases.map(({ set }) => set))].map(set => {
    const ofSet = score(from(set), detect);
    return [set, Object.fromEntries(CORE.map(type => {
      const one = ofSet.get(type);
      return [type, one === undefined || one.hits + one.misses === 0 ? '' : round(f1(one))];
    }))];
  }));
}

function from(...sets: string[]): Case[] {
  return cases.filter(({ set }) => sets.includes(set));
}

/** The engine's spans are offsets of UTF-8 bytes. */
function detect(text: string): Span[] {
  const bytes = Buffer.from(text, 'utf8');
  const points = (end: number) => [...bytes.toString('utf8', 0, end)].length;
  return detectText(bytes).map(({ start, end, type }) => ({ start: points(start), end: points(end), type }));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
