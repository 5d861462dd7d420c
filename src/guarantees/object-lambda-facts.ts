import { Right } from './right';

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
  /** If the function reads through the access point itself, to tell lengths with HEAD. */
  readonly ownView?: OwnViewFacts;
}

/** What a function reaches by reading through its own Object Lambda access point. */
export interface OwnViewFacts {
  readonly arn: string;
  readonly region: string;
  /** What keys start with; empty for the whole bucket. */
  readonly prefixes: string[];
  /** Of the key that encrypts at rest, if there is one. */
  readonly keyArn?: string;
}

export type TransformedOperation = 'GetObject' | 'HeadObject' | 'ListObjects' | 'ListObjectsV2';

/** A function of this library. */
export interface OwnFunctionFacts {
  /** Tokens, as that of the role, since a person may still override them. */
  readonly logicalId: string;
  readonly roleLogicalId: string;
  /** What the policies of its role may allow on whatever they name. */
  readonly actions: string[];
  /** And what they may allow exactly as it is. */
  readonly rights: Right[];
  /** As CloudFormation takes it. */
  readonly code: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}
