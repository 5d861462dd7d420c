import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtExpiredError, WaitPeriodNotYetEndedJwkError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { Claims } from './grants';
import { ViewError } from '../view-error';

/** Whose tokens are taken: those of a Cognito user pool, or of another issuer. */
export interface IssuerSettings {
  readonly userPoolId?: string;
  /** Of the clients of the user pool whose access tokens are taken. */
  readonly clientIds?: string[];
  readonly issuer?: string;
  readonly audience?: string[];
  readonly jwksUri?: string;
}

export type TokenVerifier = (token: string) => Promise<Claims>;

/** How long a key counts that the issuer takes back, in milliseconds. */
const KEPT = 60 * 60 * 1000;

/**
 * Verifies signature, issuer, audience or client, and time. The keys of the issuer are read over HTTPS, every hour, and again when a token
 * names one that is new.
 */
export function tokenVerifier(settings: IssuerSettings, cacheOf = () => new SimpleJwksCache(), now = () => performance.now()): TokenVerifier {
  let verify = verifierOf(settings, cacheOf());
  let end = now() + KEPT;
  return async token => {
    if (now() >= end) {
      verify = verifierOf(settings, cacheOf());
      end = now() + KEPT;
    }
    return verified(verify, token);
  };
}

async function verified(verify: TokenVerifier, token: string): Promise<Claims> {
  return verify(token).catch((error: unknown) => {
    if (error instanceof FetchError || error instanceof WaitPeriodNotYetEndedJwkError) {
      throw new ViewError(503, 'ServiceUnavailable', 'The keys of the issuer of the token could not be read. Please try again.');
    }
    throw error instanceof JwtExpiredError
      ? new ViewError(401, 'ExpiredToken', 'The provided token has expired.')
      : new ViewError(401, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  });
}

function verifierOf({ userPoolId, clientIds, issuer, audience, jwksUri }: IssuerSettings, jwksCache: SimpleJwksCache): TokenVerifier {
  if (userPoolId !== undefined) {
    const cognito = CognitoJwtVerifier.create({ userPoolId, clientId: clientIds!, tokenUse: 'access', customJwtCheck }, { jwksCache });
    return async token => cognito.verify(token);
  }
  // The library takes one that is undefined for the one to use.
  const keys = jwksUri === undefined ? {} : { jwksUri };
  const verifier = JwtVerifier.create({ issuer: issuer!, audience: audience!, ...keys, customJwtCheck }, { jwksCache });
  return async token => verifier.verify(token);
}

/** The library takes a token without a time of expiry for one that never expires. */
function customJwtCheck({ payload }: { readonly payload: Claims }): void {
  if (typeof payload.exp !== 'number') {
    throw new Error('the token never expires');
  }
}
