import grantRows from './grants.cases.json';
import rows from './requests.cases.json';
import { FunctionUrlEvent } from '../../../src/transform/endpoint/function-url-event';
import { Grant, Requester, grantedPrefixes, isWithin } from '../../../src/transform/endpoint/grants';
import { checkAsksForNoKeys } from '../../../src/transform/endpoint/hidden-keys';
import { viewRequest } from '../../../src/transform/endpoint/request';
import { ViewError } from '../../../src/transform/view-error';

interface Row {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly expect: { readonly operation?: string; readonly key?: string; readonly status?: number; readonly code?: string };
}

function event({ method = 'GET', path, query = '' }: Pick<Row, 'method' | 'path' | 'query'>): FunctionUrlEvent {
  return { rawPath: path, rawQueryString: query, headers: {}, requestContext: { http: { method } } };
}

function told(row: Pick<Row, 'method' | 'path' | 'query'>): Row['expect'] {
  try {
    const { operation, key } = viewRequest(event(row));
    return { operation, key };
  } catch (error) {
    const { status, code } = error as ViewError;
    return { status, code };
  }
}

test.each(rows as Row[])('$name', row => expect(told(row)).toEqual(row.expect));

test('keys of up to 1,024 bytes', () => {
  expect(told({ path: `/${'%C3%A4'.repeat(512)}` })).toMatchObject({ key: 'ä'.repeat(512) });
  expect(told({ path: `/${'%C3%A4'.repeat(512)}a` })).toEqual({ status: 400, code: 'KeyTooLongError' });
});

test.each(grantRows)('$name', row => expect(grantedPrefixes(row.requester as unknown as Requester, row.grants as Grant[])).toEqual(row.expect));

describe('a request is within a prefix', () => {
  const within = (path: string, query: string, ...prefixes: string[]) => isWithin(viewRequest(event({ path, query })), prefixes);

  test.each([
    ['/orders/a', '', true],
    ['/orders', '', false],
    ['/orders2/a', '', false],
    ['//orders/a', '', false],
    ['/secret/../orders/a', '', false],
    ['/%6frders/a', '', true],
    ['/', 'list-type=2&prefix=orders%2F', true],
    ['/', 'list-type=2&prefix=orders%2Fa', true],
    ['/', 'list-type=2&prefix=orders', false],
    ['/', 'list-type=2', false],
    ['/', 'list-type=2&prefix=', false],
    ['/', 'list-type=2&start-after=orders%2Fa', false],
    ['/', 'marker=orders%2Fa', false],
  ])('%s %s: %p', (path, query, expected) => {
    expect(within(path, query, 'orders/')).toBe(expected);
    expect(within(path, query, 'a/', 'orders/')).toBe(expected);
    expect(within(path, query)).toBe(false);
    expect(within(path, query, '')).toBe(true);
  });
});

test.each([
  ['/orders/j', 'versionId=1', true],
  ['/', 'list-type=2&prefix=orders/', true],
  ['/', 'list-type=2&prefix=orders/&delimiter=/&max-keys=1&continuation-token=x', true],
  ['/', 'list-type=2&prefix=orders/2026/&delimiter=', true],
  ['/', 'list-type=2&prefix=open-', true],
  ['/', 'list-type=2', true],
  ['/', 'list-type=2&prefix=orders/j', false],
  ['/', 'list-type=2&prefix=open-j', false],
  ['/', 'list-type=2&prefix=orders/&delimiter=@', false],
  ['/', 'list-type=2&prefix=orders/&delimiter=/j', false],
  ['/', 'list-type=2&prefix=orders/&start-after=orders/j', false],
  ['/', 'prefix=orders/&marker=orders/j', false],
  ['/', 'prefix=orders/', true],
])('where keys are hidden, %s?%s does not ask for them: %p', (path, query, expected) => {
  const check = () => checkAsksForNoKeys(viewRequest(event({ path, query })), ['orders/', 'open-']);
  if (expected) {
    check();
  } else {
    expect(check).toThrow('folders');
  }
});
