import { ACCOUNT, PARTNER_ACCOUNT, REGION } from '../configurations';

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const executionRole = (account: string, region: string) => role(account, `cdk-hnb659fds-cfn-exec-role-${account}-${region}`);

/** Who sends a request, by the names that the tables use. Any ARN and any `….amazonaws.com` may stand there as well. */
const PRINCIPALS: Record<string, string> = {
  // of the account that owns the bucket
  owner: role(ACCOUNT, 'Analyst'),
  user: `arn:aws:iam::${ACCOUNT}:user/alice`,
  root: `arn:aws:iam::${ACCOUNT}:root`,
  replicationRole: role(ACCOUNT, 'Replication'),
  deployRole: executionRole(ACCOUNT, REGION),
  deployRoleOfOtherRegion: executionRole(ACCOUNT, 'us-east-1'),
  releasePipeline: role(ACCOUNT, 'release-pipeline'),
  retentionWorker: role(ACCOUNT, 'retention-worker'),
  serviceLinkedRole: role(ACCOUNT, 'aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
  roleNamedLikeServiceLinked: role(ACCOUNT, 'team/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
  autoDeleteRole: role(ACCOUNT, 'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092'),
  notificationsRole: role(ACCOUNT, 'BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleB6FB88EC'),
  archiveAdministrator: role(ACCOUNT, 'archive-administrator'),
  archiveWriter: role(ACCOUNT, 'archive-writer'),
  archiveReader: role(ACCOUNT, 'archive-reader'),
  holdOfficer: role(ACCOUNT, 'hold-officer'),
  holdJobs: role(ACCOUNT, 'ArchiveLegalHoldJobRoleE6D5C67E'),
  retentionOfficer: role(ACCOUNT, 'retention-officer'),
  eraser: role(ACCOUNT, 'eraser'),
  financeReader: role(ACCOUNT, 'finance-reader'),
  financeWriter: role(ACCOUNT, 'finance-writer'),
  financeEditor: role(ACCOUNT, 'finance-editor'),
  financeCleaner: role(ACCOUNT, 'finance-cleaner'),
  financeAuditor: role(ACCOUNT, 'finance-auditor'),
  backup: role(ACCOUNT, 'backup'),
  viewReader: role(ACCOUNT, 'view-reader'),
  viewLister: role(ACCOUNT, 'view-lister'),
  viewFunction: role(ACCOUNT, 'ViewFunctionPartsRole6941302D'),
  endpointFunction: role(ACCOUNT, 'ViewFunctionPartsRole6941302D'),
  copyFunction: role(ACCOUNT, 'CopyFunctionPartsRole7573F04C'),
  copyJobs: role(ACCOUNT, 'CopyBatchRole34CEE528'),

  // of other accounts
  partner: role(PARTNER_ACCOUNT, 'Partner'),
  stranger: role('777788889999', 'Stranger'),
  cleaner: role('777788889999', 'Cleaner'),
  auditor: role('777788889999', 'Auditor'),
  guest: role('777788889999', 'finance-guest'),
  backupOfOtherAccount: role(PARTNER_ACCOUNT, 'backup'),
  deployRoleOfOtherAccount: executionRole(PARTNER_ACCOUNT, REGION),
  retentionWorkerOfOtherAccount: role(PARTNER_ACCOUNT, 'retention-worker'),
  serviceLinkedRoleOfOtherAccount: role(PARTNER_ACCOUNT, 'aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
  autoDeleteRoleOfOtherAccount: role(PARTNER_ACCOUNT, 'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092'),

  anonymous: 'anonymous',
};

/** Roles that are only there where the stack created them. */
export const CREATED = [
  'autoDeleteRole', 'notificationsRole', 'releasePipeline', 'retentionWorker',
  'archiveAdministrator', 'archiveWriter', 'archiveReader', 'holdOfficer', 'holdJobs', 'retentionOfficer', 'eraser',
  'financeReader', 'financeWriter', 'financeEditor', 'financeCleaner', 'financeAuditor', 'backup', 'viewReader', 'viewLister',
  'viewFunction', 'endpointFunction', 'copyFunction', 'copyJobs',
];

export function principalArn(name: string): string {
  const arn = PRINCIPALS[name] ?? (name.startsWith('arn:') || name.endsWith('.amazonaws.com') ? name : undefined);
  if (arn === undefined) {
    throw new Error(`there is no principal '${name}': ${Object.keys(PRINCIPALS).join(', ')}, an ARN, or a service such as cloudtrail.amazonaws.com`);
  }
  return arn;
}

/**
 * What AWS says of a principal in the request context.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function principalContext(arn: string): Record<string, string> {
  if (arn === 'anonymous') {
    return { 'aws:PrincipalType': 'Anonymous' };
  }
  if (!arn.startsWith('arn:')) {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': arn };
  }
  return {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': arn.split(':')[4],
    'aws:PrincipalType': arn.endsWith(':root') ? 'Account' : arn.includes(':user/') ? 'User' : 'AssumedRole',
  };
}
