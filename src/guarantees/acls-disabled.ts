import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';

export const aclsDisabled: Guarantee = {
  id: 'acls-disabled',
  title: 'ACLs have no effect, and the bucket owner owns every object',
  reason: 'With ACLs, whoever uploads an object decides who reads it; policies alone can be reviewed in one place.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
  rules: { securityHub: ['S3.12'], controlTower: ['CT.S3.PR.5'], nist: ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'] },
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: `ObjectOwnership` is `BucketOwnerEnforced`, and no canned ACL',
  remedy: 'remove the override; grant access with grantRead or grantCrossAccountRead instead of an ACL',
  appliesTo: () => true,
  properties: () => [
    bucketProperty('OwnershipControls.Rules', [{ ObjectOwnership: 'BucketOwnerEnforced' }]),
    {
      resource: 'subject',
      path: 'Properties.AccessControl',
      expected: 'no canned ACL',
      holds: value => value === undefined || value === 'Private',
    },
  ],
};
