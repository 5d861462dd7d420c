import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { integApp } from './app';
import { Probe } from './probe';
import { AccessPoint, BucketAccess, Encryption, SecureBucket, VpcAccessPoint } from '../src';

const app = integApp();
const stack = new Stack(app, 'AccessPointsInteg');
const bucket = new SecureBucket(stack, 'Shared', {
  encryption: Encryption.kms(),
  bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY,
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
});
const finance = new AccessPoint(stack, 'Finance', { bucket, prefixes: ['finance/'] });
const jobs = new VpcAccessPoint(stack, 'Jobs', { bucket, vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }), prefixes: ['jobs/'] });
finance.grantReadWrite(new iam.AccountRootPrincipal());
jobs.grantRead(new iam.AccountRootPrincipal());

// It may do everything that the policies of access point and bucket leave to it.
const probe = new Probe(stack, 'Probe');
probe.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
probe.addToRolePolicy(new iam.PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [bucket.encryptionKey!.keyArn] }));

const integ = new IntegTest(app, 'AccessPoints', { testCases: [stack], diffAssets: false, stackUpdateWorkflow: false });

const outcomes = (name: string, expected: Record<string, string>) => integ.assertions.invokeFunction({
  functionName: probe.functionName,
  payload: probe.payload({ bucket: name, puts: Object.fromEntries(Object.keys(expected).map(key => [key, {}])) }),
}).expect(ExpectedResult.objectLike({ Payload: Match.serializedJson(expected) }));

outcomes(finance.accessPointArn, { 'finance/report': `aws:kms ${bucket.encryptionKey!.keyArn}`, 'sales/report': 'AccessDenied', 'finance2/report': 'AccessDenied' });
outcomes(jobs.accessPointArn, { 'jobs/report': 'AccessDenied' });
outcomes(bucket.bucketName, { 'finance/report': 'AccessDenied' });
