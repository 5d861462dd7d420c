/** What an Object Lambda access point was asked to be. */
export interface ObjectLambdaFacts {
  readonly construct: 'ObjectLambdaAccessPoint';
  readonly name: string;
  readonly supportingAccessPointArn: string;
  readonly functionArn: string;
  /** Given to the function with each request. */
  readonly payload?: string;
  /** The operations that the function transforms, as S3 calls them. */
  readonly transformed: TransformedOperation[];
  /** What requests may hold besides, as S3 calls it. */
  readonly features: string[];
  /** Of a function of this library. */
  readonly functionRole?: FunctionRoleFacts;
}

export type TransformedOperation = 'GetObject' | 'HeadObject' | 'ListObjects' | 'ListObjectsV2';

export interface FunctionRoleFacts {
  /** Tokens, since a person may still override them. */
  readonly functionLogicalId: string;
  readonly roleLogicalId: string;
  /** All that its policies may allow. */
  readonly actions: string[];
}
