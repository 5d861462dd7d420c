import { AccessPointFacts } from './access-point-facts';
import { property } from './expect';
import { Guarantee } from './guarantee';

export const accessPointPublicAccessBlocked: Guarantee<AccessPointFacts> = {
  id: 'access-point-public-access-blocked',
  title: 'No policy can open the access point to the public',
  reason: 'The settings of an access point cannot be changed once it is there; one that was created open stays open.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html',
  rules: {
    securityHub: ['S3.19', 'S3.24'],
    controlTower: ['CT.S3.PR.12'],
    nist: ['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    pci: ['1.4.4'],
    note: 'S3.24 is about Multi-Region access points and maps to PCI DSS only; the others are about access points of one Region',
  },
  constructs: ['AccessPoint', 'VpcAccessPoint', 'MultiRegionAccessPoint'],
  enforcedBy: 'property: the four flags of `PublicAccessBlockConfiguration` are true',
  remedy: 'remove the override; serve public content through CloudFront with origin access control instead',
  appliesTo: () => true,
  properties: () => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
    .map(flag => property('subject', `Properties.PublicAccessBlockConfiguration.${flag}`, true)),
};
