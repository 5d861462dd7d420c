import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { OBJECT_LAMBDA_METRICS, OBJECT_LAMBDA_METRICS_NAMESPACE } from './redacting-object-lambda-contract';

export interface ObjectLambdaMonitoringProps {
  /** Of the Object Lambda access point. */
  readonly name: string;
  readonly handler: lambda.IFunction;
  /** Whether the function writes the metrics of this library. */
  readonly isOfThisLibrary: boolean;
  readonly supportingAccessPointArn: string;
  readonly dashboard: boolean;
}

/** When an alarm goes off: from a value on, or above one, in so many periods after one another. */
type Limit = ({ from: number; above?: undefined } | { above: number; from?: undefined }) & { periods?: number };

const PERIOD = Duration.minutes(5);
/** Of 60 seconds, when S3 Object Lambda ends the response. */
const LONG_MILLISECONDS = 50_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#S3ObjectLambda */
const RATE: Limit = { above: 0.05, periods: 3 };

/** Alarms for an Object Lambda access point and its function, and a dashboard. */
export class ObjectLambdaMonitoring extends Construct {
  public readonly alarms: cloudwatch.Alarm[];
  public readonly dashboard?: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, private readonly props: ObjectLambdaMonitoringProps) {
    super(scope, id);
    const { handler } = props;
    const errors = handler.metricErrors({ period: PERIOD });
    const throttles = handler.metricThrottles({ period: PERIOD });
    const longest = handler.metricDuration({ period: PERIOD, statistic: 'Maximum' });
    const [clientErrors, serverErrors] = [this.errorRate('4xxErrors'), this.errorRate('5xxErrors')];
    this.alarms = [
      this.alarm('FunctionErrors', 'the function failed', errors, { from: 1 }),
      this.alarm('FunctionThrottles', 'requests were refused, since the function ran as often at once as it may', throttles, { from: 1 }),
      this.alarm('FunctionDuration', 'a request took more than 50 of the 60 seconds that it may', longest, { from: LONG_MILLISECONDS }),
      this.alarm('ClientErrors', 'more than 5 % of the requests were answered with a 4xx', clientErrors, RATE),
      this.alarm('ServerErrors', 'more than 5 % of the requests were answered with a 5xx', serverErrors, RATE),
    ];
    this.dashboard = props.dashboard ? new cloudwatch.Dashboard(this, 'Dashboard', {
      widgets: [
        [
          graph('Requests', [this.metric('AllRequests'), this.metric('GetRequests'), this.metric('HeadRequests'), this.metric('ListRequests')]),
          graph('Answers with an error', [this.metric('4xxErrors'), this.metric('5xxErrors'), ...this.passedOn()]),
        ],
        [
          graph('Duration', [handler.metricDuration({ period: PERIOD, statistic: 'p50' }), handler.metricDuration({ period: PERIOD, statistic: 'p99' }), longest]),
          graph('Function', [handler.metricInvocations({ period: PERIOD }), errors, throttles]),
        ],
        ...props.isOfThisLibrary ? [[
          graph('Transformation', [this.own('refused'), this.own('cutOff'), this.own('transformed')]),
          graph('Bytes', [this.own('bytesIn'), this.own('bytesOut')]),
        ]] : [],
      ],
    }) : undefined;
  }

  private alarm(id: string, says: string, metric: cloudwatch.IMetric, { from, above, periods = 1 }: Limit): cloudwatch.Alarm {
    const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;
    return new cloudwatch.Alarm(this, id, {
      alarmDescription: `Object Lambda access point ${this.props.name}: ${says}`,
      metric,
      threshold: from ?? above!,
      evaluationPeriods: periods,
      comparisonOperator: from === undefined ? GREATER_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** Each request counts 0 or 1. */
  private errorRate(metricName: string): cloudwatch.Metric {
    return this.metric(metricName, 'Average');
  }

  /** The data of requests that invoke the function comes from it, that of others from the supporting access point. */
  private metric(metricName: string, statistic = 'Sum', source = this.props.handler.functionArn, label?: string): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/S3ObjectLambda',
      metricName,
      dimensionsMap: { AccessPointName: this.props.name, DataSourceARN: source },
      statistic,
      period: PERIOD,
      label,
    });
  }

  private passedOn(): cloudwatch.Metric[] {
    return [this.metric('4xxErrors', 'Sum', this.props.supportingAccessPointArn, '4xxErrors without the function')];
  }

  private own(name: keyof typeof OBJECT_LAMBDA_METRICS): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: OBJECT_LAMBDA_METRICS_NAMESPACE,
      metricName: OBJECT_LAMBDA_METRICS[name],
      dimensionsMap: { FunctionName: this.props.handler.functionName },
      statistic: 'Sum',
      period: PERIOD,
    });
  }
}

function graph(title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 12 });
}
