/** What became of one input. Nothing of its content is in it. */
export interface Outcome {
  readonly title: string;
  readonly output?: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** By type or name of a rule, those that were found only. */
  readonly counts: Readonly<Record<string, number>>;
  readonly failure?: { readonly code: string; readonly reason: string };
}

export type ReportFormat = 'text' | 'json';

export function reportOf(outcomes: readonly Outcome[], format: ReportFormat): string {
  return format === 'json' ? jsonReport(outcomes) : textReport(outcomes);
}

export function countOf({ counts }: Pick<Outcome, 'counts'>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The most frequent first: `EMAIL 3, PHONE 1`. */
export function inWords(counts: Outcome['counts']): string {
  return sorted(counts).map(([label, count]) => `${label} ${numeral(count)}`).join(', ');
}

export function values(count: number): string {
  return count === 1 ? '1 value' : `${numeral(count)} values`;
}

function jsonReport(outcomes: readonly Outcome[]): string {
  const files = outcomes.map(({ title, output, bytesIn, bytesOut, counts, failure }) => failure === undefined
    ? { file: title, output, bytesIn, bytesOut, counts: Object.fromEntries(sorted(counts)) }
    : { file: title, error: failure });
  const { bytesIn, bytesOut, counts } = totalOf(outcomes);
  return `${JSON.stringify({ files, total: { bytesIn, bytesOut, counts: Object.fromEntries(sorted(counts)) } }, undefined, 2)}\n`;
}

function textReport(outcomes: readonly Outcome[]): string {
  const sections = outcomes.map(section);
  if (outcomes.length > 1) {
    sections.push(section(totalOf(outcomes)));
  }
  return sections.join('');
}

function section({ title, counts, bytesIn, bytesOut, failure }: Outcome): string {
  if (failure !== undefined) {
    return `${title}: failed, ${failure.reason}\n`;
  }
  const rows = sorted(counts).map(([label, count]) => [label, numeral(count)]);
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const countWidth = Math.max(...rows.map(([, count]) => count.length));
  const lines = rows.map(([label, count]) => `  ${label.padEnd(labelWidth)}  ${count.padStart(countWidth)}\n`);
  return `${title}: ${values(countOf({ counts }))}, ${numeral(bytesIn)} bytes in, ${numeral(bytesOut)} bytes out\n${lines.join('')}`;
}

function totalOf(outcomes: readonly Outcome[]): Outcome {
  const counts: Record<string, number> = {};
  const redacted = outcomes.filter(({ failure }) => failure === undefined);
  redacted.flatMap(outcome => Object.entries(outcome.counts)).forEach(([label, count]) => {
    counts[label] = (counts[label] ?? 0) + count;
  });
  const sum = (of: (outcome: Outcome) => number) => redacted.reduce((total, outcome) => total + of(outcome), 0);
  return { title: 'total', counts, bytesIn: sum(({ bytesIn }) => bytesIn), bytesOut: sum(({ bytesOut }) => bytesOut) };
}

function sorted(counts: Outcome['counts']): Array<[string, number]> {
  return Object.entries(counts).filter(([, count]) => count > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function numeral(count: number): string {
  return count.toLocaleString('en-US');
}
