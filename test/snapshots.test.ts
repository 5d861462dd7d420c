import { Template } from 'aws-cdk-lib/assertions';
import { build, CONFIGURATION_NAMES } from './configurations';

// CDK prints a report of every validation, also where nothing was found.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation();
});

/** Without what belongs to aws-cdk-lib and changes with its version: its bootstrap, and the code of its helper functions. */
function normalized({ Parameters, Rules, ...template }: Record<string, any>): Record<string, any> {
  expect([Object.keys(Parameters), Object.keys(Rules)]).toEqual([['BootstrapVersion'], ['CheckBootstrapVersion']]);
  return JSON.parse(JSON.stringify(template), (key, value) => {
    switch (key) {
      case 'S3Key': return value.replace(/\b[0-9a-f]{64}\b/, '<asset hash>');
      case 'ZipFile': return '<code>';
      default: return value;
    }
  });
}

test.each(CONFIGURATION_NAMES)('the template of the configuration %s', name => {
  expect(normalized(Template.fromStack(build(name).stack).toJSON())).toMatchSnapshot();
});
