import { ArchiveFacts, exceptFor } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

export const legalHoldConfined: Guarantee<ArchiveFacts> = {
  id: 'legal-hold-confined',
  title: 'Only those named place and remove legal holds',
  reason: 'The right to place a hold is also the right to remove it, and removing it ends the protection of evidence without a trace on the object.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-legal-holds',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses `s3:PutObjectLegalHold`, and uploads with `s3:object-lock-legal-hold`, to all but those granted',
  remedy: 'leave the statements LegalHold and LegalHoldOnWrite of the bucket policy as they are, and name who may with grantLegalHold',
  appliesTo: () => true,
  statements: ({ legalHoldRoles }, { objects }) => [
    {
      Sid: 'LegalHold',
      Effect: 'Deny',
      Principal: EVERYONE,
      Action: 's3:PutObjectLegalHold',
      Resource: [objects],
      Condition: exceptFor(legalHoldRoles),
    },
    {
      Sid: 'LegalHoldOnWrite',
      Effect: 'Deny',
      Principal: EVERYONE,
      Action: 's3:PutObject',
      Resource: [objects],
      Condition: { Null: { 's3:object-lock-legal-hold': 'false' }, ...exceptFor(legalHoldRoles) },
    },
  ],
};
