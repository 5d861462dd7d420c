import { Token } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { EndpointIssuer } from './redacted-endpoint-contract';
import { described } from '../private/described';
import { ConfigurationError } from '../private/errors';

/** An issuer of OpenID Connect. */
export interface OidcIssuerOptions {
  /** What the claim `iss` of its tokens says, to the letter: `https://login.example.com/tenant`. */
  readonly issuer: string;

  /** Of whom one has to be in the claim `aud`: what the issuer calls this endpoint, or the client. */
  readonly audience: string[];

  /**
   * Where its keys are, over HTTPS: what `jwks_uri` in its `/.well-known/openid-configuration` says.
   *
   * @default - the issuer with `/.well-known/jwks.json`
   */
  readonly jwksUri?: string;
}

/**
 * Whose tokens a `RedactedEndpoint` takes.
 *
 * Of each token, the signature (RS256 to RS512, ES256 to ES512, EdDSA), the issuer, the audience or the client, and the time are verified;
 * a token that never expires is refused. The keys of the issuer are kept in memory for an hour, and read again when a token names a new one.
 *
 * A token counts until it expires, also if its session has been ended: keep its time short.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export class JwtIssuer {
  /**
   * The access tokens of a Cognito user pool. Its ID tokens, which say who somebody is and not what a client may do, are refused.
   *
   * @param userPool the pool whose users read
   * @param clients the clients that the tokens may have been given to
   * @throws if the pool is none, or no client is named
   */
  public static cognito(userPool: cognito.IUserPool, clients: cognito.IUserPoolClient[]): JwtIssuer {
    if (!has(userPool, 'userPoolId')) {
      throw new ConfigurationError('JwtIssuer.cognito', `userPool is ${described(userPool)}`, 'give a user pool, such as UserPool.fromUserPoolId');
    }
    if (!Array.isArray(clients) || clients.length === 0 || !clients.every(each => has(each, 'userPoolClientId'))) {
      throw new ConfigurationError('JwtIssuer.cognito', `clients is ${described(clients)}`, 'name the clients whose tokens are taken: tokens of all others are refused');
    }
    return new JwtIssuer({ userPoolId: userPool.userPoolId, clientIds: clients.map(({ userPoolClientId }) => userPoolClientId) });
  }

  /**
   * The tokens of another issuer.
   *
   * @throws if `issuer` or `jwksUri` is no HTTPS URL, or `audience` names nobody
   */
  public static oidc(options: OidcIssuerOptions): JwtIssuer {
    if (options === null || typeof options !== 'object') {
      throw new ConfigurationError('JwtIssuer.oidc', `options is ${described(options)}`, 'give issuer and audience');
    }
    const { issuer, audience, jwksUri } = options;
    checkUrl('issuer', issuer);
    if (jwksUri !== undefined) {
      checkUrl('jwksUri', jwksUri);
    }
    if (!Array.isArray(audience) || audience.length === 0 || audience.some(each => typeof each !== 'string' || each === '')) {
      throw new ConfigurationError('JwtIssuer.oidc', `audience is ${described(audience)}`, 'name for whom the tokens are: those for others are refused');
    }
    return new JwtIssuer({ issuer, audience: [...audience], jwksUri });
  }

  /** @internal */
  public readonly _settings: EndpointIssuer;

  private constructor(settings: EndpointIssuer) {
    this._settings = settings;
  }
}

function has(value: object, name: string): boolean {
  return value !== null && typeof value === 'object' && name in value;
}

function checkUrl(name: string, value: string): void {
  if (!Token.isUnresolved(value) && !(typeof value === 'string' && /^https:\/\/[^/?#\s@]+(\/[^?#\s]*)?$/.test(value))) {
    throw new ConfigurationError('JwtIssuer.oidc', `${name} is ${described(value)}`, 'give a URL of the form https://host/path');
  }
}
