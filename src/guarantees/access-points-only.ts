import { throughAccessPoint } from './access-point-delegation';
import { Guarantee } from './guarantee';
import { DATA_ACTIONS } from '../private/data-actions';
import { EVERYONE } from '../private/statement';

/**
 * Services that deliver logs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html
 */
const LOG_DELIVERY = ['logging.s3.amazonaws.com', 'delivery.logs.amazonaws.com'];

export const accessPointsOnly: Guarantee = {
  id: 'access-points-only',
  title: 'Data is reached through the access points of the bucket only',
  reason: 'What a team may do stands in the policy of its access point; a way around it makes that policy worth nothing.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses requests for data unless `s3:DataAccessPointAccount` or `s3:DataAccessPointArn` is one of those named; deploy roles and log delivery pass',
  remedy: 'leave the statement AccessPointsOnly as it is, or name who reaches the bucket directly with directAccessRoles',
  appliesTo: facts => facts.accessPointsOnly !== undefined,
  statements: ({ accessPointsOnly: facts }, { own, objects }) => [{
    Sid: 'AccessPointsOnly',
    Effect: 'Deny',
    Principal: EVERYONE,
    Action: DATA_ACTIONS,
    Resource: [own, objects],
    // Negated operators match when the key is missing, as it is in direct requests.
    Condition: facts!.to === 'account'
      ? { StringNotEquals: { ...throughAccessPoint(facts!, 'isNot')!.StringNotEquals, 'aws:PrincipalServiceName': LOG_DELIVERY }, ...exempt(facts!.exemptRoleArns) }
      : { ...throughAccessPoint(facts!, 'isNot'), StringNotEquals: { 'aws:PrincipalServiceName': LOG_DELIVERY }, ...exempt(facts!.exemptRoleArns) },
  }],
};

function exempt(roleArns: unknown): { ArnNotLike: { 'aws:PrincipalArn': unknown } } {
  return { ArnNotLike: { 'aws:PrincipalArn': roleArns } };
}
