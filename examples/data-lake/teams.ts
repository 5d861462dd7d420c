import { Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessPoint, AwsServiceBucket, BucketAccess, Encryption, SecureBucket, VpcAccessPoint } from 'cdk-secure-s3';
import { Construct } from 'constructs';

/**
 * One bucket for three teams: finance and sales read and write below their own prefix, analytics reads both, and batch jobs
 * read and write both from inside of a VPC. Each has an access point with a policy of its own, and nobody gets past them.
 */
export class TeamsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const bucket = new SecureBucket(this, 'Shared', {
      encryption: Encryption.kms(),
      bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY,
    });

    const finance = new AccessPoint(this, 'Finance', { bucket, prefixes: ['finance/'] });
    finance.grantReadWrite(this.team('FinanceTeam'));

    const sales = new AccessPoint(this, 'Sales', { bucket, prefixes: ['sales/'] });
    sales.grantReadWrite(this.team('SalesTeam'));

    const analytics = new AccessPoint(this, 'Analytics', { bucket, prefixes: ['finance/', 'sales/'] });
    analytics.grantRead(this.team('AnalyticsTeam'));

    const vpc = new ec2.Vpc(this, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Jobs', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const jobs = new VpcAccessPoint(this, 'Jobs', {
      bucket,
      vpc,
      prefixes: ['finance/', 'sales/'],
      serviceBuckets: [AwsServiceBucket.ECR_LAYERS],
    });
    jobs.grantReadWrite(new iam.Role(this, 'BatchJob', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
  }

  private team(id: string): iam.Role {
    return new iam.Role(this, id, { assumedBy: new iam.AccountRootPrincipal() });
  }
}
