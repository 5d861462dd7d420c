import { Guarantee } from './guarantee';
import { denyAll } from '../private/statement';

export const networkPerimeter: Guarantee = {
  id: 'network-perimeter',
  title: 'Requests from outside the named networks are refused',
  reason: 'Stolen credentials are used from somewhere else; the network they come from is the part a thief cannot take along.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html',
  rules: {},
  constructs: ['SecureBucket'],
  enforcedBy: 'bucket policy: refuses `s3:*` from other VPC endpoints, VPCs and addresses; AWS services acting for the owner, their service-linked roles and deploy roles pass',
  remedy: 'leave the statements NetworkPerimeter and NetworkPerimeterServices as they are, or set network',
  appliesTo: facts => facts.network !== undefined,
  statements: ({ network, organizationId, ownerAccount }, arns) => [
    denyAll('NetworkPerimeter', arns, {
      ...network!.vpcEndpointIds.length + network!.vpcIds.length > 0 ? {
        StringNotEqualsIfExists: {
          ...network!.vpcEndpointIds.length > 0 ? { 'aws:SourceVpce': network!.vpcEndpointIds } : {},
          ...network!.vpcIds.length > 0 ? { 'aws:SourceVpc': network!.vpcIds } : {},
        },
      } : {},
      ...network!.cidrs.length > 0 ? { NotIpAddressIfExists: { 'aws:SourceIp': network!.cidrs } } : {},
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      ArnNotLikeIfExists: { 'aws:PrincipalArn': network!.exemptRoleArns },
    }),
    // With an organization, its guarantee judges for whom a service acts.
    ...organizationId === undefined ? [denyAll('NetworkPerimeterServices', arns, {
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
      Null: { 'aws:SourceAccount': 'false' },
      StringNotEquals: { 'aws:SourceAccount': ownerAccount },
    })] : [],
  ],
};
