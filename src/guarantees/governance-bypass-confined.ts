import { ArchiveFacts, exceptFor } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

export const governanceBypassConfined: Guarantee<ArchiveFacts> = {
  id: 'governance-bypass-confined',
  title: 'Only those named bypass governance mode, and nobody in compliance mode',
  reason: 'Whoever may bypass deletes locked versions, and the console asks for the bypass by itself where the right is there.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses `s3:BypassGovernanceRetention` to all but those granted',
  remedy: 'leave the statement GovernanceBypass of the bucket policy as it is, and name who may with grantBypassGovernance',
  appliesTo: () => true,
  statements: ({ bypassRoles }, { objects }) => [{
    Sid: 'GovernanceBypass',
    Effect: 'Deny',
    Principal: EVERYONE,
    Action: 's3:BypassGovernanceRetention',
    Resource: [objects],
    Condition: exceptFor(bypassRoles),
  }],
};
