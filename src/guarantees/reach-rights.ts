import { ReachFacts } from './redacted-view-facts';
import { Right } from './right';

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
export function objectsOf({ accessPointArn, prefixes }: Pick<ReachFacts, 'accessPointArn' | 'prefixes'>): string[] {
  return (prefixes.length === 0 ? [''] : prefixes).map(prefix => `${accessPointArn}/object/${prefix}*`);
}

export function keyRights({ keyArn, region }: Pick<ReachFacts, 'keyArn' | 'region'>, actions: string[], further: Right['condition'] = {}): Right[] {
  return keyArn === undefined ? [] : [{ actions, resources: [keyArn], condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` }, ...further } }];
}
