import { property } from './expect';
import { Guarantee } from './guarantee';

export const keyRotates: Guarantee = {
  id: 'key-rotates',
  title: 'A KMS key that the construct creates rotates every year',
  reason: 'Rotation bounds how much data one generation of key material protects.',
  awsPage: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  rules: {
    securityHub: ['KMS.4'],
    cis: ['3.6'],
    controlTower: ['CT.KMS.PR.1'],
    cdkNag: [
      'AwsSolutions-KMS5',
      'NIST.800.53.R5-KMSBackingKeyRotationEnabled',
      'PCI.DSS.321-KMSBackingKeyRotationEnabled',
      'NIST.800.53.R4-KMSBackingKeyRotationEnabled',
    ],
    nist: ['SC-12', 'SC-12(2)', 'SC-28(3)'],
    pci: ['3.7.4'],
  },
  constructs: ['SecureBucket'],
  enforcedBy: 'property: `EnableKeyRotation` of the created key is true',
  remedy: 'remove the override, or give a key of your own that you rotate yourself',
  appliesTo: ({ encryption }) => encryption.createdKeyLogicalIds.length > 0,
  properties: ({ encryption }) => encryption.createdKeyLogicalIds.flatMap(logicalId => [
    property({ logicalId }, 'Properties.EnableKeyRotation', true),
    {
      resource: { logicalId },
      path: 'Properties.RotationPeriodInDays',
      expected: 'at most 365 days, the default',
      holds: value => value === undefined || Number(value) <= 365,
    },
  ]),
};
