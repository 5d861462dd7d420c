import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { newStack, synthOf } from './synth';
import { SecureBucket } from '../../src/bucket/secure-bucket';

function readers(sid: string, count: number, resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    actions: ['s3:GetObject'],
    principals: Array.from({ length: count }, (_, index) => new iam.ArnPrincipal(`arn:aws:iam::111122223333:role/Reader${String(index).padStart(4, '0')}`)),
    resources: [resource],
  });
}

test('a policy over 20 KB is found, with its size and its largest statements, the largest first', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  bucket.addToResourcePolicy(readers('Small', 2, bucket.arnForObjects('*')));
  bucket.addToResourcePolicy(readers('Large', 300, bucket.arnForObjects('*')));
  bucket.addToResourcePolicy(readers('Medium', 200, bucket.arnForObjects('*')));
  const { rules, violations } = synthOf(stack);
  expect(rules).toEqual(['policy-in-force']);
  const told = /the bucket policy has about (\d+) bytes, and S3 takes at most 20480; the largest statements are (.*)$/.exec(violations[0].description)!;
  expect(Number(told[1])).toBeGreaterThan(20480);
  const sizes = [...told[2].matchAll(/(\w+) \((\d+) bytes\)/g)].map(([, sid, bytes]) => [sid, Number(bytes)] as const);
  expect(sizes.map(([sid]) => sid)).toEqual(['Large', 'Medium', expect.any(String)]);
  expect(sizes[0][1]).toBeGreaterThan(300 * 44);
  expect(sizes[0][1]).toBeLessThan(300 * 60);
  expect(violations[0].violatingConstructs[0].constructPath).toBe('Stack/Data/Policy/Resource');
});

test('statements without Sid are named by what they do, together', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  for (let index = 0; index < 100; index++) {
    bucket.grantCrossAccountRead(String(111122223000 + index), 'shared/');
  }
  expect(synthOf(stack).violations[0].description)
    .toMatch(/the largest statements are Allow s3:ListBucket \(100 statements, \d+ bytes\), Allow s3:GetObject, s3:GetObjectVersion \(100 statements, \d+ bytes\), /);
});

test('a policy just below 20 KB is none', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  bucket.addToResourcePolicy(readers('Readers', 340, bucket.arnForObjects('*')));
  expect(synthOf(stack).violations).toEqual([]);
});

test('many prefixes, each with a statement of its own, are found', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data');
  for (let team = 0; team < 100; team++) {
    bucket.grantCrossAccountRead('444455556666', `team-${team}/`);
  }
  expect(synthOf(stack).rules).toEqual(['policy-in-force']);
});

test('the ARNs of other buckets count with the longest name that CloudFormation gives, however short that of this bucket is', () => {
  const stack = newStack();
  const bucket = new SecureBucket(stack, 'Data', { bucketName: 'inventory' });
  const sources = Array.from({ length: 300 }, (_, index) => new s3.CfnBucket(stack, `Source${index}`).attrArn);
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'Inventory',
    principals: [new iam.ServicePrincipal('s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
    conditions: { ArnLike: { 'aws:SourceArn': sources }, StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
  const { rules, violations } = synthOf(stack);
  expect(rules).toEqual(['policy-in-force']);
  expect(Number(/Inventory \((\d+) bytes\)/.exec(violations[0].description)![1])).toBeGreaterThan(300 * 76);
});

test('the size of a policy of many plain buckets is not told', () => {
  const stack = newStack();
  new SecureBucket(stack, 'Data');
  const plain = new s3.Bucket(stack, 'Plain');
  plain.addToResourcePolicy(readers('Readers', 500, plain.arnForObjects('*')));
  expect(synthOf(stack).violations).toEqual([]);
});
