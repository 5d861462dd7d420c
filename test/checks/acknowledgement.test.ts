import { Aspects, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { ENV, newApp, newStack, synth, synthOf } from './synth';
import { SecureBucket } from '../../src/bucket/secure-bucket';

const REASON = 'rebuilt every night from the warehouse';

function unversioned(stack: Stack, id: string): SecureBucket {
  const bucket = new SecureBucket(stack, id);
  (bucket.node.defaultChild as s3.CfnBucket).addPropertyDeletionOverride('VersioningConfiguration');
  return bucket;
}

function acknowledge(scope: IConstruct, id = 'SecureS3::versioned', reason = REASON): void {
  Validations.of(scope).acknowledge({ id, reason });
}

describe('an acknowledgement covers the bucket', () => {
  test.each<[string, (bucket: SecureBucket) => IConstruct]>([
    ['on the bucket', bucket => bucket],
    ['on its resource', bucket => bucket.node.defaultChild!],
    ['on its stack', bucket => bucket.stack],
    ['on its Stage', bucket => Stage.of(bucket)!],
    ['on the app', bucket => bucket.node.root],
  ])('%s', (_where, scopeOf) => {
    const app = newApp();
    const stack = new Stack(new Stage(app, 'Stage', { env: ENV }), 'Stack');
    acknowledge(scopeOf(unversioned(stack, 'Data')));
    expect(synth(app)).toMatchObject({ rules: [], exitCode: undefined });
  });

  test('by an Aspect', () => {
    const stack = newStack();
    unversioned(stack, 'Data');
    Aspects.of(stack).add({ visit: node => node instanceof SecureBucket && acknowledge(node) });
    expect(synthOf(stack)).toMatchObject({ rules: [], exitCode: undefined });
  });

  test('together with other acknowledgements, before and after', () => {
    const stack = newStack();
    const bucket = unversioned(stack, 'Data');
    acknowledge(bucket, 'CdkNag::AwsSolutions-S1', 'no logs');
    acknowledge(bucket);
    acknowledge(bucket, 'some-warning', 'seen');
    expect(synthOf(stack)).toMatchObject({ rules: [], exitCode: undefined });
  });
});

describe('an acknowledgement does not cover', () => {
  test('another bucket, though CDK drops acknowledged rules for the whole app', () => {
    const stack = newStack();
    acknowledge(unversioned(stack, 'Scratch'));
    unversioned(stack, 'Data');
    const { violations, exitCode } = synthOf(stack);
    expect(exitCode).toBe(1);
    expect(violations.filter(({ severity }) => severity === 'fatal').map(({ description }) => description))
      .toEqual([expect.stringMatching(/^\[Stack\/Data\] no longer holds/)]);
    expect(violations.filter(({ severity }) => severity === 'info').map(({ description }) => description))
      .toEqual([expect.stringMatching(/^\[Stack\/Scratch\] accepted because/)]);
  });

  test('a bucket of another stack', () => {
    const app = newApp();
    const [one, two] = ['One', 'Two'].map(id => new Stack(app, id, { env: ENV }));
    unversioned(one, 'Data');
    unversioned(two, 'Data');
    acknowledge(two);
    const { violations, exitCode } = synth(app);
    expect(exitCode).toBe(1);
    expect(violations.map(({ severity, description }) => `${severity} ${description.split(' ')[0]}`).sort()).toEqual(['fatal [One/Data]', 'info [Two/Data]']);
  });

  test('another guarantee of the same bucket', () => {
    const stack = newStack();
    const bucket = unversioned(stack, 'Data');
    (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicAcls', false);
    acknowledge(bucket);
    expect(synthOf(stack)).toMatchObject({ rules: ['public-access-blocked'], exitCode: 1 });
  });

  test.each(['versioned', 'SecureS3::Versioned', 'SecureS3::versioned-', 'Secure-S3::versioned', 'annotation::versioned'])('anything under the id %s', id => {
    const stack = newStack();
    acknowledge(unversioned(stack, 'Data'), id);
    expect(synthOf(stack)).toMatchObject({ rules: ['versioned'], exitCode: 1 });
  });
});

describe('the report', () => {
  test('shows what was acknowledged, with its reason, on the console as well', () => {
    const stack = newStack();
    acknowledge(unversioned(stack, 'Data'));
    const { violations, printed } = synthOf(stack);
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'versioned (acknowledged)',
      severity: 'info',
      description: `[Stack/Data] accepted because: ${REASON}. Undone by: Properties.VersioningConfiguration.Status is missing instead of "Enabled"`,
      violatingConstructs: [expect.objectContaining({ constructPath: 'Stack/Data/Resource', locations: ['Properties/VersioningConfiguration/Status'] })],
    })]);
    expect(printed).toContain(REASON);
  });

  test('counts an acknowledged finding as success', () => {
    const stack = newStack();
    acknowledge(unversioned(stack, 'Data'));
    const { exitCode, violations } = synthOf(stack);
    expect(exitCode).toBeUndefined();
    expect(violations.map(({ severity }) => severity)).toEqual(['info']);
  });

  test('takes the reason that is closest to the resource', () => {
    const stack = newStack();
    const bucket = unversioned(stack, 'Data');
    acknowledge(stack, undefined, 'of the stack');
    acknowledge(bucket, undefined, 'of the bucket');
    expect(synthOf(stack).violations[0].description).toContain('accepted because: of the bucket.');
    acknowledge(bucket.node.defaultChild!, undefined, 'of the resource');
    expect(synthOf(stack).violations[0].description).toContain('accepted because: of the resource.');
  });

  test('is silent about an acknowledgement of what holds', () => {
    const stack = newStack();
    acknowledge(new SecureBucket(stack, 'Data'));
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('tells nothing when nothing was found', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data');
    const { exitCode, violations } = synthOf(stack);
    expect(exitCode).toBeUndefined();
    expect(violations).toEqual([]);
  });
});

test('findings do not fail an app that asks CDK not to fail', () => {
  const stack = newStack({ env: ENV }, { context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  unversioned(stack, 'Data');
  expect(synthOf(stack)).toMatchObject({ rules: ['versioned'], exitCode: undefined });
});
