import { AccessPointFacts } from './access-point-facts';
import { Guarantee } from './guarantee';
import { DATA_ACTIONS } from '../private/data-actions';
import { notThroughObjectLambda } from '../private/object-lambda';
import { EVERYONE } from '../private/statement';

export const objectLambdaOnlyWay: Guarantee<AccessPointFacts> = {
  id: 'object-lambda-only-way',
  title: 'The supporting access point answers requests through S3 Object Lambda only, whoever makes them',
  reason: 'Readers need rights on the supporting access point; with a direct request, the same rights would give them the original.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html',
  rules: {},
  constructs: ['AccessPoint'],
  enforcedBy: 'policy of the supporting access point: refuses everyone whose `aws:CalledVia` does not hold `s3-object-lambda.amazonaws.com`',
  remedy: 'leave the statement ObjectLambdaOnly as it is, and read originals through an access point of their own',
  appliesTo: facts => facts.throughObjectLambda === true,
  statements: (_facts, { own, objects }) => [
    { Sid: 'ObjectLambdaOnly', Effect: 'Deny', Principal: EVERYONE, Action: DATA_ACTIONS, Resource: [own, objects], Condition: notThroughObjectLambda() },
  ],
};
