import { ObjectLambdaFacts } from './object-lambda-facts';
import { keyRights, objectsOf } from './reach-rights';
import { Right } from './right';
import { throughObjectLambda } from '../private/object-lambda';

/**
 * To read transformed objects as any reader does: on the Object Lambda access point, and only through it on what is behind it. Not to list.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html
 */
export function ownViewRights({ ownView, functionArn, supportingAccessPointArn }: ObjectLambdaFacts): Right[] {
  const condition = throughObjectLambda();
  return ownView === undefined ? [] : [
    { actions: ['s3-object-lambda:GetObject', 's3-object-lambda:GetObjectVersion'], resources: [ownView.arn] },
    { actions: ['lambda:InvokeFunction'], resources: [functionArn, `${functionArn}:*`], condition },
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: objectsOf({ accessPointArn: supportingAccessPointArn, prefixes: ownView.prefixes }),
      condition,
    },
    ...keyRights(ownView, ['kms:Decrypt'], condition),
  ];
}
