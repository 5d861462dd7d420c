import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { apply } from './applier/applier';
import { fromOutside, owner, server } from './server';
import { synthesize } from './synthesize';
import { SecureBucket } from '../src';

const BUCKET = 'cors-uploads';
const SITE = 'https://app.example.com';

beforeAll(async () => {
  await apply(synthesize(stack => new SecureBucket(stack, 'Uploads', {
    bucketName: BUCKET,
    cors: [{
      allowedOrigins: [SITE, 'https://*.example.org'],
      allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.PUT],
      allowedHeaders: ['content-type', 'x-amz-*'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    }],
  })));
});

async function preflight(origin: string, method: string, headers?: string): Promise<Response> {
  return fetch(`${server.endpoint}/${fromOutside(BUCKET)}/photo`, {
    method: 'OPTIONS',
    headers: {
      'Origin': origin,
      'Access-Control-Request-Method': method,
      ...headers === undefined ? {} : { 'Access-Control-Request-Headers': headers },
    },
  });
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html: a rule fits if the origin, the method and each header of the
// preflight fit; an origin can have one wildcard.
describe('a preflight is answered', () => {
  test.each([
    ['of the site', SITE, 'GET', undefined],
    ['of the site that writes', SITE, 'PUT', undefined],
    ['with allowed headers', SITE, 'PUT', 'content-type, x-amz-meta-album'],
    ['of an origin that fits the wildcard', 'https://team.example.org', 'GET', undefined],
  ])('%s', async (_what, origin, method, headers) => {
    const response = await preflight(origin, method, headers);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-methods')?.split(/, */)).toContain(method);
    expect(response.headers.get('access-control-max-age')).toBe('600');
    expect(response.headers.get('access-control-expose-headers')).toBe('ETag');
    if (headers !== undefined) {
      expect(response.headers.get('access-control-allow-headers')?.split(/, */)).toEqual(headers.split(', '));
    }
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html: 403 when no rule fits.
describe('a preflight is refused', () => {
  test.each([
    ['of another site', 'https://evil.example.com', 'GET', undefined],
    ['of the site without TLS', 'http://app.example.com', 'GET', undefined],
    ['of the site on another port', `${SITE}:8443`, 'GET', undefined],
    ['of a site whose name begins like the good one', `${SITE}.evil.example`, 'GET', undefined],
    ['of the domain itself where subdomains are allowed', 'https://example.org', 'GET', undefined],
    ['of a sandboxed frame', 'null', 'GET', undefined],
    ['with a method that no rule allows', SITE, 'DELETE', undefined],
    ['with a header that no rule allows', SITE, 'PUT', 'authorization'],
    ['with one header of several that no rule allows', SITE, 'PUT', 'content-type, x-custom'],
  ])('%s', async (_what, origin, method, headers) => {
    const response = await preflight(origin, method, headers);
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

// The answer itself comes to whoever may ask; CORS decides whether a browser shows it to the page.
test.each([
  ['the good site', SITE, SITE],
  ['another site', 'https://evil.example.com', null],
])('an upload with a presigned URL from %s', async (_what, origin, allowed) => {
  const url = await getSignedUrl(owner, new PutObjectCommand({ Bucket: BUCKET, Key: 'photo' }), { expiresIn: 60 });
  const response = await fetch(url, { method: 'PUT', headers: { Origin: origin }, body: 'pixels' });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
});
