import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { AccessPoint } from '../../src/access-point/access-point';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { newApp, newStack, synthOf } from '../checks/synth';

const HINT = /^Validation failed with the following errors:\n {2}\[Stack\] \[Stack\] has (\d+) resources, (\d+) of them access points, and CloudFormation takes (\d+) a stack: create the access points in further stacks or in nested stacks/;

/** A stack with a bucket, its policy, access points and other resources. */
function stackWith(accessPoints: number, others = 0, context?: Record<string, unknown>): Stack {
  const stack = newStack(undefined, { context });
  const bucket = new SecureBucket(stack, 'Data');
  for (let index = 0; index < accessPoints; index++) {
    new AccessPoint(stack, `Team${index}`, { bucket });
  }
  for (let index = 0; index < others; index++) {
    new CfnResource(stack, `Topic${index}`, { type: 'AWS::SNS::Topic' });
  }
  return stack;
}

function told(stack: Stack): string {
  try {
    synthOf(stack);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

test('501 access points in one stack: the hint comes before the error of CDK', () => {
  expect(HINT.exec(told(stackWith(501)))?.slice(1)).toEqual(['503', '501', '500']);
});

test('a stack at the limit has no hint, and one more access point has', () => {
  expect(told(stackWith(100, 398))).toBe('');
  expect(HINT.exec(told(stackWith(101, 398)))?.slice(1)).toEqual(['501', '101', '500']);
});

test('if fewer access points would not help, CDK tells what there is too much of', () => {
  expect(told(stackWith(3, 499))).toMatch(/^Number of resources in stack 'Stack': 504 is greater than allowed maximum of 500: .*AWS::SNS::Topic \(499\)/);
});

test('the limit is the one that CDK was told', () => {
  expect(HINT.exec(told(stackWith(6, 2, { '@aws-cdk/core:stackResourceLimit': 8 })))?.slice(1)).toEqual(['10', '6', '8']);
  expect(told(stackWith(6, 2, { '@aws-cdk/core:stackResourceLimit': 0 }))).toBe('');
});

test('access points in nested stacks do not count', () => {
  const app = newApp({ context: { '@aws-cdk/core:stackResourceLimit': 8 } }) as App;
  const stack = new Stack(app, 'Stack');
  const bucket = new SecureBucket(stack, 'Data');
  for (const id of ['One', 'Two']) {
    const nested = new NestedStack(stack, id);
    for (let index = 0; index < 5; index++) {
      new AccessPoint(nested, `Team${index}`, { bucket });
    }
  }
  new AccessPoint(stack, 'Team', { bucket });
  expect(told(stack)).toBe('');
});
