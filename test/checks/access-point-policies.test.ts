import { Aws, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { newStack, synthOf } from './synth';
import { AccessPoint } from '../../src/access-point/access-point';
import { VpcAccessPoint } from '../../src/access-point/vpc-access-point';
import { SecureBucket } from '../../src/bucket/secure-bucket';

function accessPoint(stack: Stack): AccessPoint {
  return new AccessPoint(stack, 'Finance', { bucket: new SecureBucket(stack, 'Bucket'), prefixes: ['finance/'] });
}

function readers(sid: string, count: number, on: AccessPoint): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    actions: ['s3:GetObject'],
    principals: Array.from({ length: count }, (_, index) => new iam.ArnPrincipal(`arn:aws:iam::444455556666:role/Reader${String(index).padStart(4, '0')}`)),
    resources: [on.arnForObjects('finance/')],
  });
}

describe('the size of an access point policy', () => {
  test('above 20 KB is found, with its bytes, its largest statements and what to split', () => {
    const stack = newStack();
    const judged = accessPoint(stack);
    judged.addToResourcePolicy(readers('Small', 2, judged));
    judged.addToResourcePolicy(readers('Large', 300, judged));
    judged.addToResourcePolicy(readers('Medium', 150, judged));
    const { rules, violations } = synthOf(stack);
    expect(rules).toEqual(['access-point-policy-in-force']);
    const [{ description, fix, violatingConstructs: [{ constructPath, locations }] }] = violations;
    const [, bytes, largest] = /the access point policy has about (\d+) bytes, and S3 takes at most 20480; the largest statements are (.*)$/.exec(description)!;
    expect(Number(bytes)).toBeGreaterThan(450 * '"arn:aws:iam::444455556666:role/Reader0000",'.length);
    expect([...largest.matchAll(/(\w+) \(\d+ bytes\)/g)].map(([, sid]) => sid)).toEqual(['Large', 'Medium', expect.any(String)]);
    expect(fix).toContain('split the prefixes or the grantees over several access points');
    expect([constructPath, locations]).toEqual(['Stack/Finance/Resource', ['Properties/Policy']]);
  });

  test('just below 20 KB is none', () => {
    const stack = newStack();
    const judged = accessPoint(stack);
    judged.addToResourcePolicy(readers('Readers', 330, judged));
    expect(synthOf(stack).violations).toEqual([]);
  });

  test('is that of each access point, and not that of all of a bucket', () => {
    const stack = newStack();
    const bucket = new SecureBucket(stack, 'Bucket');
    for (const team of ['finance', 'sales', 'jobs']) {
      const judged = new AccessPoint(stack, team, { bucket, prefixes: ['finance/'] });
      judged.addToResourcePolicy(readers('Readers', 300, judged));
    }
    expect(synthOf(stack).violations).toEqual([]);
  });
});

describe('what is no finding', () => {
  const finds = (change: (stack: Stack) => void) => {
    const stack = newStack();
    change(stack);
    const { violations, exitCode } = synthOf(stack);
    return [violations.map(({ description }) => description), exitCode];
  };
  const NOTHING = [[], undefined];

  test('a statement that refuses more, on an access point', () => {
    expect(finds(stack => {
      const judged = accessPoint(stack);
      judged.addToResourcePolicy(new iam.PolicyStatement({
        effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['s3:DeleteObject'], resources: [judged.arnForObjects()],
      }));
    })).toEqual(NOTHING);
  });

  test('the same condition on an access point, since its policy comes and goes with it', () => {
    expect(finds(stack => (accessPoint(stack).node.defaultChild as s3.CfnAccessPoint).addOverride('Condition', 'Production'))).toEqual(NOTHING);
  });

  test('a statement for other accounts that has nothing to do with access points', () => {
    expect(finds(stack => {
      const { bucket } = accessPoint(stack);
      (bucket as SecureBucket).grantCrossAccountRead('444455556666', 'shared/');
    })).toEqual(NOTHING);
  });

  test('a refusal of requests through access points, which delegates nothing', () => {
    expect(finds(stack => accessPoint(stack).bucket.addToResourcePolicy(new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:DeleteObject'],
      resources: ['*'],
      conditions: { StringNotEquals: { 's3:DataAccessPointAccount': '111122223333' } },
    })))).toEqual(NOTHING);
  });

  test.each<[string, Partial<iam.PolicyStatementProps>]>([
    ['a bucket by name', { resources: ['arn:aws:s3:::example-logs', 'arn:aws:s3:::example-logs/*'] }],
    ['the buckets of a name', { resources: ['arn:aws:s3:::example-*'] }],
    ['the access points of an account', { resources: ['arn:aws:s3:eu-west-1:111122223333:accesspoint/*'] }],
    ['every bucket of the account', { resources: ['*'], conditions: { StringEquals: { 'aws:ResourceAccount': '111122223333' } } }],
    ['every bucket of the organization', { resources: ['*'], conditions: { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorg1' } } }],
    ['every bucket of a part of the organization', { resources: ['*'], conditions: { 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': 'o-exampleorg1/r-ab12/ou-ab12-11111111/*' } } }],
    ['every request through access points of the account', { resources: ['*'], conditions: { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:111122223333:accesspoint/*' } } }],
    ['the buckets of an account that is a parameter', { resources: ['*'], conditions: { StringEquals: { 'aws:ResourceAccount': Fn.ref('Account') } } }],
    ['an imported bucket', { resources: [Fn.importValue('Bucket'), Fn.join('', [Fn.importValue('Bucket'), '/*'])] }],
    ['a bucket of the account by its name', { resources: [`arn:${Aws.PARTITION}:s3:::example-${Aws.ACCOUNT_ID}/*`, Fn.sub('arn:aws:s3:::${AWS::AccountId}/*')] }],
    ['every bucket, for nobody', { effect: iam.Effect.DENY, resources: ['*'] }],
  ])('an endpoint policy that also speaks of %s', (_what, statement) => {
    expect(finds(stack => {
      const { endpoint } = new VpcAccessPoint(stack, 'Jobs', {
        bucket: new SecureBucket(stack, 'Bucket'), vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }),
      });
      (endpoint as ec2.GatewayVpcEndpoint).addToPolicy(new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['s3:GetObject'], ...statement }));
    })).toEqual(NOTHING);
  });

  test('the policy of an endpoint in front of a bucket whose name is a parameter', () => {
    expect(finds(stack => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', new CfnParameter(stack, 'Name').valueAsString);
      new VpcAccessPoint(stack, 'Jobs', { bucket, vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }) });
    })).toEqual(NOTHING);
  });

  test('an endpoint policy in a nested stack that also names a bucket of the stack above', () => {
    expect(finds(stack => {
      const nested = new NestedStack(stack, 'Nested');
      const { endpoint } = new VpcAccessPoint(nested, 'Jobs', {
        bucket: new SecureBucket(nested, 'Bucket'), vpc: new ec2.Vpc(nested, 'Vpc', { maxAzs: 1, natGateways: 0 }),
      });
      (endpoint as ec2.GatewayVpcEndpoint).addToPolicy(new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()], actions: ['s3:GetObject'], resources: [new SecureBucket(stack, 'Logs').arnForObjects('*')],
      }));
    })).toEqual(NOTHING);
  });

  test('an endpoint policy that also names a bucket of the stack', () => {
    expect(finds(stack => {
      const { endpoint } = new VpcAccessPoint(stack, 'Jobs', {
        bucket: new SecureBucket(stack, 'Bucket'), vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }),
      });
      (endpoint as ec2.GatewayVpcEndpoint).addToPolicy(new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()], actions: ['s3:GetObject'], resources: [new SecureBucket(stack, 'Logs').arnForObjects('*')],
      }));
    })).toEqual(NOTHING);
  });
});

test('a policy document that somebody took out of the template is a finding, and no failure of the check', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Bucket');
  (bucket.policy!.node.defaultChild as s3.CfnBucketPolicy).addPropertyDeletionOverride('PolicyDocument');
  expect(synthOf(stack).rules).toContain('tls-only');
});
