import { LogDeliveryFacts } from './facts';
import { Finding, Guarantee } from './guarantee';
import { statementsOf } from './verify';
import { BucketView } from './view';
import { listOf, StatementJson, withLowerCaseKeys } from '../private/statement';

const LOG_DELIVERY_SERVICE = 'logging.s3.amazonaws.com';

export const logWriterConfined: Guarantee = {
  id: 'log-writer-confined',
  title: 'Log delivery writes for the named source buckets of the owner only',
  reason: 'Without the source in the statement, anyone who knows the name of the bucket can have their logs written into it.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general',
  rules: {},
  constructs: ['AccessLogBucket'],
  enforcedBy: 'bucket policy: each statement for `logging.s3.amazonaws.com` has `aws:SourceArn` and `aws:SourceAccount`',
  remedy: 'let accessLogs write the statement instead of adding it by hand',
  appliesTo: facts => facts.construct === 'AccessLogBucket',
  statements: ({ logDeliveries = [], ownerAccount }) => logDeliveries.map((delivery, index) => logDeliveryStatement(delivery, index, ownerAccount)),
  inspect: view => view.policies.flatMap(policy => statementsOf(policy).flatMap(
    (statement, index) => unconfined(statement, view).map(problem => ({
      problem, location: `Properties/PolicyDocument/Statement/${index}`, logicalId: policy.logicalId,
    } as Finding)))),
};

/** The one statement that lets log delivery write; the construct adds it when the first source of a prefix comes. */
export function logDeliveryStatement({ objectsArn, sourceArns }: LogDeliveryFacts, index: number, ownerAccount: string): StatementJson {
  return {
    Sid: `LogDelivery${index + 1}`,
    Effect: 'Allow',
    Principal: { Service: LOG_DELIVERY_SERVICE },
    Action: 's3:PutObject',
    Resource: [objectsArn],
    Condition: {
      ArnLike: { 'aws:SourceArn': sourceArns },
      StringEquals: { 'aws:SourceAccount': ownerAccount },
    },
  };
}

/** Statements that were added by hand are judged by what they hold. */
function unconfined(statement: Record<string, unknown>, view: BucketView): string[] {
  const services = listOf((statement.Principal as { Service?: unknown } | undefined)?.Service);
  if (statement.Effect !== 'Allow' || !services.includes(LOG_DELIVERY_SERVICE)) {
    return [];
  }
  const condition = withLowerCaseKeys(statement.Condition ?? {}) as Record<string, Record<string, unknown>>;
  const owner = JSON.stringify(view.resolve(view.facts.ownerAccount));
  const problems: string[] = [];
  const sources = listOf(condition.ArnLike?.['aws:sourcearn'] ?? condition.ArnEquals?.['aws:sourcearn']);
  if (sources.length === 0 || sources.includes('*')) {
    problems.push(`statement ${nameOf(statement)} lets log delivery write for any source bucket: aws:SourceArn is ${sources.length === 0 ? 'missing' : '*'}`);
  }
  if (JSON.stringify(condition.StringEquals?.['aws:sourceaccount']) !== owner) {
    problems.push(`statement ${nameOf(statement)} lets log delivery write for any account: aws:SourceAccount is not ${owner}`);
  }
  return problems;
}

function nameOf(statement: Record<string, unknown>): string {
  return `'${statement.Sid ?? 'without Sid'}'`;
}
