import { Guarantee } from './guarantee';
import { denyAll } from '../private/statement';

/** `aws:SourceAccount` says whether the service tells for whom it acts at all; only then can its organization be judged. */
export const organizationOnly: Guarantee = {
  id: 'organization-only',
  title: 'Principals outside the organization are refused, also when they come through an AWS service',
  reason: 'A grant to a wrong account number, or a service that acts for a stranger, must not reach the data.',
  awsPage: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:*` when `aws:PrincipalOrgID`, or `aws:SourceOrgID` of a service, is another',
  remedy: 'leave the statements OrganizationOnly and OrganizationServices as they are, or set organizationId',
  appliesTo: facts => facts.organizationId !== undefined,
  statements: ({ organizationId }, arns) => [
    denyAll('OrganizationOnly', arns, {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    denyAll('OrganizationServices', arns, {
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
      Null: { 'aws:SourceAccount': 'false' },
      StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
    }),
  ],
};
