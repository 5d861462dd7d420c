import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** One alarm: it goes off from a value on. */
export interface AlarmSpec {
  readonly id: string;
  readonly says: string;
  readonly metric: cloudwatch.IMetric;
  readonly from: number;
  /** How many periods after one another. Defaults to 1. */
  readonly periods?: number;
}

export interface ViewMonitoringProps {
  /** What it is about, as alarms name it. */
  readonly name: string;
  readonly handler: lambda.Function;
  readonly alarms: AlarmSpec[];
  /** Graphs beside those of the function, by their titles; none if there is no dashboard. */
  readonly graphs?: Readonly<Record<string, cloudwatch.IMetric[]>>;
}

export const PERIOD = Duration.minutes(5);

/** Alarms for a function and what is around it, and a dashboard. */
export class ViewMonitoring extends Construct {
  public readonly alarms: cloudwatch.Alarm[];
  public readonly dashboard?: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, { name, handler, alarms, graphs }: ViewMonitoringProps) {
    super(scope, id);
    const errors = handler.metricErrors({ period: PERIOD });
    const throttles = handler.metricThrottles({ period: PERIOD });
    const duration = (statistic: string) => handler.metricDuration({ period: PERIOD, statistic });
    const all: AlarmSpec[] = [
      { id: 'FunctionErrors', says: 'the function failed', metric: errors, from: 1 },
      { id: 'FunctionThrottles', says: 'the function was asked more often at once than it may run', metric: throttles, from: 1 },
      {
        id: 'FunctionDuration',
        says: 'an object took more than nine tenths of the time that it may',
        metric: duration('Maximum'),
        from: handler.timeout!.toMilliseconds() * 0.9,
      },
      ...alarms,
    ];
    this.alarms = all.map(alarm => new cloudwatch.Alarm(this, alarm.id, {
      alarmDescription: `${name}: ${alarm.says}`,
      metric: alarm.metric,
      threshold: alarm.from,
      evaluationPeriods: alarm.periods ?? 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
    this.dashboard = graphs && new cloudwatch.Dashboard(this, 'Dashboard', {
      widgets: [
        [graph('Function', [handler.metricInvocations({ period: PERIOD }), errors, throttles]), graph('Duration', [duration('p50'), duration('p99'), duration('Maximum')])],
        Object.entries(graphs).map(([title, metrics]) => graph(title, metrics)),
      ],
    });
  }
}

function graph(title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 12 });
}
