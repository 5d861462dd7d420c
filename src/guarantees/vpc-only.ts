import { AccessPointFacts } from './access-point-facts';
import { property } from './expect';
import { Guarantee } from './guarantee';
import { DATA_ACTIONS } from '../private/data-actions';
import { EVERYONE } from '../private/statement';

export const vpcOnly: Guarantee<AccessPointFacts> = {
  id: 'vpc-only',
  title: 'The access point answers requests from its VPC only',
  reason: 'Stolen credentials are used from somewhere else; the network they come from is the part a thief cannot take along.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html',
  rules: {},
  constructs: ['VpcAccessPoint'],
  enforcedBy: 'property: the origin `VpcConfiguration.VpcId`; access point policy: refuses requests with another `aws:SourceVpc`, or another `aws:SourceVpce` where an endpoint was given',
  remedy: 'leave VpcConfiguration and the statements VpcOnly and EndpointOnly as they are',
  appliesTo: facts => facts.vpc !== undefined,
  properties: ({ vpc }, view) => [property('subject', 'Properties.VpcConfiguration.VpcId', view.resolve(vpc!.vpcId))],
  // Negated operators match when the key is missing, as it is in requests from the internet.
  statements: ({ vpc }, { own, objects }) => {
    const denied = { Effect: 'Deny', Principal: EVERYONE, Action: DATA_ACTIONS, Resource: [own, objects] } as const;
    return [
      { Sid: 'VpcOnly', ...denied, Condition: { StringNotEquals: { 'aws:SourceVpc': vpc!.vpcId } } },
      ...vpc!.vpcEndpointId === undefined ? [] : [
        { Sid: 'EndpointOnly', ...denied, Condition: { StringNotEquals: { 'aws:SourceVpce': vpc!.vpcEndpointId } } },
      ],
    ];
  },
};
