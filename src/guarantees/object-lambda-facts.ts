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
  /** If it is one of this library. */
  readonly ownFunction?: OwnFunctionFacts;
}

export type TransformedOperation = 'GetObject' | 'HeadObject' | 'ListObjects' | 'ListObjectsV2';

/** A function of this library. */
export interface OwnFunctionFacts {
  /** Tokens, as that of the role, since a person may still override them. */
  readonly logicalId: string;
  readonly roleLogicalId: string;
  /** All that the policies of its role may allow. */
  readonly actions: string[];
  /** As CloudFormation takes it. */
  readonly code: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}
