import { App, Lazy, Stack } from 'aws-cdk-lib';
import { checkPrefix } from '../../src/private/prefix';

const place = { scope: new Stack(new App(), 'Stack'), id: 'Data' };

test.each(['', 'reports/', 'reports', 'a/b/c', 'ümläut/', 'a$b', '{a}', '$', 'a b/', Lazy.string({ produce: () => '*' }), `${Lazy.string({ produce: () => 'a' })}/`])('%j is taken', prefix => {
  expect(() => checkPrefix(place, 'prefix', prefix)).not.toThrow();
});

test.each<[string, string]>([
  ['*', 'which holds a wildcard or a policy variable: give the plain start of the keys, such as reports/'],
  ['reports/*', 'which holds a wildcard or a policy variable'],
  ['rep?rts/', 'which holds a wildcard or a policy variable'],
  ['${aws:PrincipalTag/team}/', 'which holds a wildcard or a policy variable'],
  ['home/${*}', 'which holds a wildcard or a policy variable'],
  ['/', "and keys do not start with a slash: write ''"],
  ['/reports/', "and keys do not start with a slash: write 'reports/'"],
])('%j is refused', (prefix, told) => {
  expect(() => checkPrefix(place, 'accessLogsPrefix', prefix)).toThrow(`[Stack/Data] accessLogsPrefix is '${prefix}', ${told}`);
});
