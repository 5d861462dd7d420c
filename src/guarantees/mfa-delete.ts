import { Guarantee } from './guarantee';
import { EVERYONE } from '../private/statement';

/**
 * `NumericGreaterThanIfExists` also matches when the key is missing, which is how requests without MFA come: long-lived
 * access keys carry no MFA keys at all.
 */
export const mfaDelete: Guarantee = {
  id: 'mfa-delete',
  title: 'Deleting a version, changing the versioning and setting lifecycle rules need a recent MFA',
  reason: 'A stolen credential alone must not be able to destroy what versioning keeps.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-MFA',
  rules: {
    securityHub: ['S3.20'],
    cis: ['2.1.2'],
    nist: ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)'],
    note: 'these rules also want MFA delete itself, which the root user switches on with the command of the output',
  },
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:DeleteObjectVersion`, `s3:PutBucketVersioning` and `s3:PutLifecycleConfiguration` when `aws:MultiFactorAuthAge` is missing or too old',
  remedy: 'leave the statement MfaDelete of the bucket policy as it is, or name who may pass with exemptPrincipals',
  appliesTo: facts => facts.mfaDelete !== undefined,
  properties: () => [{
    resource: 'subject',
    path: 'Properties.LifecycleConfiguration',
    expected: 'no lifecycle rules, which S3 refuses beside MFA delete',
    holds: value => value === undefined,
  }],
  statements: ({ mfaDelete: facts }, arns) => [{
    Sid: 'MfaDelete',
    Effect: 'Deny',
    Principal: EVERYONE,
    // A lifecycle rule deletes versions, too, a day later.
    Action: ['s3:DeleteObjectVersion', 's3:PutBucketVersioning', 's3:PutLifecycleConfiguration'],
    Resource: [arns.own, arns.objects],
    Condition: {
      NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': String(facts!.maxAgeSeconds) },
      ...facts!.exemptPrincipalArns.length > 0 ? { ArnNotLikeIfExists: { 'aws:PrincipalArn': facts!.exemptPrincipalArns } } : {},
    },
  }],
};
