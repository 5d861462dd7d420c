import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { propertiesOf } from './templates';
import { AccessPoint } from '../../src/access-point/access-point';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { ENV, newApp, newStack } from '../checks/synth';

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
