import { basename, relative as relativePath } from 'path';
import {
  Aspects, Aws, CfnCondition, CfnResource, Fn, IAspect, IPropertyInjector, Mixin, Mixins, NestedStack, PropertyInjectors,
  RemovalPolicies, Shims, Stack, Stage,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketBlockPublicAccess, BucketPolicyStatements, BucketVersioning } from 'aws-cdk-lib/aws-s3/mixins';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct } from 'constructs';
import { ENV, newApp, newStack, synth, synthOf } from './synth';
import { Encryption } from '../../src/bucket/encryption';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { AccessLogBucket } from '../../src/logging/access-log-bucket';

class Suspend extends Mixin {
  supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }
  applyTo(bucket: IConstruct): void {
    (bucket as s3.CfnBucket).versioningConfiguration = { status: 'Suspended' };
  }
}

const suspendAspect: IAspect = {
  visit: node => {
    if (s3.CfnBucket.isCfnBucket(node)) {
      node.versioningConfiguration = { status: 'Suspended' };
    }
  },
};

function injector(props: s3.BucketProps): IPropertyInjector {
  return { constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID, inject: original => ({ ...original, ...props }) };
}

function cfn(bucket: s3.Bucket): s3.CfnBucket {
  return bucket.node.defaultChild as s3.CfnBucket;
}

function policy(bucket: s3.Bucket): s3.CfnBucketPolicy {
  return bucket.policy!.node.defaultChild as s3.CfnBucketPolicy;
}

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:*', Resource: '*' }] };

describe('whatever changes the bucket after its construction is seen', () => {
  test.each<[string, string[], (bucket: SecureBucket, stack: Stack) => void]>([
    ['an Aspect of the app', ['versioned'], bucket => Aspects.of(bucket.node.root).add(suspendAspect)],
    ['an Aspect of the bucket', ['versioned'], bucket => Aspects.of(bucket).add(suspendAspect)],
    ['an Aspect that runs late', ['versioned'], (_bucket, stack) => Aspects.of(stack).add(suspendAspect, { priority: 10_000 })],
    ['a Mixin as an Aspect', ['versioned'], (_bucket, stack) => Aspects.of(stack).add(Shims.asAspect(new Suspend()))],
    ['a Mixin by with()', ['versioned'], bucket => bucket.with(new Suspend())],
    ['a Mixin of the app', ['versioned'], bucket => Mixins.of(bucket.node.root).apply(new Suspend())],
    ['the Mixin BucketVersioning', ['versioned'], bucket => bucket.with(new BucketVersioning(false))],
    ['the Mixin BucketBlockPublicAccess', ['public-access-blocked'], bucket =>
      bucket.with(new BucketBlockPublicAccess(new s3.BlockPublicAccess({ blockPublicPolicy: false })))],
    ['addPropertyOverride', ['versioned'], bucket => cfn(bucket).addPropertyOverride('VersioningConfiguration.Status', 'Suspended')],
    ['addOverride', ['versioned'], bucket => cfn(bucket).addOverride('Properties.VersioningConfiguration.Status', 'Suspended')],
    ['addPropertyDeletionOverride', ['versioned'], bucket => cfn(bucket).addPropertyDeletionOverride('VersioningConfiguration')],
    ['addDeletionOverride', ['versioned'], bucket => cfn(bucket).addDeletionOverride('Properties.VersioningConfiguration')],
    ['a property of the L1', ['versioned'], bucket => {
      cfn(bucket).versioningConfiguration = undefined;
    }],
    ['RemovalPolicies', ['retained'], (_bucket, stack) => RemovalPolicies.of(stack).destroy()],
    ['a deletion override of a statement\'s condition', ['tls-only'], bucket =>
      policy(bucket).addPropertyDeletionOverride('PolicyDocument.Statement.0.Condition')],
    ['an override of all statements', ['tls-only', 'minimum-tls-version', 'presigned-urls', 'encryption-algorithm', 'sse-c-refused'], bucket =>
      policy(bucket).addPropertyOverride('PolicyDocument', ALLOW_ALL)],
    ['another document in the L1', ['tls-only', 'minimum-tls-version', 'presigned-urls', 'encryption-algorithm', 'sse-c-refused'], bucket => {
      policy(bucket).policyDocument = ALLOW_ALL;
    }],
    ['the policy taken out', ['tls-only', 'minimum-tls-version', 'presigned-urls', 'encryption-algorithm', 'sse-c-refused'], bucket =>
      expect(bucket.node.tryRemoveChild('Policy')).toBe(true)],
  ])('%s', (_how, undone, change) => {
    const stack = newStack();
    change(new SecureBucket(stack, 'Data'), stack);
    const { rules, exitCode } = synthOf(stack);
    expect({ rules, exitCode }).toEqual({ rules: [...undone].sort(), exitCode: 1 });
  });

  test('a bucket without policy says so', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data').node.tryRemoveChild('Policy');
    expect(synthOf(stack).violations[0].description).toContain("the bucket has no policy, so statement 'TlsOnly' is missing");
  });

  test('a bucket that is taken out of the app has nothing to be told of', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data');
    stack.node.tryRemoveChild('Data');
    expect(synthOf(stack)).toMatchObject({ violations: [], exitCode: undefined });
  });

  test('statements that a Mixin adds are no weakening', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    bucket.with(new BucketPolicyStatements([new iam.PolicyStatement({
      actions: ['s3:GetObject'], principals: [new iam.AccountPrincipal('444455556666')], resources: [bucket.arnForObjects('*')],
    })]));
    expect(synthOf(stack).violations).toEqual([]);
  });
});

describe('property injectors of s3.Bucket, which run after the props of the construct', () => {
  test.each<[string, s3.BucketProps, string[]]>([
    ['versioned', { versioned: false }, ['versioned']],
    ['blockPublicAccess', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY }, ['public-access-blocked']],
    ['objectOwnership', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }, ['acls-disabled']],
    ['accessControl', { accessControl: s3.BucketAccessControl.AUTHENTICATED_READ, objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }, ['acls-disabled']],
    ['blockedEncryptionTypes', { blockedEncryptionTypes: [s3.BlockedEncryptionType.NONE] }, ['sse-c-refused']],
    ['encryption', { encryption: s3.BucketEncryption.KMS_MANAGED }, ['default-encryption']],
    ['lifecycleRules', { lifecycleRules: [] }, ['stale-uploads-aborted']],
  ])('%s', (_prop, props, undone) => {
    const stack = newStack();
    PropertyInjectors.of(stack.node.root).add(injector(props));
    new SecureBucket(stack, 'Data');
    expect(synthOf(stack).rules).toEqual(undone);
  });

  test('a key that an injector slips in leaves the bucket without the encryption that was asked for', () => {
    const stack = newStack();
    PropertyInjectors.of(stack).add(injector({ encryption: s3.BucketEncryption.KMS }));
    new SecureBucket(stack, 'Data');
    expect(synthOf(stack).rules).toContain('default-encryption');
  });

  test('log buckets are watched, too', () => {
    const stack = newStack();
    PropertyInjectors.of(stack).add(injector({ objectLockEnabled: true, lifecycleRules: [] }));
    new AccessLogBucket(stack, 'Logs');
    expect(synthOf(stack).rules).toEqual(['log-target-fit', 'logs-expire', 'stale-uploads-aborted']);
  });

  test('one that strengthens is no finding', () => {
    const stack = newStack();
    PropertyInjectors.of(stack).add(injector({ enforceSSL: true, minimumTLSVersion: 1.2, transferAcceleration: true }));
    new SecureBucket(stack, 'Data');
    expect(synthOf(stack).violations).toEqual([]);
  });
});

describe('a second bucket policy for the same bucket', () => {
  const second = (scope: Construct, bucket: string) => new s3.CfnBucketPolicy(scope, 'Second', { bucket, policyDocument: ALLOW_ALL });

  function expectSecondPolicy(stack: Stack): void {
    const { rules, violations } = synthOf(stack);
    expect(rules).toEqual(['policy-in-force']);
    expect(violations[0].description).toMatch(/a second bucket policy 'Second\w*' for the same bucket: whichever is deployed last replaces the other/);
  }

  test('in the same stack', () => {
    const stack = newStack();
    second(stack, new SecureBucket(stack, 'Data').bucketName);
    expectSecondPolicy(stack);
  });

  test('by s3.BucketPolicy of the L2', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    new s3.BucketPolicy(stack, 'Second', { bucket }).document
      .addStatements(new iam.PolicyStatement({ actions: ['s3:*'], principals: [new iam.AccountRootPrincipal()], resources: [bucket.bucketArn] }));
    expectSecondPolicy(stack);
  });

  test('by the name in the ARN', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    new s3.BucketPolicy(stack, 'Second', { bucket: s3.Bucket.fromBucketArn(stack, 'Imported', bucket.bucketArn) }).document
      .addStatements(new iam.PolicyStatement({ actions: ['s3:*'], principals: [new iam.AccountRootPrincipal()], resources: [bucket.bucketArn] }));
    expectSecondPolicy(stack);
  });

  test('by the name in the ARN, in another stack', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    const other = new Stack(stack.node.root as Construct, 'Other', { env: ENV });
    second(other, s3.Bucket.fromBucketArn(other, 'Imported', bucket.bucketArn).bucketName);
    expectSecondPolicy(stack);
  });

  test('by a name that depends on a condition', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    new CfnCondition(stack, 'C', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
    second(stack, Fn.conditionIf('C', bucket.bucketName, 'example-other').toString());
    expectSecondPolicy(stack);
  });

  test('by the literal name', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { bucketName: 'example-data' });
    second(stack, 'example-data');
    expectSecondPolicy(stack);
  });

  test('by a name that is put together from pseudo parameters', () => {
    const stack = newStack({});
    const bucketName = `example-${stack.account}`;
    new SecureBucket(stack, 'Data', { bucketName });
    second(stack, bucketName);
    expectSecondPolicy(stack);
  });

  test('by the name in Fn::Sub', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    second(stack, Fn.sub(`\${${stack.getLogicalId(cfn(bucket))}}`));
    expectSecondPolicy(stack);
  });

  test('in a stack that imports the name', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    second(new Stack(stack.node.root as Construct, 'Other', { env: ENV }), bucket.bucketName);
    expectSecondPolicy(stack);
  });

  test('in a stack that refers to the name weakly', () => {
    const stack = newStack({ env: ENV }, { context: { [DEFAULT_CROSS_STACK_REFERENCES]: 'weak' } });
    const bucket = new SecureBucket(stack, 'Data');
    second(new Stack(stack.node.root as Construct, 'Other', { env: ENV }), bucket.bucketName);
    expectSecondPolicy(stack);
  });

  test('in another stack by the literal name', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data', { bucketName: 'example-data' });
    second(new Stack(stack.node.root as Construct, 'Other', { env: ENV }), 'example-data');
    expectSecondPolicy(stack);
  });

  test('in a stack that was created before', () => {
    const app = newApp();
    second(new Stack(app, 'Other', { env: ENV }), 'example-data');
    const stack = new Stack(app, 'Stack', { env: ENV });
    new SecureBucket(stack, 'Data', { bucketName: 'example-data' });
    expectSecondPolicy(stack);
  });

  test('created before in the same stack', () => {
    const stack = newStack();
    second(stack, 'example-data');
    new SecureBucket(stack, 'Data', { bucketName: 'example-data' });
    expectSecondPolicy(stack);
  });

  test('in the app, for a bucket in a Stage', () => {
    const app = newApp();
    second(new Stack(app, 'Other', { env: ENV }), 'example-data');
    const stack = new Stack(new Stage(app, 'Production'), 'Stack', { env: ENV });
    new SecureBucket(stack, 'Data', { bucketName: 'example-data' });
    expectSecondPolicy(stack);
  });

  test('in a nested stack, for a bucket of its parent', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    second(new NestedStack(stack, 'Nested'), bucket.bucketName);
    expectSecondPolicy(stack);
  });

  test('in the parent, for a bucket of the nested stack', () => {
    const stack = newStack();
    second(stack, new SecureBucket(new NestedStack(stack, 'Nested'), 'Data').bucketName);
    expectSecondPolicy(stack);
  });

  test('in one nested stack, for a bucket of another', () => {
    const stack = newStack();
    const bucket = new SecureBucket(new NestedStack(stack, 'A'), 'Data');
    second(new NestedStack(stack, 'B'), bucket.bucketName);
    expectSecondPolicy(stack);
  });

  test('two nested stacks deep, for a bucket of another stack', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    const other = new Stack(stack.node.root as Construct, 'Other', { env: ENV });
    second(new NestedStack(new NestedStack(other, 'Outer'), 'Inner'), bucket.bucketName);
    expectSecondPolicy(stack);
  });

  test('the policy of another bucket is none', () => {
    const stack = newStack();
    new SecureBucket(stack, 'Data');
    second(stack, new s3.Bucket(stack, 'Other').bucketName);
    expect(synthOf(stack).violations).toEqual([]);
  });
});

describe('a condition on the policy', () => {
  test('of the template', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    policy(bucket).cfnOptions.condition = new CfnCondition(stack, 'Production', { expression: Fn.conditionEquals('a', 'b') });
    const { rules, violations } = synthOf(stack);
    expect(rules).toEqual(['policy-in-force']);
    expect(violations[0].description).toContain("the bucket policy is deployed only when the condition 'Production' holds, the bucket also without it");
  });

  test('another one than that of the bucket', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data');
    cfn(bucket).cfnOptions.condition = new CfnCondition(stack, 'Always', { expression: Fn.conditionEquals('a', 'a') });
    policy(bucket).cfnOptions.condition = new CfnCondition(stack, 'Production', { expression: Fn.conditionEquals('a', 'b') });
    expect(synthOf(stack).rules).toEqual(['policy-in-force']);
  });
});

describe('overridden logical ids', () => {
  test('of the bucket, its policy and its key are no finding', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
    cfn(bucket).overrideLogicalId('TheBucket');
    policy(bucket).overrideLogicalId('ThePolicy');
    (bucket.encryptionKey!.node.defaultChild as CfnResource).overrideLogicalId('TheKey');
    const { violations, templates } = synthOf(stack);
    expect(violations).toEqual([]);
    expect(Object.keys(templates.Stack.Resources)).toEqual(expect.arrayContaining(['TheBucket', 'ThePolicy', 'TheKey']));
  });

  test('hide no weakening', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Data', { encryption: Encryption.kms() });
    const key = bucket.encryptionKey!.node.defaultChild as CfnResource;
    cfn(bucket).overrideLogicalId('TheBucket');
    key.overrideLogicalId('TheKey');
    cfn(bucket).addPropertyDeletionOverride('VersioningConfiguration');
    key.addPropertyOverride('EnableKeyRotation', false);
    const { rules, violations } = synthOf(stack);
    expect(rules).toEqual(['key-rotates', 'versioned']);
    expect(violations.flatMap(({ violatingConstructs }) => violatingConstructs.map(({ resourceLogicalId }) => resourceLogicalId)).sort())
      .toEqual(['TheBucket', 'TheKey']);
  });

  test('of a nested stack hide no weakening', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    nested.nestedStackResource!.overrideLogicalId('TheNestedStack');
    const bucket = new SecureBucket(nested, 'Data');
    new s3.CfnBucketPolicy(stack, 'Second', { bucket: bucket.bucketName, policyDocument: ALLOW_ALL });
    expect(synthOf(stack).rules).toEqual(['policy-in-force']);
  });
});

describe('nested stacks', () => {
  test.each([1, 2])('a bucket %d deep is watched', depth => {
    const stack = newStack();
    let scope: Stack = stack;
    for (let i = 0; i < depth; i++) {
      scope = new NestedStack(scope, 'Nested');
    }
    const bucket = new SecureBucket(scope, 'Data');
    expect(synthOf(stack).violations).toEqual([]);
    cfn(bucket).addPropertyDeletionOverride('VersioningConfiguration');
    const { violations } = synthOf(stack);
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'versioned',
      violatingConstructs: [expect.objectContaining({
        constructPath: `${bucket.node.path}/Resource`, templatePath: expect.stringMatching(/\.nested\.template\.json$/),
      })],
    })]);
  });
});

describe('Stages', () => {
  test('a bucket is told of once, whether it is in the app, in a Stage or in a Stage of a Stage', () => {
    const app = newApp();
    const stage = new Stage(app, 'Stage', { env: ENV });
    const scopes = [app, stage, new Stage(stage, 'Inner', { env: ENV }), new Stage(app, 'Empty')];
    for (const scope of scopes.slice(0, 3)) {
      for (const id of ['One', 'Two']) {
        const bucket = new SecureBucket(new Stack(scope, id, { env: ENV }), 'Data');
        cfn(bucket).addPropertyDeletionOverride('VersioningConfiguration');
      }
    }
    const { violations } = synth(app);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(Array(6).fill('versioned'));
    expect(violations.flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath)).sort()).toEqual([
      'One/Data/Resource', 'Stage/Inner/One/Data/Resource', 'Stage/Inner/Two/Data/Resource', 'Stage/One/Data/Resource', 'Stage/Two/Data/Resource', 'Two/Data/Resource',
    ]);
  });

  test('the plugin is registered once per Stage, and runs once', () => {
    const app = newApp();
    const stage = new Stage(app, 'Stage', { env: ENV });
    const register = jest.spyOn(Stage.prototype as any, '_addValidationPlugins');
    for (const scope of [app, stage]) {
      const stack = new Stack(scope, 'Stack', { env: ENV });
      new SecureBucket(stack, 'A');
      new SecureBucket(stack, 'B');
      new AccessLogBucket(stack, 'C');
    }
    expect(register.mock.contexts).toEqual([app, stage]);
    expect(new Set(register.mock.calls.map(([plugin]) => plugin)).size).toBe(1);
    register.mockRestore();
  });

  test('weakened in one Stage only, the bucket of the other Stage is not told of', () => {
    const app = newApp();
    const stages = ['Test', 'Production'].map(id => new Stage(app, id, { env: ENV }));
    const [weakened] = stages.map(stage => new SecureBucket(new Stack(stage, 'Stack'), 'Data', { bucketName: 'example-data' }));
    cfn(weakened).addPropertyDeletionOverride('VersioningConfiguration');
    expect(synth(app).violations.map(({ description }) => description)).toEqual([expect.stringContaining('[Test/Stack/Data] no longer holds')]);
  });

  test('the same bucket name in two Stages is not one bucket with two policies', () => {
    const app = newApp();
    for (const id of ['Test', 'Production']) {
      new SecureBucket(new Stack(new Stage(app, id, { env: ENV }), 'Stack'), 'Data', { bucketName: 'example-data' });
    }
    expect(synth(app).violations).toEqual([]);
  });

  test('the same bucket name in two Stages does not hide a second policy', () => {
    const app = newApp();
    for (const id of ['Test', 'Production']) {
      const stack = new Stack(new Stage(app, id, { env: ENV }), 'Stack');
      new SecureBucket(stack, 'Data', { bucketName: 'example-data' });
      new s3.CfnBucketPolicy(stack, 'Second', { bucket: 'example-data', policyDocument: ALLOW_ALL });
    }
    expect(synth(app).violations.map(({ ruleName, description }) => `${description.split(']')[0]}]: ${ruleName}`))
      .toEqual(['[Test/Stack/Data]: policy-in-force', '[Production/Stack/Data]: policy-in-force']);
  });

  test('the same stack names in two Regions are not mixed up', () => {
    const app = newApp();
    for (const region of ['eu-west-1', 'us-east-1']) {
      const env = { ...ENV, region };
      const bucket = new SecureBucket(new Stack(app, `Data-${region}`, { env, stackName: 'Data' }), 'Data');
      new s3.CfnBucketPolicy(new Stack(app, `Other-${region}`, { env, stackName: 'Other' }), 'Second', { bucket: bucket.bucketName, policyDocument: ALLOW_ALL });
    }
    expect(synth(app).violations.map(({ ruleName, description }) => `${description.split(']')[0]}]: ${ruleName}`))
      .toEqual(['[Data-eu-west-1/Data]: policy-in-force', '[Data-us-east-1/Data]: policy-in-force']);
  });
});

test('an app without buckets of this library has no plugin', () => {
  const stack = newStack();
  new s3.Bucket(stack, 'Plain');
  expect(synthOf(stack).printed).toBe('');
});

test('a relative output directory is found', () => {
  const app = newApp();
  const relative = newApp({ outdir: `./${relativePath(process.cwd(), app.outdir)}/../${basename(app.outdir)}/` });
  const bucket = new SecureBucket(new Stack(relative, 'Stack', { env: ENV }), 'Data');
  cfn(bucket).addPropertyDeletionOverride('VersioningConfiguration');
  expect(synth(relative).rules).toEqual(['versioned']);
});

test('a bucket is told of again in each synthesis', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  cfn(bucket).addPropertyOverride('VersioningConfiguration.Status', 'Suspended');
  expect(synthOf(stack).rules).toEqual(['versioned']);
  expect(synthOf(stack).violations).toHaveLength(1);
  cfn(bucket).addPropertyOverride('VersioningConfiguration.Status', 'Enabled');
  expect(synthOf(stack).violations).toEqual([]);
});
