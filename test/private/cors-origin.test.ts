import { isAnyOrigin, originProblem } from '../../src/private/cors-origin';

describe('an origin that stands for any website', () => {
  test.each(['*', 'https://*', 'http://*', 'HTTPS://*', '*://*', 'https://*:443', 'https://*:*', '*:8080', 'http*', 'https*', 'https:*', 'https:/*', 'h*'])('%s', origin => {
    expect(isAnyOrigin(origin)).toBe(true);
  });
});

describe('an origin that stands for some websites', () => {
  test.each<unknown>([
    'https://www.example.com', 'https://*.example.com', 'https://app-*.example.com', 'http://localhost:*', 'https://*.com', 'https://a*', 'app*', '', undefined, null, 42, {},
    { Ref: 'Origin' }, ['*'],
  ])('%j', origin => {
    expect(isAnyOrigin(origin)).toBe(false);
  });
});

describe('what is wrong with an origin', () => {
  test.each([
    '*', 'https://www.example.com', 'http://localhost', 'http://localhost:3000', 'https://*', 'https://*.example.com', 'https://a', 'http://192.0.2.1', 'http://[::1]:80',
    'capacitor://localhost', 'moz-extension://0a1b2c3d', 'https://xn--bcher-kva.example', 'https://example.com:*',
  ])('nothing: %s', origin => {
    expect(originProblem(origin)).toBeUndefined();
  });

  test.each<[string, string]>([
    ['**', 'has more than one wildcard'],
    ['https://*.*', 'has more than one wildcard'],
    ['', 'is not a scheme and a host'],
    ['example.com', 'is not a scheme and a host'],
    ['1https://example.com', 'is not a scheme and a host'],
    ['https:/example.com', 'is not a scheme and a host'],
    ['https://example.com/', 'has a path, which no browser sends'],
    ['https:///path', 'has a path, which no browser sends'],
    ['https://Example.com', 'has upper case letters, which no browser sends'],
    ['https://', 'has no valid host and port'],
    ['https://.example.com', 'has no valid host and port'],
    ['https://example.com.', 'has no valid host and port'],
    ['https://a..b', 'has no valid host and port'],
    ['https://exa_mple.com', 'has no valid host and port'],
    ['https://bücher.example', 'has no valid host and port'],
    ['https://user:pass@example.com', 'has no valid host and port'],
    ['https://example.com:0x50', 'has no valid host and port'],
    ['https://[::1', 'has no valid host and port'],
  ])('%j %s', (origin, problem) => {
    expect(originProblem(origin)).toBe(problem);
  });
});
