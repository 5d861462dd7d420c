import { ArchiveFacts, exceptFor } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

export const retentionConfined: Guarantee<ArchiveFacts> = {
  id: 'retention-confined',
  title: 'Only those named set a retention',
  reason: 'Broad rights, such as those of grantWrite of a bucket, hold the right to set retentions; in compliance mode each use is final.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses `s3:PutObjectRetention`, and uploads with `s3:object-lock-mode`, to all but those granted',
  remedy: 'leave the statements RetentionConfined and RetentionOnWrite of the bucket policy as they are, and name who may with grantExtendRetention',
  appliesTo: () => true,
  statements: ({ retentionRoles }, { objects }) => [
    {
      Sid: 'RetentionConfined',
      Effect: 'Deny',
      Principal: EVERYONE,
      Action: 's3:PutObjectRetention',
      Resource: [objects],
      Condition: exceptFor(retentionRoles),
    },
    // S3 asks uploads that set a retention for s3:PutObjectRetention, too. This says it of the header itself; replicas are no uploads.
    {
      Sid: 'RetentionOnWrite',
      Effect: 'Deny',
      Principal: EVERYONE,
      Action: 's3:PutObject',
      Resource: [objects],
      Condition: { Null: { 's3:object-lock-mode': 'false' }, ...exceptFor(retentionRoles) },
    },
  ],
};
