import { ArchiveFacts } from './archive-facts';
import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

export const retentionMode: Guarantee<ArchiveFacts> = {
  id: 'retention-mode',
  title: 'A lock in another mode, or with an event hold, is refused',
  reason: 'Governance would open a compliance archive, compliance would close a governance archive for good, and an event hold lasts until somebody ends it.',
  awsPage: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
  rules: {},
  constructs: ['ComplianceArchive'],
  enforcedBy: 'bucket policy: refuses `s3:PutObject` and `s3:PutObjectRetention` when `s3:object-lock-mode` is present and another, and these and `s3:ReplicateObject` when `s3:object-lock-event-hold` or its duration is present',
  remedy: 'leave the statements RetentionMode, NoEventHold and NoEventHoldDuration of the bucket policy as they are',
  appliesTo: () => true,
  statements: ({ mode }, { objects }) => [
    {
      Sid: 'RetentionMode',
      Effect: 'Deny',
      Principal: EVERYONE,
      // AWS documents no mode key for replicas; what they may not do, NoEventHold and the bounds refuse.
      Action: ['s3:PutObject', 's3:PutObjectRetention'],
      Resource: [objects],
      Condition: { Null: { 's3:object-lock-mode': 'false' }, StringNotEquals: { 's3:object-lock-mode': mode } },
    },
    ...[['NoEventHold', 's3:object-lock-event-hold'], ['NoEventHoldDuration', 's3:object-lock-event-hold-duration-days']].map(([Sid, key]) => ({
      Sid,
      Effect: 'Deny' as const,
      Principal: EVERYONE,
      Action: ['s3:PutObject', 's3:PutObjectRetention', 's3:ReplicateObject'],
      Resource: [objects],
      Condition: { Null: { [key]: 'false' } },
    })),
  ],
};
