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

function wideOpenStatements(view: View<EndpointFacts>): Finding[] {
  return view.policies.flatMap(policy => statementsOf(policy).flatMap((statement, index) => {
    const isWideOpen = statement.Effect === 'Allow' && (statement.NotResource !== undefined || listOf(statement.Resource).some(arn => arn === '*' || arn === 'arn:aws:s3:::*'));
    return isWideOpen && statement.Condition === undefined ? [{
      problem: `statement '${statement.Sid ?? 'without Sid'}' lets requests through to every bucket`,
      location: `Properties/${policy.property}/Statement/${index}`,
    }] : [];
  }));
}
