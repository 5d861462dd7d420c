import { ProjenStruct, Struct } from '@mrgrain/jsii-struct-builder';
import { awscdk } from 'projen';

/**
 * The options of `s3.BucketProps` that the constructs of this library own: what is unsafe cannot be said.
 * A property that a newer aws-cdk-lib adds to `BucketProps` appears by itself.
 */
const OWNED = [
  // encryption: `Encryption`
  'encryption', 'encryptionKey', 'bucketKeyEnabled', 'blockedEncryptionTypes',
  // transport: `minimumTlsVersion`
  'enforceSSL', 'minimumTLSVersion',
  // public access and ACLs: always refused
  'publicReadAccess', 'blockPublicAccess', 'accessControl', 'objectOwnership',
  // website endpoints answer anonymous plain HTTP only, which is always refused
  'websiteIndexDocument', 'websiteErrorDocument', 'websiteRedirect', 'websiteRoutingRules',
  // versioning: always on
  'versioned',
  // access logs: `accessLogs`, `accessLogsPrefix`
  'serverAccessLogsBucket', 'serverAccessLogsPrefix', 'targetObjectKeyFormat',
  // events: `eventBridge`, the native property
  'eventBridgeEnabled',
  // restated with the rules that are checked
  'cors', 'removalPolicy',
];

export function bucketBaseProps(project: awscdk.AwsCdkConstructLibrary): ProjenStruct {
  return new ProjenStruct(project, {
    name: 'BucketBaseProps',
    filePath: 'src/bucket/bucket-base-props.ts',
    docs: {
      summary: 'The options of `s3.BucketProps` that are safe to pass through: all but those that the construct itself decides.',
      remarks: 'Generated from `aws-cdk-lib.aws_s3.BucketProps`.',
    },
  })
    .mixin(Struct.fromFqn('aws-cdk-lib.aws_s3.BucketProps'))
    .omit(...OWNED)
    .withoutDeprecated();
}
