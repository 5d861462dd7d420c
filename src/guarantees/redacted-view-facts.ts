import { OwnFunctionFacts } from './object-lambda-facts';

/** What a view without Object Lambda was asked to be. */
export type RedactedViewFacts = RedactedEndpointFacts | RedactedCopyFacts;

/** What a redacted endpoint was asked to be. */
export interface RedactedEndpointFacts {
  readonly construct: 'RedactedEndpoint';
  readonly ownFunction: OwnFunctionFacts;
  /** Where the originals are. */
  readonly source: ReachFacts;
  /** A token. */
  readonly urlLogicalId: string;
  /** For callers with tokens. */
  readonly distribution?: DistributionFacts;
}

/** The distribution before an endpoint. */
export interface DistributionFacts {
  /** Tokens. */
  readonly logicalId: string;
  readonly originAccessControlLogicalId: string;
  /** The ways in which CDK writes its ARN. */
  readonly arns: string[];
  /** Statuses of errors, which CloudFront would keep otherwise. */
  readonly errors: number[];
}

/** What a redacted copy was asked to be. */
export interface RedactedCopyFacts {
  readonly construct: 'RedactedCopy';
  readonly ownFunction: OwnFunctionFacts;
  readonly source: ReachFacts;
  readonly destination: ReachFacts;
  /** Whether copies go when their originals do. */
  readonly deletes: boolean;
  /** Of the queue with the events. */
  readonly queueArn: string;
  /** Of the jobs that copy what is there already; a token. */
  readonly batchRoleLogicalId: string;
}

/** What a function reaches through an access point. */
export interface ReachFacts {
  /** A token, as the bucket. */
  readonly accessPointLogicalId: string;
  readonly accessPointArn: string;
  readonly bucketName: string;
  readonly region: string;
  /** What keys start with; empty for the whole bucket. */
  readonly prefixes: string[];
  /** Of the key that encrypts at rest, if there is one. */
  readonly keyArn?: string;
}
