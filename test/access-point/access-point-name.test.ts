import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { propertiesOf } from './templates';
import { AccessPoint } from '../../src/access-point/access-point';
import { MultiRegionAccessPoint } from '../../src/access-point/multi-region-access-point';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { ENV, newApp, newStack, synth, synthOf } from '../checks/synth';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html */
const FORM = /^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/;

function named(name?: string, scope: Construct = newStack(), id = 'Finance'): AccessPoint {
  return new AccessPoint(scope, id, { bucket: new SecureBucket(scope, `${id}Data`), name });
}

describe('a name of its own', () => {
  test.each(['abc', 'finance', 'finance-2', '2-finance', '1234', 'a--b', 'a'.repeat(50), 's3alias', 'my-s3alias-2', 'mrap'])('%j is taken', name => {
    const accessPoint = named(name);
    expect(accessPoint.accessPointName).toBe(name);
    expect(propertiesOf(accessPoint.stack, 'AWS::S3::AccessPoint').Name).toBe(name);
  });

  test('a parameter is taken', () => {
    const stack = newStack();
    named(new CfnParameter(stack, 'Name').valueAsString, stack);
    expect(propertiesOf(stack, 'AWS::S3::AccessPoint').Name).toEqual({ Ref: 'Name' });
  });

  test.each([
    ['ab', '(2 characters)'],
    ['a'.repeat(51), '(51 characters)'],
    ['', '(0 characters)'],
    ['Finance', 'lower case'],
    ['fin_ance', 'letters, digits and hyphens'],
    ['fin ance', 'letters, digits and hyphens'],
    ['fin.ance', 'letters, digits and hyphens'],
    ['finänce', 'letters, digits and hyphens'],
    ['-finance', 'no hyphen first or last'],
    ['finance-', 'no hyphen first or last'],
    ['finance\n', 'letters, digits and hyphens'],
  ])('%j is refused', (name, told) => {
    expect(() => named(name)).toThrow(`[Stack/Finance] the name is '${name}'`);
    expect(() => named(name)).toThrow(told);
  });

  test.each(['-s3alias', '-ext-s3alias', '--ol-s3', '--op-s3', '--xa-s3', '--x-s3', '--table-s3', '.mrap'])('the reserved ending %s is refused', suffix => {
    expect(() => named(`finance${suffix}`)).toThrow(`[Stack/Finance] the name 'finance${suffix}' ends with '`);
    expect(() => named(`finance${suffix}`)).toThrow('which S3 keeps for itself: choose another ending');
  });

  test('the reserved start is refused', () => {
    expect(() => named('xn--finance')).toThrow("the name 'xn--finance' starts with 'xn--', which S3 keeps for itself");
  });
});

describe('a name that is made up', () => {
  test('says where the access point is', () => {
    expect(named().accessPointName).toMatch(/^stack-finance-[0-9a-f]{8}$/);
  });

  test('is the same each time', () => {
    expect(named().accessPointName).toBe(named().accessPointName);
  });

  test.each([
    'Finance', 'FINANCE', 'fin_ance', 'fin-ance-', '-fin', '--', '_', '9', '1stTeam', 'Finanz Übersicht', '財務', '🙂', 'a.b.c', 'xn--finance',
    'finance-s3alias', 'finance--ol-s3', 'x--x-s3', 'mrap', '.mrap', 'Resource', 'L'.repeat(200), 'a-'.repeat(100),
  ])('for the id %j is in form', id => {
    for (const scope of [newStack(), new Stack(newApp(), id.replace(/[^A-Za-z0-9-]/g, '').replace(/^[^A-Za-z]*/, 'S').slice(0, 100), { env: ENV })]) {
      const { accessPointName } = named(undefined, scope, id);
      expect(accessPointName).toMatch(FORM);
      expect(accessPointName).not.toMatch(/(-s3alias|--ol-s3|--op-s3|--xa-s3|--x-s3|--table-s3|\.mrap)$|^xn--/);
    }
  });

  test('is in form for a long path', () => {
    let scope: Construct = newStack();
    for (let depth = 0; depth < 30; depth++) {
      scope = new Construct(scope, `Level-${depth}_OfThisDeepTree`);
    }
    expect(named(undefined, scope).accessPointName).toMatch(FORM);
  });

  test('is another one for each access point of an account and Region, however alike their paths are', () => {
    const app = newApp();
    const nestedIn = (stack: Stack, id: string) => new NestedStack(stack, id);
    const one = new Stack(app, 'One', { env: ENV });
    const two = new Stack(app, 'Two', { env: ENV });
    const inner = new Construct(one, 'a');
    const names = [
      named(undefined, one, 'Ap'), named(undefined, one, 'ap'), named(undefined, one, 'AP'), named(undefined, one, 'a_p'), named(undefined, one, 'a-p'),
      named(undefined, inner, 'p'), named(undefined, two, 'Ap'),
      named(undefined, nestedIn(one, 'Nested'), 'Ap'), named(undefined, nestedIn(two, 'Nested'), 'Ap'), named(undefined, nestedIn(one, 'Nested2'), 'Ap'),
      named(undefined, new Stack(new Stage(app, 'Beta', { env: ENV }), 'One'), 'Ap'), named(undefined, new Stack(new Stage(app, 'Prod', { env: ENV }), 'One'), 'Ap'),
      ...['財務', '販売'].map(id => named(undefined, one, id)),
      ...['x', 'y'].map(id => named(undefined, one, `${'L'.repeat(40)}${id}${'L'.repeat(40)}`)),
    ].map(({ accessPointName }) => accessPointName);
    expect(new Set(names).size).toBe(names.length);
    names.forEach(name => expect(name).toMatch(FORM));
  });

  test('does not depend on what else is in the app', () => {
    const alone = named().accessPointName;
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    named('another', stack, 'Sales');
    expect(named(undefined, stack).accessPointName).toBe(alone);
  });
});

describe('a name that is taken', () => {
  const ELSEWHERE = { account: '444455556666', region: 'eu-west-1' };
  const TAKEN = "the name 'finance' is that of [";
  const twice = (one: (app: App) => Construct, other: (app: App) => Construct) => {
    const app = newApp();
    named('finance', one(app), 'One');
    named('finance', other(app), 'Two');
    return () => synth(app);
  };
  const stackOf = (id: string, env?: typeof ENV) => (app: App) => app.node.tryFindChild(id) as Stack ?? new Stack(app, id, { env });

  test.each<[string, (app: App) => Construct, (app: App) => Construct]>([
    ['one stack', stackOf('One', ENV), stackOf('One')],
    ['one stack for any account and Region', stackOf('One'), stackOf('One')],
    ['two stacks of one account and Region', stackOf('One', ENV), stackOf('Two', ENV)],
    ['a nested stack and another stack', app => new NestedStack(stackOf('One', ENV)(app), 'Nested'), stackOf('Two', ENV)],
    ['two Stages of one account and Region', app => new Stack(new Stage(app, 'Beta', { env: ENV }), 'One'), app => new Stack(new Stage(app, 'Prod', { env: ENV }), 'One')],
  ])('in %s: an error', (_where, one, other) => {
    expect(twice(one, other)).toThrow(TAKEN);
    expect(twice(one, other)).toThrow('as well, in the same account and Region: give one of them another name');
  });

  test.each<[string, (app: App) => Construct]>([
    ['another account', stackOf('Two', ELSEWHERE)],
    ['another Region', stackOf('Two', { ...ENV, region: 'us-east-1' })],
    ['a stack for any account and Region', stackOf('Two')],
  ])('is free in %s', (_where, other) => {
    expect(twice(stackOf('One', ENV), other)).not.toThrow();
  });

  test('two stacks for any account and Region may be deployed to two', () => {
    expect(twice(stackOf('One'), stackOf('Two'))).not.toThrow();
  });

  test('a parameter, twice in one stack: an error', () => {
    const stack = newStack();
    const { valueAsString } = new CfnParameter(stack, 'Name');
    ['One', 'Two'].forEach(id => named(valueAsString, stack, id));
    expect(() => synthOf(stack)).toThrow('is that of [Stack/One] as well, in the same account and Region: give one of them another name');
  });

  test('is free again once the access point is taken out', () => {
    const stack = newStack();
    named('finance', stack, 'One');
    stack.node.tryRemoveChild('One');
    named('finance', stack, 'Two');
    expect(() => synthOf(stack)).not.toThrow();
  });

  test('by a Multi-Region access point, in whichever Region of the account: an error', () => {
    const app = newApp();
    const stacks = ['eu-west-1', 'us-east-1'].map(region => new Stack(app, region, { env: { ...ENV, region } }));
    const third = new Stack(app, 'third', { env: { ...ENV, region: 'us-west-2' } });
    for (const stack of stacks) {
      const buckets = [stack, third].map(each => new SecureBucket(each, `From${stack.node.id}`, { bucketName: `example-${stack.region}-${each.region}` }));
      new MultiRegionAccessPoint(stack, 'Global', { name: 'finance', buckets });
      named('finance', stack, 'Regional');
    }
    expect(() => synth(app)).toThrow("[us-east-1/Global] the name 'finance' is that of [eu-west-1/Global] as well, in the same account: give one of them another name");
  });
});
