/** For whatever prefixes, keys and grants: what must never be reached through an access point, and what always must. */
import { App, CfnElement, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessPoint, SecureBucket } from '../../src';
import { ACCOUNT, ORGANIZATION, PARTNER_ACCOUNT, REGION } from '../configurations';
import { fc } from '../fast-check';
import { Deployed, read } from '../simulator/deployed';
import { Decision, judge, prepare } from '../simulator/simulator';

/** Pieces that keys are made of, with all that could lead out of a folder. */
const PIECES = [
  'finance', 'sales', 'shared', 'a', 'B', '2026', 'q1.csv', '/', '/', '/', '.', '..', '...', '../', '/..', '/../',
  '%2e', '%2E', '%2f', '%2F', '%20', '%25', '%', '2e', '2f', ' ', '-', '_', '=', '+', '~', 'ü',
];
const text = (most: number) => fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: most }).map(pieces => pieces.join(''));
const prefix = text(3).filter(each => !each.startsWith('/') && each !== '.' && !each.split('/').includes('..') && !/%2e|\.\.%2f|%2f\.\./i.test(each));
const prefixes = fc.uniqueArray(prefix, { minLength: 1, maxLength: 3 });
/** Half of them start as the prefixes do. */
const key = (of: string[]) => fc.oneof(text(6), fc.tuple(fc.constantFrom(...of), text(5)).map(([start, rest]) => start + rest));
const keys = (of: string[]) => fc.array(key(of), { minLength: 5, maxLength: 5 });
const prefixesAndKeys = prefixes.chain(of => fc.tuple(fc.constant(of), keys(of)));
const principal = fc.constantFrom('owner', 'root', 'partner', 'anonymous', 'delivery.logs.amazonaws.com');

/** Each run synthesizes an app. */
const RUNS = { numRuns: 40 };

/** What the boundary promises, in words of keys instead of patterns. */
function isWithin(boundary: string[], name: string): boolean {
  const slashes = name.replace(/%2f/gi, '\n');
  return boundary.some(start => name.indexOf(start) === 0)
    && !name.split('/').slice(1).includes('..')
    && !name.toLowerCase().includes('%2e')
    && !slashes.includes('\n..') && !slashes.includes('..\n');
}

/** Where a client ends up that takes a key for a path and decodes it first: the folders from the root, or undefined above the root. */
function resolved(name: string): string | undefined {
  const folders: string[] = [];
  for (const folder of name.replace(/%2e/gi, '.').replace(/%2f/gi, '/').split('/')) {
    if (folder === '..') {
      if (folders.pop() === undefined) {
        return undefined;
      }
    } else if (folder !== '' && folder !== '.') {
      folders.push(folder);
    }
  }
  return folders.join('/');
}

test('the boundary lets through the keys that start with a prefix and do not climb, and no others', async () => {
  await fc.assert(fc.asyncProperty(prefixesAndKeys, principal, async ([given, names], who) => {
    const { objectsArn, policy } = deploy(given);
    for (const name of names) {
      expect([name, await ask(policy, who, 's3:GetObject', `${objectsArn}${name}`)]).toEqual([name, isWithin(given, name) ? 'allowed' : 'denied']);
    }
  }), RUNS);
});

test('the boundary lets through the lists that start with a prefix and do not climb, and no others', async () => {
  const list = fc.constantFrom('s3:ListBucket', 's3:ListBucketVersions');
  await fc.assert(fc.asyncProperty(prefixesAndKeys, principal, list, async ([given, starts], who, action) => {
    const { arn, policy } = deploy(given);
    for (const start of starts) {
      expect([start, await ask(policy, who, action, arn, { 's3:prefix': start })]).toEqual([start, isWithin(given, start) ? 'allowed' : 'denied']);
    }
  }), RUNS);
});

test('a key that is let through is below the folder, also for clients that decode and resolve it', async () => {
  const { objectsArn, policy } = deploy(['finance/']);
  const decide = judge(policy);
  await fc.assert(fc.asyncProperty(key(['finance/']), async name => {
    const request = await prepare({ principal: 'owner', action: 's3:GetObject', resource: `${objectsArn}${name}`, resourceAccount: ACCOUNT });
    if (decide(request) === 'allowed') {
      expect(resolved(name)).toMatch(/^finance(\/|$)/);
    }
  }), { numRuns: 1000 });
});

type Right = 'grantRead' | 'grantWrite' | 'grantReadWrite' | 'grantDelete' | 'grantList';
const GRANTEES: Record<string, () => iam.IGrantable> = {
  partner: () => new iam.AccountPrincipal(PARTNER_ACCOUNT),
  organization: () => new iam.OrganizationPrincipal(ORGANIZATION),
  role: () => new iam.ArnPrincipal(`arn:aws:iam::${PARTNER_ACCOUNT}:role/Partner`),
  service: () => new iam.ServicePrincipal('delivery.logs.amazonaws.com'),
};
const BOUNDARY = ['finance/', 'shared/finance/'];
const grants = fc.array(fc.record({
  right: fc.constantFrom<Right>('grantRead', 'grantWrite', 'grantReadWrite', 'grantDelete', 'grantList'),
  grantee: fc.constantFrom(...Object.keys(GRANTEES)),
  prefix: fc.constantFrom(undefined, 'finance/', 'finance/a', 'shared/finance/', 'shared/finance/2026/'),
}), { minLength: 1, maxLength: 5 });
const OBJECT_ACTIONS = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'];

test('no grants let anyone reach a key or a list outside the prefixes', async () => {
  await fc.assert(fc.asyncProperty(grants, keys(BOUNDARY), principal, fc.constantFrom(...OBJECT_ACTIONS), async (given, names, who, action) => {
    const { arn, objectsArn, policy } = deploy(BOUNDARY, given);
    const context = { 'aws:PrincipalOrgID': who === 'partner' ? ORGANIZATION : null, 'aws:SourceAccount': who.endsWith('.amazonaws.com') ? ACCOUNT : null };
    for (const name of names.filter(each => !isWithin(BOUNDARY, each))) {
      expect(await ask(policy, who, action, `${objectsArn}${name}`, context)).toBe('denied');
      expect(await ask(policy, who, 's3:ListBucket', arn, { ...context, 's3:prefix': name })).toBe('denied');
    }
    expect(await ask(policy, who, 's3:ListBucket', arn, context)).toBe('denied');
  }), RUNS);
});

test('grants let another account do what one of them says, and nothing else', async () => {
  const ACTIONS: Record<Right, string[]> = {
    grantRead: ['s3:GetObject', 's3:GetObjectVersion'],
    grantWrite: ['s3:PutObject', 's3:AbortMultipartUpload'],
    grantReadWrite: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:AbortMultipartUpload'],
    grantDelete: ['s3:DeleteObject'],
    grantList: [],
  };
  const within = fc.constantFrom('finance/x', 'finance/a/x', 'shared/finance/x', 'shared/finance/2026/x');
  await fc.assert(fc.asyncProperty(grants, within, fc.constantFrom(...OBJECT_ACTIONS), async (given, name, action) => {
    const { objectsArn, policy } = deploy(BOUNDARY, given);
    const isGranted = given.some(grant => grant.grantee !== 'service' && ACTIONS[grant.right].includes(action)
      && (grant.prefix === undefined ? BOUNDARY : [grant.prefix]).some(start => name.startsWith(start)));
    expect(await ask(policy, 'partner', action, `${objectsArn}${name}`, { 'aws:PrincipalOrgID': ORGANIZATION }, false))
      .toBe(isGranted ? 'allowed' : 'denied');
  }), RUNS);
});

interface Grant {
  readonly right: Right;
  readonly grantee: string;
  readonly prefix?: string;
}

function deploy(given: string[], granted: Grant[] = []): Deployed {
  const stack = new Stack(new App(), 'Random', { env: { account: ACCOUNT, region: REGION } });
  const accessPoint = new AccessPoint(stack, 'AccessPoint', { bucket: new SecureBucket(stack, 'Bucket'), prefixes: given, name: 'random' });
  for (const { right, grantee, prefix: below } of granted) {
    accessPoint[right](GRANTEES[grantee](), below);
  }
  return read(Assertions.fromStack(stack).toJSON() as never, stack.resolve((accessPoint.node.defaultChild as CfnElement).logicalId));
}

async function ask(
  policy: Deployed['policy'], who: string, action: string, resource: string, context: Record<string, string | null> = {}, alsoAllowed = true,
): Promise<Decision> {
  return judge(policy)(await prepare({ principal: who, action, resource, resourceAccount: ACCOUNT, context, alsoAllowed }));
}
