import { App, Stack } from 'aws-cdk-lib';
import { ConfigurationError, pathOf } from '../../src/private/errors';

const stack = new Stack(new App(), 'Stack');

test('the path of a construct', () => {
  expect(pathOf(stack)).toBe('Stack');
});

test('the path of a construct that does not exist yet', () => {
  expect(pathOf({ scope: stack, id: 'Data' })).toBe('Stack/Data');
  expect(pathOf({ scope: stack.node.root as Stack, id: 'Data' })).toBe('Data');
});

test.each([
  [stack, '[Stack] x is y: say z'],
  [{ scope: stack, id: 'Data' }, '[Stack/Data] x is y: say z'],
  ['MfaDelete.required', '[MfaDelete.required] x is y: say z'],
] as const)('an error names the place, the problem and the remedy (%#)', (place, message) => {
  const error = new ConfigurationError(place, 'x is y', 'say z');
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'ConfigurationError', message });
});
