import { EndpointFacts } from './access-point-facts';
import { Finding, Guarantee } from './guarantee';
import { statementsOf } from './verify';
import { View } from './view';
import { listOf } from '../private/statement';

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

function wideOpenStatements(view: View<EndpointFacts>): Finding[] {
  return view.policies.flatMap(policy => statementsOf(policy).flatMap((statement, index) => {
    const isWideOpen = statement.Effect === 'Allow' && !isConfined(statement.Condition)
      && (statement.NotResource !== undefined || listOf(statement.Resource).some(meansEveryBucket));
    return isWideOpen ? [{
      problem: `statement '${statement.Sid ?? 'without Sid'}' lets requests through to every bucket`,
      location: `Properties/${policy.property}/Statement/${index}`,
    }] : [];
  }));
}

/** Whether nothing but wildcards stands where the name of a bucket would. */
function meansEveryBucket(resource: unknown): boolean {
  const [, , , , , ...name] = asText(resource).split(':');
  return /^[*?]+$/.test(name.join(':').split('/')[0]) || (name.length === 0 && /^(arn:.*)?[*?]+$/.test(asText(resource)));
}

/** A pattern as it stands in the template, with one word for each of its references. */
function asText(resource: unknown): string {
  const { 'Fn::Join': join, 'Fn::Sub': sub } = Object(resource) as { 'Fn::Join'?: [string, unknown[]]; 'Fn::Sub'?: unknown };
  const text = join === undefined ? listOf(sub ?? resource)[0] : join[1].map(part => typeof part === 'string' ? part : 'reference').join(join[0]);
  return typeof text === 'string' ? text.replace(/\$\{[^}]*\}/g, 'reference') : '';
}

function isConfined(condition: unknown): boolean {
  return Object.entries((condition ?? {}) as Record<string, Record<string, unknown>>).some(([operator, keys]) =>
    !/Not|Null|IfExists/.test(operator) && Object.entries(keys).some(([key, value]) => CONFINING.test(key) && !listOf(value).includes('*')));
}
