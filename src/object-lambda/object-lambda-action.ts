import { TransformedOperation } from '../guarantees/object-lambda-facts';

/**
 * What readers ask of an Object Lambda access point, and a function transforms.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html
 */
export enum ObjectLambdaAction {
  /** The content of an object, whole or in part. */
  GET_OBJECT = 'GET_OBJECT',

  /** Its metadata. The right to it is that to the content: `s3-object-lambda:GetObject`. */
  HEAD_OBJECT = 'HEAD_OBJECT',

  /** The keys, by both versions of the listing: both are the one right `s3-object-lambda:ListBucket`. */
  LIST_OBJECTS = 'LIST_OBJECTS',
}

/** As S3 calls them. */
export function operationsOf(actions: ObjectLambdaAction[]): TransformedOperation[] {
  const operations: Record<ObjectLambdaAction, TransformedOperation[]> = {
    [ObjectLambdaAction.GET_OBJECT]: ['GetObject'],
    [ObjectLambdaAction.HEAD_OBJECT]: ['HeadObject'],
    [ObjectLambdaAction.LIST_OBJECTS]: ['ListObjects', 'ListObjectsV2'],
  };
  return Object.values(ObjectLambdaAction).filter(action => actions.includes(action)).flatMap(action => operations[action]);
}
