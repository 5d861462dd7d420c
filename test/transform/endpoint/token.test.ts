import { generateKeyPairSync, sign } from 'crypto';
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { IssuerSettings, tokenVerifier } from '../../../src/transform/endpoint/token';
import { ViewError } from '../../../src/transform/view-error';

const POOL = 'eu-west-1_abcDEF123';
const OF_POOL = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
const OF_OTHER = 'https://login.example.com/tenant';
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const others = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const NOW = Math.floor(Date.now() / 1000);

const cognito: IssuerSettings = { userPoolId: POOL, clientIds: ['client-1', 'client-2'] };
const oidc: IssuerSettings = { issuer: OF_OTHER, audience: ['view'] };
const access = { iss: OF_POOL, client_id: 'client-1', token_use: 'access', exp: NOW + 60, iat: NOW, sub: 'jane' };
const other = { iss: OF_OTHER, aud: 'view', exp: NOW + 60, sub: 'jane' };

function token(payload: object, header: object = { alg: 'ES256', kid: 'k' }, { privateKey } = keys): string {
  const text = [header, payload].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

async function told(settings: IssuerSettings, text: string, fetched: string[] = []): Promise<unknown> {
  const fetch = async (uri: string) => {
    fetched.push(uri);
    return Uint8Array.from(Buffer.from(JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'ES256' }] }))).buffer;
  };
  return tokenVerifier(settings, () => new SimpleJwksCache({ fetcher: { fetch } }))(text).then(claims => claims.sub, ({ status, code }: ViewError) => `${status} ${code}`);
}

test.each<[string, IssuerSettings, string, string]>([
  ['an access token of the pool', cognito, token(access), 'jane'],
  ['of the other client', cognito, token({ ...access, client_id: 'client-2' }), 'jane'],
  ['a token of the issuer', oidc, token(other), 'jane'],
  ['for several', oidc, token({ ...other, aud: ['api', 'view'] }), 'jane'],
  ['an ID token', cognito, token({ ...access, token_use: 'id', aud: 'client-1' }), '401 InvalidToken'],
  ['of a client that is not named', cognito, token({ ...access, client_id: 'client-3' }), '401 InvalidToken'],
  ['of another pool', cognito, token({ ...access, iss: `${OF_POOL}x` }), '401 InvalidToken'],
  ['of another issuer', oidc, token({ ...other, iss: 'https://login.example.com/other' }), '401 InvalidToken'],
  ['of the issuer with a slash', oidc, token({ ...other, iss: `${OF_OTHER}/` }), '401 InvalidToken'],
  ['for another audience', oidc, token({ ...other, aud: 'api' }), '401 InvalidToken'],
  ['for nobody', oidc, token({ ...other, aud: undefined }), '401 InvalidToken'],
  ['that has expired', oidc, token({ ...other, exp: NOW - 1 }), '401 ExpiredToken'],
  ['of the pool that has expired', cognito, token({ ...access, exp: NOW - 1 }), '401 ExpiredToken'],
  ['that never expires', oidc, token({ ...other, exp: undefined }), '401 InvalidToken'],
  ['of the pool that never expires', cognito, token({ ...access, exp: undefined }), '401 InvalidToken'],
  ['that is not yet valid', oidc, token({ ...other, nbf: NOW + 30 }), '401 InvalidToken'],
  ['signed with another key', oidc, token(other, undefined, others), '401 InvalidToken'],
  ['with a key that nobody knows', oidc, token(other, { alg: 'ES256', kid: 'x' }), '401 InvalidToken'],
  ['without a signature', oidc, `${token(other, { alg: 'none', kid: 'k' }).split('.').slice(0, 2).join('.')}.`, '401 InvalidToken'],
  ['with an algorithm of shared keys', oidc, token(other, { alg: 'HS256', kid: 'k' }), '401 InvalidToken'],
  ['changed after it was signed', oidc, token(other).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...other, sub: 'joe' })).toString('base64url')}.`), '401 InvalidToken'],
  ['that is none', oidc, 'none', '401 InvalidToken'],
])('%s', async (_name, settings, text, expected) => expect(await told(settings, text)).toBe(expected));

test('the keys are read from where the issuer has them, over HTTPS, and only for tokens of its own', async () => {
  const fetched: string[] = [];
  await told(cognito, token(access), fetched);
  await told(oidc, token(other), fetched);
  await told({ ...oidc, jwksUri: 'https://keys.example.com/v1' }, token(other), fetched);
  await told(oidc, token({ ...other, iss: 'https://attacker.example.com' }), fetched);
  await told(oidc, token(other, { alg: 'ES256', kid: 'k', jku: 'https://attacker.example.com/keys' }), fetched);

  expect(fetched.filter(uri => !uri.includes('attacker'))).toEqual(fetched);
  expect(fetched.slice(0, 3)).toEqual([`${OF_POOL}/.well-known/jwks.json`, `${OF_OTHER}/.well-known/jwks.json`, 'https://keys.example.com/v1']);
});

test('keys that cannot be read are no fault of the token', async () => {
  const fetch = async (uri: string) => Promise.reject(new FetchError(uri, 'no connection'));
  const failing = new SimpleJwksCache({ fetcher: { fetch } });

  await expect(tokenVerifier(oidc, () => failing)(token(other))).rejects.toMatchObject({ status: 503, code: 'ServiceUnavailable' });
});

test('a key that the issuer takes back counts for an hour at most', async () => {
  let known = [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'ES256' }];
  let time = 0;
  const fetch = async () => Uint8Array.from(Buffer.from(JSON.stringify({ keys: known }))).buffer;
  const verify = tokenVerifier(oidc, () => new SimpleJwksCache({ fetcher: { fetch } }), () => time);
  await verify(token(other));
  known = [];
  time = 60 * 60 * 1000 - 1;

  expect(await verify(token(other))).toMatchObject({ sub: 'jane' });
  time++;
  await expect(verify(token(other))).rejects.toMatchObject({ status: 401 });
});
