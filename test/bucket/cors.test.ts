import { CfnParameter, Lazy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { newStack, templateOf } from '../checks/synth';

const { GET, HEAD, PUT, POST, DELETE } = s3.HttpMethods;
const SITE = 'https://www.example.com';

const rule = (changes: Partial<s3.CorsRule> = {}): s3.CorsRule => ({ allowedMethods: [GET], allowedOrigins: [SITE], ...changes });

/** Both ways in which a rule gets into a bucket. */
const WAYS: [string, (...rules: s3.CorsRule[]) => SecureBucket][] = [
  ['in cors', (...cors) => new SecureBucket(newStack(), 'Data', { cors })],
  ['by addCorsRule', (...rules) => {
    const bucket = new SecureBucket(newStack(), 'Data');
    rules.forEach(one => bucket.addCorsRule(one));
    return bucket;
  }],
];

function rulesOf(bucket: SecureBucket): any[] {
  const [{ Properties }] = Object.values(templateOf(bucket.stack).findResources('AWS::S3::Bucket'));
  return Properties.CorsConfiguration?.CorsRules;
}

const GOOD: [string, Partial<s3.CorsRule>][] = [
  ['a website', {}],
  ['several', { allowedOrigins: [SITE, 'https://app.example.com'], allowedMethods: [GET, PUT] }],
  ['a port', { allowedOrigins: ['http://localhost:3000'] }],
  ['a wildcard for the subdomain', { allowedOrigins: ['https://*.example.com'], allowedMethods: [PUT, POST, DELETE] }],
  ['a wildcard within the subdomain', { allowedOrigins: ['https://app-*.example.com'] }],
  ['a wildcard for the port', { allowedOrigins: ['http://localhost:*'] }],
  ['any website, for reading', { allowedOrigins: ['*'], allowedMethods: [GET, HEAD] }],
  ['any website with TLS, for reading', { allowedOrigins: ['https://*'] }],
  ['an IPv4 address', { allowedOrigins: ['http://192.0.2.1:8080'] }],
  ['an IPv6 address', { allowedOrigins: ['http://[2001:db8::1]:8080'] }],
  ['another scheme', { allowedOrigins: ['chrome-extension://abcdefgh'] }],
  ['all headers', { allowedHeaders: ['*'] }],
  ['a wildcard in a header', { allowedHeaders: ['x-amz-*', 'content-type'] }],
  ['no caching', { maxAge: 0 }],
  ['a day of caching', { maxAge: 86400 }],
];

/** The rule, and the problem and the remedy that the error names. */
const BAD: [string, Partial<s3.CorsRule>, string][] = [
  ['no method', { allowedMethods: [] }, 'has no method: name some of GET, PUT, HEAD, POST, DELETE'],
  ['an unknown method', { allowedMethods: ['PATCH' as s3.HttpMethods] }, "has the unknown method 'PATCH': S3 knows GET, PUT, HEAD, POST, DELETE"],
  ['a method in lower case', { allowedMethods: ['get' as s3.HttpMethods] }, "has the unknown method 'get': S3 knows"],
  ['the method OPTIONS, which is the preflight itself', { allowedMethods: ['OPTIONS' as s3.HttpMethods] }, "has the unknown method 'OPTIONS': S3 knows"],
  ['no origin', { allowedOrigins: [] }, 'has no origin: name the websites, such as https://www.example.com'],
  ['any website that writes', { allowedOrigins: ['*'], allowedMethods: [GET, PUT] }, "allows PUT from the origin '*', which is any website: name the websites that may write"],
  ['any website with TLS that writes', { allowedOrigins: ['https://*'], allowedMethods: [POST] }, "allows POST from the origin 'https://*', which is any website"],
  ['any website on a port that deletes', { allowedOrigins: ['http://*:8080'], allowedMethods: [DELETE] }, "allows DELETE from the origin 'http://*:8080', which is any website"],
  ['any website beside a named one', { allowedOrigins: [SITE, '*'], allowedMethods: [PUT] }, "allows PUT from the origin '*', which is any website"],
  ...([
    ['', 'is not a scheme and a host'],
    ['www.example.com', 'is not a scheme and a host'],
    ['//www.example.com', 'is not a scheme and a host'],
    ['null', 'is not a scheme and a host'],
    ['http*', 'is not a scheme and a host'],
    ['*.example.com', 'is not a scheme and a host'],
    ['https:www.example.com', 'is not a scheme and a host'],
    ['https://', 'has no valid host and port'],
    ['https://www.example.com:', 'has no valid host and port'],
    ['https://www.example.com:port', 'has no valid host and port'],
    ['https://www.example.com:123456', 'has no valid host and port'],
    ['https://user@example.com', 'has no valid host and port'],
    ['https://www..example.com', 'has no valid host and port'],
    ['https://-example.com', 'has no valid host and port'],
    ['https://www.example.com ', 'has no valid host and port'],
    ['https://www.ex ample.com', 'has no valid host and port'],
    ['https://www.example.com/', 'has a path, which no browser sends'],
    ['https://www.example.com/app', 'has a path, which no browser sends'],
    ['https://www.example.com?x', 'has a path, which no browser sends'],
    ['https://www.example.com#x', 'has a path, which no browser sends'],
    ['https://WWW.example.com', 'has upper case letters, which no browser sends'],
    ['HTTPS://www.example.com', 'has upper case letters, which no browser sends'],
    ['https://*.*.example.com', 'has more than one wildcard'],
    ['*://*', 'has more than one wildcard'],
    ['https://*.example.com:*', 'has more than one wildcard'],
  ] as const).map(([origin, problem]): [string, Partial<s3.CorsRule>, string] => [
    `the origin '${origin}'`,
    { allowedOrigins: [origin] },
    `has the origin '${origin}', which ${problem}: write scheme, host and optional port, with one wildcard at most: https://*.example.com`,
  ]),
  ...[-1, 1.5, 86401, NaN, Infinity].map((maxAge): [string, Partial<s3.CorsRule>, string] => [
    `a maxAge of ${maxAge}`, { maxAge }, `has a maxAge of ${maxAge}: give whole seconds from 0 to 86400, a day, the longest that browsers keep it`,
  ]),
  ['two wildcards in a header', { allowedHeaders: ['x-*-*'] }, "has the header 'x-*-*' with more than one wildcard: S3 takes one wildcard a header"],
  ['the same pair twice', { allowedMethods: [GET, GET] }, `allows GET from ${SITE} a second time: S3 uses the first rule that matches: say each origin and method once`],
];

describe.each(WAYS)('%s', (_way, bucketWith) => {
  test.each(GOOD)('%s is taken', (_title, changes) => {
    expect(rulesOf(bucketWith(rule(changes)))).toEqual([expect.objectContaining({ AllowedOrigins: changes.allowedOrigins ?? [SITE] })]);
  });

  test.each(BAD)('%s is refused', (_title, changes, problem) => {
    expect(() => bucketWith(rule(changes))).toThrow(`[Stack/Data] cors rule 1 ${problem}`);
  });

  test('the id of a rule is named, where it has one', () => {
    expect(() => bucketWith(rule({ id: 'Uploads', allowedOrigins: [] }))).toThrow('[Stack/Data] cors rule Uploads has no origin: ');
  });

  test('a pair of origin and method in two rules is refused', () => {
    expect(() => bucketWith(rule({ allowedMethods: [GET, PUT] }), rule({ allowedMethods: [HEAD, PUT], maxAge: 1 })))
      .toThrow(/^\[Stack\/Data\] cors rule \d allows PUT from https:\/\/www\.example\.com a second time: /);
  });

  test('the same method from two origins, and two methods from the same origin, are taken', () => {
    expect(rulesOf(bucketWith(rule(), rule({ allowedMethods: [PUT] }), rule({ allowedOrigins: ['https://app.example.com'] })))).toHaveLength(3);
  });

  test('more than 100 rules are refused', () => {
    const rules = Array.from({ length: 101 }, (_, index) => rule({ allowedOrigins: [`https://site${index}.example.com`] }));
    expect(() => bucketWith(...rules)).toThrow('[Stack/Data] cors has 101 rules: S3 takes at most 100: name several origins in one rule');
    expect(rulesOf(bucketWith(...rules.slice(1)))).toHaveLength(100);
  });

  test('an origin that is known only at deployment passes', () => {
    const bucket = bucketWith(rule({ allowedOrigins: [Lazy.string({ produce: () => 'https://late.example.com' })], allowedMethods: [PUT] }));
    expect(rulesOf(bucket)[0].AllowedOrigins).toEqual(['https://late.example.com']);
  });

  test('a part of an origin that is known only at deployment passes', () => {
    const bucket = bucketWith(rule({ allowedOrigins: [`https://${Lazy.string({ produce: () => 'late' })}.example.com`] }));
    expect(rulesOf(bucket)[0].AllowedOrigins).toEqual(['https://late.example.com']);
  });

  test('a list of origins that is known only at deployment passes', () => {
    const bucket = bucketWith(rule({ allowedOrigins: Lazy.list({ produce: () => ['https://late.example.com'] }), allowedMethods: [PUT] }));
    expect(rulesOf(bucket)[0].AllowedOrigins).toEqual(['https://late.example.com']);
  });

  test('headers and a maxAge that are known only at deployment pass', () => {
    const bucket = bucketWith(rule({ allowedHeaders: [Lazy.string({ produce: () => 'x-late' })], maxAge: Lazy.number({ produce: () => 60 }) }));
    expect(rulesOf(bucket)[0]).toMatchObject({ AllowedHeaders: ['x-late'], MaxAge: 60 });
  });
});

test('a list of origins from a parameter passes', () => {
  const stack = newStack();
  const origins = new CfnParameter(stack, 'Origins', { type: 'CommaDelimitedList' });
  const bucket = new SecureBucket(stack, 'Data', { cors: [rule({ allowedOrigins: origins.valueAsList })] });
  expect(rulesOf(bucket)[0].AllowedOrigins).toEqual({ Ref: 'Origins' });
});

test('a rule by addCorsRule may not repeat one of cors', () => {
  const bucket = new SecureBucket(newStack(), 'Data', { cors: [rule()] });
  expect(() => bucket.addCorsRule(rule({ allowedMethods: [HEAD, GET] }))).toThrow(/allows GET from https:\/\/www\.example\.com a second time/);
});

test('a bucket without rules has no CORS configuration', () => {
  expect(rulesOf(new SecureBucket(newStack(), 'Data', { cors: [] }))).toBeUndefined();
});

test('a refused rule leaves the bucket as it was', () => {
  const bucket = new SecureBucket(newStack(), 'Data', { cors: [rule()] });
  expect(() => bucket.addCorsRule(rule({ allowedOrigins: [] }))).toThrow(/^\[Stack\/Data\] cors rule \d has no origin/);
  expect(rulesOf(bucket)).toHaveLength(1);
});
