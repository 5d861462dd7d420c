import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessPoint } from '../../src/access-point/access-point';
import { MultiRegionAccessPoint } from '../../src/access-point/multi-region-access-point';
import { VpcAccessPoint } from '../../src/access-point/vpc-access-point';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { newStack } from '../checks/synth';

/** What callers in JavaScript may give. */
const stack = newStack();
const bucket = new SecureBucket(stack, 'Data');
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });

test.each<[unknown, string]>([
  [undefined, 'bucket is missing: give a bucket, such as a SecureBucket'],
  [{}, 'bucket is missing: give a bucket'],
  [{ bucket: null }, 'bucket is null: give a bucket'],
  [{ bucket: 'example-data' }, 'bucket is "example-data": give a bucket'],
  [{ bucket: { bucketName: 'example-data' } }, 'bucket is {"bucketName":"example-data"}: give a bucket'],
  [{ bucket: new s3.CfnBucket(stack, 'L1') }, 'bucket is an object of the class CfnBucket: give a bucket'],
  [{ bucket, prefixes: 'finance/' }, "prefixes is \"finance/\": give a list, such as ['finance/']"],
  [{ bucket, prefixes: [1] }, 'prefixes is [1]: give a list'],
  [{ bucket, prefixes: [undefined] }, 'prefixes is [null]: give a list'],
  [{ bucket, prefixes: null }, 'prefixes is null: give a list'],
  [{ bucket, name: 1 }, 'name is 1: give a text'],
  [{ bucket, bucketAccountId: 11122223333 }, 'bucketAccountId is 11122223333: give a text of 12 digits'],
])('an AccessPoint with %#', (props, told) => {
  expect(() => new AccessPoint(stack, 'Refused', props as never)).toThrow(expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(`[Stack/Refused] ${told}`) }));
});

test.each<[unknown, string]>([
  [{ vpc }, 'bucket is missing'],
  [{ bucket }, 'vpc is missing: give a VPC, such as an ec2.Vpc'],
  [{ bucket, vpc: 'vpc-1' }, 'vpc is "vpc-1": give a VPC'],
  [{ bucket, vpc, endpoint: 'vpce-1' }, 'endpoint is "vpce-1": give a VPC endpoint'],
  [{ bucket, vpc, serviceBuckets: ['prod-eu-west-1-starport-layer-bucket'] }, 'serviceBuckets is ["prod-eu-west-1-starport-layer-bucket"]: give a list of AwsServiceBucket'],
])('a VpcAccessPoint with %#', (props, told) => {
  expect(() => new VpcAccessPoint(stack, 'Refused', props as never)).toThrow(expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(`[Stack/Refused] ${told}`) }));
});

test.each<[unknown, string]>([
  [{}, 'buckets is missing: give a list of SecureBucket'],
  [{ buckets: bucket }, 'buckets is an object of the class SecureBucket: give a list'],
  [{ buckets: [bucket, new s3.Bucket(stack, 'Plain')] }, 'buckets is ["(SecureBucket)","(Bucket)"]: give a list of SecureBucket'],
  [{ buckets: [bucket, 'example-data'] }, '"example-data"]: give a list of SecureBucket'],
])('a MultiRegionAccessPoint with %#', (props, told) => {
  expect(() => new MultiRegionAccessPoint(stack, 'Refused', props as never))
    .toThrow(expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(told) }));
});
