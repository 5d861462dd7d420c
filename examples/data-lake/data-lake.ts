import { Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Encryption, LoggingBucketPair, Mask, NetworkPerimeter, PresignedUrls, RedactingObjectLambdaAccessPoint, Redaction, SecureBucket, TlsVersion,
} from 'cdk-secure-s3';
import { Construct } from 'constructs';

export interface DataLakeStackProps extends StackProps {
  /** The account of the partner who delivers files. */
  readonly partnerAccount: string;
  /** The gateway endpoint for Amazon S3 through which the jobs of the lake come. */
  readonly jobsVpcEndpointId: string;
}

/**
 * A small data lake: partners deliver files, jobs clean them, analysts read the result.
 *
 * - `Landing` takes deliveries, with access logs that are ready for Athena;
 * - `Curated` holds the cleaned data, encrypted with a KMS key, and only jobs in the VPC reach it;
 * - `Redacted` shows its reports without personal data to marketing analytics, which sees nothing of the originals.
 */
export class DataLakeStack extends Stack {
  constructor(scope: Construct, id: string, props: DataLakeStackProps) {
    super(scope, id, props);

    const landing = new LoggingBucketPair(this, 'Landing', {
      analytics: true,
      logRetention: Duration.days(400),
      eventBridge: true,
      presignedUrls: PresignedUrls.maxAge(Duration.minutes(15)),
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(30) }],
    });
    landing.bucket.grantCrossAccountWrite(props.partnerAccount, 'deliveries/');

    const curated = new SecureBucket(this, 'Curated', {
      encryption: Encryption.kms(),
      minimumTlsVersion: TlsVersion.TLS_1_3,
      network: NetworkPerimeter.of({ vpcEndpointIds: [props.jobsVpcEndpointId] }),
      accessLogs: landing.logs,
      lifecycleRules: [{
        transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
        noncurrentVersionExpiration: Duration.days(90),
      }],
    });

    const cleaningJob = new iam.Role(this, 'CleaningJob', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    landing.bucket.grantRead(cleaningJob, 'deliveries/*');
    curated.grantReadWrite(cleaningJob);

    const analysts = new iam.Role(this, 'Analysts', { assumedBy: new iam.AccountRootPrincipal() });
    curated.grantRead(analysts, 'reports/*');

    const redacted = new RedactingObjectLambdaAccessPoint(this, 'Redacted', {
      bucket: curated,
      prefixes: ['reports/'],
      redaction: Redaction.of({ fields: ['customer'], masks: { CREDIT_DEBIT_NUMBER: Mask.characters('*', { keepLast: 4 }) } }),
    });
    redacted.grantRead(new iam.Role(this, 'MarketingAnalytics', { assumedBy: new iam.AccountRootPrincipal() }));
    Validations.of(redacted).acknowledge({ id: 'annotation::object-lambda-new-accounts', reason: 'this account used S3 Object Lambda before November 2025' });
  }
}
