import { Case, Span } from './cases';
import { PiiType } from '../../src/redaction/pii-type';

/** What was right and wrong for one type. */
export interface Score {
  readonly type: PiiType;
  rows: number;
  hits: number;
  falseAlarms: number;
  misses: number;
}

/** Finds personal data in a text; offsets are Unicode code points. */
export type Detector = (text: string) => readonly Span[];

/** A miss or a false alarm, to look at. */
export interface Mistake {
  readonly set: string;
  readonly type: PiiType;
  readonly kind: 'missed' | 'false alarm';
  readonly text: string;
  readonly value: string;
}

/** A hit overlaps with at least half of what both cover together. */
const OVERLAP = 0.5;

export function score(cases: readonly Case[], detector: Detector, mistakes: Mistake[] = []): Map<PiiType, Score> {
  const scores = new Map<PiiType, Score>();
  for (const { set, text, types, spans } of cases) {
    const found = detector(text);
    for (const type of types) {
      const total = scores.get(type) ?? { type, rows: 0, hits: 0, falseAlarms: 0, misses: 0 };
      scores.set(type, total);
      total.rows += 1;
      const open = found.filter(span => span.type === type);
      for (const wanted of spans.filter(span => span.type === type)) {
        const hit = open.findIndex(span => overlap(span, wanted) >= OVERLAP);
        if (hit < 0) {
          total.misses += 1;
          mistakes.push({ set, type, kind: 'missed', text, value: slice(text, wanted) });
        } else {
          total.hits += 1;
          open.splice(hit, 1);
        }
      }
      total.falseAlarms += open.length;
      mistakes.push(...open.map(span => ({ set, type, kind: 'false alarm' as const, text, value: slice(text, span) })));
    }
  }
  return scores;
}

export const precision = ({ hits, falseAlarms }: Score) => hits === 0 ? 0 : hits / (hits + falseAlarms);
export const recall = ({ hits, misses }: Score) => hits === 0 ? 0 : hits / (hits + misses);
export const f1 = ({ hits, falseAlarms, misses }: Score) => hits === 0 ? 0 : 2 * hits / (2 * hits + falseAlarms + misses);

/** The mean of the types' F1, each type counting the same; of those that have something to find. */
export function macro(scores: ReadonlyMap<PiiType, Score>, types: readonly PiiType[]): number {
  const counted = types.map(type => scores.get(type)).filter((one): one is Score => one !== undefined && one.hits + one.misses > 0);
  return counted.length === 0 ? 0 : counted.reduce((sum, one) => sum + f1(one), 0) / counted.length;
}

function overlap(a: Span, b: Span): number {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

function slice(text: string, { start, end }: Span): string {
  return [...text].slice(start, end).join('');
}
