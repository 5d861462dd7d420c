/** An app with a bucket that lost its versioning: CDK_ACKNOWLEDGE=yes accepts that. */
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureBucket } from '../../lib';

const stack = new Stack(new App(), 'Weakened');
const bucket = new SecureBucket(stack, 'Data');
(bucket.node.defaultChild as s3.CfnBucket).versioningConfiguration = undefined;
if (process.env.CDK_ACKNOWLEDGE === 'yes') {
  Validations.of(bucket).acknowledge({ id: 'SecureS3::versioned', reason: 'made again every hour' });
}
