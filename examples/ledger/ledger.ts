import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessLogBucket, ComplianceArchive, Retention, SecureBucket } from 'cdk-secure-s3';
import { Construct } from 'constructs';

/**
 * The ledger of a company, kept for seven years and for as long as a court wants it.
 *
 * Booking writes, auditors read, the records office extends retentions, counsel has legal holds placed and removed by jobs of
 * S3 Batch Operations, and the platform team changes settings. Nobody does two of these, and nobody deletes.
 */
export class LedgerStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const person = (name: string) => new iam.Role(this, name, { assumedBy: new iam.AccountRootPrincipal() });
    const accessLogs = new AccessLogBucket(this, 'AccessLogs');

    const archive = new ComplianceArchive(this, 'Archive', {
      retention: Retention.complianceYears(7),
      maximumRetention: Duration.days(3653),
      administrators: [person('PlatformTeam')],
      transitions: [
        { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) },
        { storageClass: s3.StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(400) },
      ],
      expiration: Duration.days(3653),
      evidence: true,
      accessLogs,
      accessLogsPrefix: 'ledger/',
    });
    archive.grantArchive(new iam.Role(this, 'Booking', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }), 'entries/');
    archive.grantRead(person('Auditors'));
    archive.grantExtendRetention(person('RecordsOffice'));

    // Where manifests of jobs come from, and reports of jobs go to. A report takes no bucket with a default retention.
    const jobs = new SecureBucket(this, 'Jobs', { accessLogs, accessLogsPrefix: 'jobs/' });
    const jobRole = archive.legalHoldJobRole;
    jobs.grantRead(jobRole, 'manifests/*');
    jobs.grantPut(jobRole, 'reports/*');
    // The manifest of a job over everything is that of the daily inventory.
    archive.evidenceBucket!.grantRead(jobRole, 'inventory/*');

    const counsel = person('Counsel');
    jobs.grantPut(counsel, 'manifests/*');
    jobs.grantRead(counsel, 'reports/*');
    jobRole.grantPassRole(counsel);
    counsel.addToPolicy(new iam.PolicyStatement({
      actions: ['s3:CreateJob', 's3:DescribeJob', 's3:ListJobs', 's3:UpdateJobStatus'],
      resources: ['*'],
    }));

    new CfnOutput(this, 'ArchiveBucket', { value: archive.bucket.bucketName });
    new CfnOutput(this, 'JobsBucketArn', { value: jobs.bucketArn });
    new CfnOutput(this, 'LegalHoldJobRoleArn', { value: jobRole.roleArn });
  }
}
