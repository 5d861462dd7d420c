import { property } from './expect';
import { Guarantee } from './guarantee';

/** The policy is kept with the bucket: a bucket that outlives its stack must not outlive its protection. */
export const retained: Guarantee = {
  id: 'retained',
  title: 'Deleting the stack keeps the bucket, its policy and its keys',
  reason: 'A bucket that is kept without its policy is open to what the policy refused; one without its key is lost.',
  awsPage: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: '`DeletionPolicy` and `UpdateReplacePolicy` of bucket, bucket policy and created keys are `Retain`',
  remedy: 'set removalPolicy: RemovalPolicy.DESTROY on the construct itself if the data may go with the stack',
  appliesTo: facts => facts.deletionPolicy !== undefined,
  properties: ({ deletionPolicy, encryption }) => (['subject', 'policy', ...encryption.createdKeyLogicalIds.map(logicalId => ({ logicalId }))] as const)
    .flatMap(resource => [
      {
        resource,
        path: 'DeletionPolicy',
        expected: JSON.stringify(deletionPolicy),
        holds: (value: unknown) => value === 'Retain' || value === 'RetainExceptOnCreate',
      },
      property(resource, 'UpdateReplacePolicy', 'Retain'),
    ]),
};
