import { DelegationFacts } from './facts';
import { Finding, Guarantee } from './guarantee';
import { statementsOf } from './verify';
import { BucketView } from './view';
import { ACCESS_POINT_ACTIONS } from '../private/data-actions';
import { EVERYONE, sameStatement, StatementJson } from '../private/statement';

const SID = 'AccessPointDelegation';

export const accessPointDelegation: Guarantee = {
  id: 'access-point-delegation',
  title: 'The bucket leaves the decision to its own access points, and to no others',
  reason: 'A request through an access point needs the bucket to allow it as well; a bucket that trusts any access point lets any account make one.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: allows what access points can do when `s3:DataAccessPointAccount` or `s3:DataAccessPointArn` is one of those named; no other statement allows by these keys',
  remedy: `leave the statement ${SID} as it is, and create access points with AccessPoint, which adds itself to it`,
  appliesTo: facts => facts.accessPoints !== undefined,
  statements: (facts, { own, objects }) => [{
    Sid: SID,
    Effect: 'Allow',
    Principal: EVERYONE,
    Action: ACCESS_POINT_ACTIONS,
    Resource: [own, objects],
    Condition: throughAccessPoint(facts.accessPoints!, 'is'),
  }],
  inspect: otherDelegations,
};

/** The condition on requests through one of the access points, or on all others, direct requests among them. */
export function throughAccessPoint({ to, values }: Pick<DelegationFacts, 'to' | 'values'>, is: 'is' | 'isNot'): StatementJson['Condition'] {
  return to === 'account'
    ? { [is === 'is' ? 'StringEquals' : 'StringNotEquals']: { 's3:DataAccessPointAccount': values } }
    : { [is === 'is' ? 'ArnEquals' : 'ArnNotEquals']: { 's3:DataAccessPointArn': values } };
}

function otherDelegations(view: BucketView): Finding[] {
  const own = view.resolve(accessPointDelegation.statements!(view.facts, view.arns)[0]) as Record<string, unknown>;
  return view.policies.flatMap(policy => statementsOf(policy).flatMap((statement, index) => {
    const delegates = statement.Effect === 'Allow' && /"s3:(DataAccessPoint(Account|Arn)|AccessPointNetworkOrigin)"/i.test(JSON.stringify(statement.Condition ?? {}));
    return !delegates || sameStatement(statement, own) ? [] : [{
      problem: `statement '${statement.Sid ?? 'without Sid'}' delegates to access points besides ${SID}`,
      location: `Properties/${policy.property}/Statement/${index}`,
      logicalId: policy.logicalId,
    }];
  }));
}
