import { property } from './expect';
import { Guarantee } from './guarantee';
import { ObjectLambdaFacts } from './object-lambda-facts';
import { EVERYONE } from '../private/statement';

/**
 * All that an Object Lambda access point passes on to S3 without the function: whatever is no GET or HEAD of an object and no listing of
 * keys. `s3-object-lambda:WriteGetObjectResponse` is what the function answers with.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3objectlambda.html
 */
const PASSED_ON = [
  's3-object-lambda:AbortMultipartUpload',
  's3-object-lambda:DeleteObject*',
  's3-object-lambda:GetObject*Acl',
  's3-object-lambda:GetObject*Tagging',
  's3-object-lambda:GetObjectLegalHold',
  's3-object-lambda:GetObjectRetention',
  's3-object-lambda:ListBucketMultipartUploads',
  's3-object-lambda:ListBucketVersions',
  's3-object-lambda:ListMultipartUploadParts',
  's3-object-lambda:PutObject*',
  's3-object-lambda:RestoreObject',
];

const OBJECTS = ['s3-object-lambda:GetObject', 's3-object-lambda:GetObjectVersion'];
const LISTINGS = ['s3-object-lambda:ListBucket'];

export const objectLambdaTransformsAll: Guarantee<ObjectLambdaFacts> = {
  id: 'object-lambda-transforms-all',
  title: 'What the Object Lambda access point answers has gone through its function; everything else is refused',
  reason: 'S3 passes requests that no function transforms on to the original: its listings of versions, tags, ACLs and metadata, writes and deletions.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-best-practices.html',
  rules: {},
  constructs: ['ObjectLambdaAccessPoint'],
  enforcedBy: 'properties: the function and the operations of `TransformationConfigurations`, the features, the supporting access point; policy of the Object Lambda access point: refuses all other operations',
  remedy: 'leave ObjectLambdaConfiguration and the statement TransformedOnly as they are',
  appliesTo: () => true,
  properties: ({ transformed, functionArn, payload, features, supportingAccessPointArn }, view) => [
    property('subject', 'Properties.ObjectLambdaConfiguration.TransformationConfigurations', [{
      Actions: transformed,
      ContentTransformation: { AwsLambda: { FunctionArn: view.resolve(functionArn), FunctionPayload: view.resolve(payload) } },
    }]),
    property('subject', 'Properties.ObjectLambdaConfiguration.AllowedFeatures', features.length === 0 ? undefined : features),
    property('subject', 'Properties.ObjectLambdaConfiguration.SupportingAccessPoint', view.resolve(supportingAccessPointArn)),
  ],
  statements: ({ transformed }, { own }) => [{
    Sid: 'TransformedOnly',
    Effect: 'Deny',
    Principal: EVERYONE,
    Action: [
      ...PASSED_ON,
      ...transformed.includes('GetObject') ? [] : OBJECTS,
      ...transformed.includes('ListObjectsV2') ? [] : LISTINGS,
    ],
    Resource: [own],
  }],
};
