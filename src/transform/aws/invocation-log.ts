import { OBJECT_LAMBDA_METRICS, OBJECT_LAMBDA_METRICS_NAMESPACE } from '../../private/object-lambda-metrics';

/** Counts what an invocation does, by label. Labels are names of types and rules, never content. */
export class Counts {
  private readonly counts = new Map<string, number>();

  add(label: string, count = 1): void {
    this.counts.set(label, (this.counts.get(label) ?? 0) + count);
  }

  /** Counts that are told again, whole or in part, by another reading of the same object. */
  atLeast(label: string, count: number): void {
    this.counts.set(label, Math.max(this.counts.get(label) ?? 0, count));
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort());
  }
}

/**
 * How an invocation ended. `answered`; `refused`: answered with an error of the transformation; `cutOff`: the transformation failed, or time was
 * over, after first bytes of the answer; `callerGone`: nobody waits for the answer any more; `failed`: it could not be given.
 */
export type Outcome = 'answered' | 'refused' | 'cutOff' | 'callerGone' | 'failed';

/** What is said of an invocation: nothing of the object, its key or its URL. */
export interface InvocationReport {
  /** By which AWS finds the request, too. */
  readonly requestId: string;
  readonly operation: string;
  readonly outcome: Outcome;
  readonly status?: number;
  readonly code?: string;
  /** The kind of what went wrong: the name of an error, or a code of the system. */
  readonly problem?: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly counts: Counts;
}

/**
 * Writes the report as one line, with its metrics in the embedded metric format. It goes around `console`, which wraps what it logs if the
 * function logs JSON.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function logInvocation(report: InvocationReport): void {
  const { bytesIn, bytesOut, duration, counts, ...rest } = report;
  const values: [string, string, number][] = [
    [OBJECT_LAMBDA_METRICS.bytesIn, 'Bytes', bytesIn],
    [OBJECT_LAMBDA_METRICS.bytesOut, 'Bytes', bytesOut],
    [OBJECT_LAMBDA_METRICS.duration, 'Milliseconds', Math.round(duration)],
    [OBJECT_LAMBDA_METRICS.refused, 'Count', report.outcome === 'refused' ? 1 : 0],
    [OBJECT_LAMBDA_METRICS.cutOff, 'Count', report.outcome === 'cutOff' ? 1 : 0],
    [OBJECT_LAMBDA_METRICS.transformed, 'Count', counts.total],
  ];
  const line = JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{
        Namespace: OBJECT_LAMBDA_METRICS_NAMESPACE,
        Dimensions: [['FunctionName']],
        Metrics: values.map(([Name, Unit]) => ({ Name, Unit })),
      }],
    },
    FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'unknown',
    ...rest,
    counts,
    ...Object.fromEntries(values.map(([name, , value]) => [name, value])),
  });
  process.stdout.write(`${line}\n`);
}
