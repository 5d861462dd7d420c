import { Right } from './function-rights';
import { ReachFacts } from './redacted-view-facts';

/** To read and list through an access point. */
export function readingRights(reach: ReachFacts): Right[] {
  const { accessPointArn, prefixes } = reach;
  return [
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: objectsOf(reach) },
    {
      actions: ['s3:ListBucket'],
      resources: [accessPointArn],
      condition: prefixes.length === 0 ? undefined : { StringLike: { 's3:prefix': prefixes.map(prefix => `${prefix}*`) } },
    },
    ...keyRights(reach, ['kms:Decrypt']),
  ];
}

/** To write through an access point, in parts too. */
export function writingRights(reach: ReachFacts): Right[] {
  return [
    { actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], resources: objectsOf(reach) },
    ...keyRights(reach, ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
}

export function deletionRights(reach: ReachFacts): Right[] {
  return [{ actions: ['s3:DeleteObject'], resources: objectsOf(reach) }];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html */
function objectsOf({ accessPointArn, prefixes }: ReachFacts): string[] {
  return (prefixes.length === 0 ? [''] : prefixes).map(prefix => `${accessPointArn}/object/${prefix}*`);
}

function keyRights({ keyArn, region }: ReachFacts, actions: string[]): Right[] {
  return keyArn === undefined ? [] : [{ actions, resources: [keyArn], condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } } }];
}
