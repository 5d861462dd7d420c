/** The name of the function's bundle, a folder in `assets/`. */
export const REDACTED_ENDPOINT = 'redacted-endpoint';

/** The environment variable that holds `EndpointSettings` as JSON. */
export const ENDPOINT_SETTINGS = 'ENDPOINT_SETTINGS';

/** The header in which CloudFront hands a token on: it signs its own requests in `Authorization`. */
export const TOKEN_HEADER = 'x-viewer-authorization';

export interface EndpointSettings {
  /** The host of the access point that the originals are read through. */
  readonly source: string;
  readonly grants: EndpointGrant[];
  readonly issuer?: EndpointIssuer;
  /** In bytes. */
  readonly largestResponse: number;
}

/** Of a role or a user by its ARN, or of those whose token has a claim with a value. */
export interface EndpointGrant {
  readonly arn?: string;
  readonly claim?: string;
  readonly value?: string;
  readonly prefix: string;
}

/** Of a Cognito user pool, or of another issuer. */
export interface EndpointIssuer {
  readonly userPoolId?: string;
  readonly clientIds?: string[];
  readonly issuer?: string;
  readonly audience?: string[];
  readonly jwksUri?: string;
}
