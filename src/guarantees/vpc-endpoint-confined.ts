import { EndpointFacts } from './access-point-facts';
import { Finding, Guarantee } from './guarantee';
import { statementsOf } from './verify';
import { View } from './view';
import { listOf, sameStatement } from '../private/statement';

export const vpcEndpointConfined: Guarantee<EndpointFacts> = {
  id: 'vpc-endpoint-confined',
  title: 'The VPC endpoint lets requests through to the named access points, their buckets, and the named buckets of AWS only',
  reason: 'An endpoint without a policy carries data from the VPC into any bucket of any account.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html',
  rules: {},
  constructs: ['VpcEndpointForS3'],
  enforcedBy: 'endpoint policy: allows the access points, their buckets, and the AWS service buckets that were asked for; no statement allows every resource',
  remedy: 'leave the statement AccessPointsAndBuckets as it is, and name further buckets in statements of their own',
  appliesTo: () => true,
  statements: ({ resourceArns, serviceBuckets }) => [
    { Sid: 'AccessPointsAndBuckets', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: resourceArns },
    ...serviceBuckets,
  ],
  inspect: wideOpenStatements,
};

/** Condition keys that say whose buckets, or which access points, requests may be for. */
const CONFINING = /^(aws:Resource(Account|OrgId|OrgPaths)|s3:ResourceAccount|s3:DataAccessPoint(Account|Arn))$/i;

/** That compare a key with values, and do not hold when the key is missing. */
const COMPARING = /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike)$/i;

/** Stands for a name or an ARN of a resource, which CloudFormation fills in. */
const REFERENCE = 'reference';

function wideOpenStatements(view: View<EndpointFacts>): Finding[] {
  const own = vpcEndpointConfined.statements!(view.facts, view.arns).map(statement => view.resolve(statement) as Record<string, unknown>);
  return view.policies.flatMap(policy => statementsOf(policy).flatMap((statement, index) => {
    const isWideOpen = statement.Effect === 'Allow' && !isConfined(statement.Condition, view)
      && (statement.NotResource !== undefined || listOf(statement.Resource).some(resource => mayMeanEveryBucket(asPattern(resource, view))));
    return isWideOpen && !own.some(each => sameStatement(each, statement)) ? [{
      problem: `statement '${statement.Sid ?? 'without Sid'}' lets requests through to every bucket`,
      location: `Properties/${policy.property}/Statement/${index}`,
    }] : [];
  }));
}

/** Whether nothing but wildcards stands where the name of a bucket, or the account of an access point, would. */
function mayMeanEveryBucket(pattern: string): boolean {
  const [, , , , account, ...rest] = pattern.split(':');
  if (rest.length === 0) {
    return !pattern.startsWith(REFERENCE) && /[*?]/.test(pattern);
  }
  const [name] = rest.join(':').split('/');
  return name === 'accesspoint' ? !isNamed(account) : !isNamed(name);
}

/** Whether a pattern holds more than wildcards, and what is in most names. */
function isNamed(pattern: string): boolean {
  return /[^*?.-]/.test(pattern);
}

/** A pattern with one word for each resource it refers to, and a wildcard for whatever else is known when the stack is deployed or a request comes. */
function asPattern(value: unknown, view: View): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{[^}]*\}/g, '*');
  }
  const [name, argument] = Object.entries(Object(value) as Record<string, unknown>)[0] ?? [];
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown];
    return Array.isArray(parts) ? parts.map(part => asPattern(part, view)).join(separator) : '*';
  }
  if (name === 'Fn::Sub' && typeof argument === 'string') {
    return argument.replace(/\$\{([^}]*)\}/g, (_text, reference: string) => isOfTemplate(reference, view) ? REFERENCE : '*');
  }
  const isReference = name === 'Fn::ImportValue' || name === 'Fn::GetStackOutput'
    || ((name === 'Ref' || name === 'Fn::GetAtt') && isOfTemplate(listOf(argument).join('.'), view));
  return isReference ? REFERENCE : '*';
}

/** A resource, a pseudo parameter, or what CDK passes on to a nested stack; other parameters may be given any value. */
function isOfTemplate(reference: string, view: View): boolean {
  return /^(AWS::|referenceto)/.test(reference) || view.resourceOf(reference.split('.')[0]) !== undefined;
}

function isConfined(condition: unknown, view: View): boolean {
  return Object.entries((condition ?? {}) as Record<string, Record<string, unknown>>).some(([operator, keys]) => COMPARING.test(operator)
    && Object.entries(keys).some(([key, value]) => CONFINING.test(key) && listOf(value).every(each => isConfining(operator, key, each, view))));
}

function isConfining(operator: string, key: string, value: unknown, view: View): boolean {
  if (/StringEquals/i.test(operator)) {
    return typeof value !== 'string' || !value.includes('${'); // a variable of the request is as the request likes
  }
  const pattern = asPattern(value, view);
  return /Arn$/i.test(key) ? isNamed(pattern.split(':')[4] ?? '') : !(/Account$/i.test(key) ? /[*?]/ : /^[*?/]*$/).test(pattern);
}
