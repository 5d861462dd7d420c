import { property } from './expect';
import { directInvokers, invitations, Invitation, isThroughUrl } from './function-callers';
import { Guarantee } from './guarantee';
import { RedactedEndpointFacts } from './redacted-view-facts';
import { View } from './view';

export const endpointCallersConfined: Guarantee<RedactedEndpointFacts> = {
  id: 'endpoint-callers-confined',
  title: 'Only those ask the redacted endpoint whom IAM lets use its URL, and its own distribution, which signs every request; nobody invokes its function with an event of their own',
  reason: 'The function believes what the URL tells it of the caller: without IAM in front of it, or with an event made up, anybody asks as somebody else.',
  awsPage: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  rules: {},
  constructs: ['RedactedEndpoint'],
  enforcedBy: 'properties: the function URL takes requests with the signature of IAM only, and CloudFront signs; no permission, URL, event source or policy that names the function besides',
  remedy: 'let roles and users in by grantRead, others by grantReadToClaim',
  appliesTo: () => true,
  properties: ({ ownFunction, urlLogicalId, distribution }, view) => {
    const url = { logicalId: urlLogicalId };
    return [
      property(url, 'Properties.AuthType', 'AWS_IAM'),
      property(url, 'Properties.InvokeMode', 'RESPONSE_STREAM'),
      property(url, 'Properties.TargetFunctionArn', view.resolve({ 'Fn::GetAtt': [ownFunction.logicalId, 'Arn'] })),
      ...distribution === undefined ? [] : [
        property(distribution, 'Properties.DistributionConfig.Origins.0.OriginAccessControlId', view.resolve({ 'Fn::GetAtt': [distribution.originAccessControlLogicalId, 'Id'] })),
        ...Object.entries({ OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4' }).map(([name, value]) =>
          property({ logicalId: distribution.originAccessControlLogicalId }, `Properties.OriginAccessControlConfig.${name}`, value)),
      ],
    ];
  },
  inspect: view => [
    ...invitations(view, view.facts.ownFunction.logicalId, 'otherwise than through the endpoint', each => isOfEndpoint(each, view)),
    ...directInvokers(view, view.facts.ownFunction.logicalId, isThroughUrl),
  ],
};

/** The URL, and what lets the distribution use it. */
function isOfEndpoint({ type, logicalId, resource: { Properties = {} } }: Invitation, { facts, resolve }: View<RedactedEndpointFacts>): boolean {
  const { urlLogicalId, distribution } = facts;
  if (type === 'AWS::Lambda::Url') {
    return logicalId === resolve(urlLogicalId);
  }
  const arns = distribution?.arns.map(arn => JSON.stringify(resolve(arn)));
  return type === 'AWS::Lambda::Permission'
    && Properties.Principal === 'cloudfront.amazonaws.com'
    && arns?.includes(JSON.stringify(Properties.SourceArn)) === true
    && (Properties.Action === 'lambda:InvokeFunctionUrl' || (Properties.Action === 'lambda:InvokeFunction' && String(Properties.InvokedViaFunctionUrl) === 'true'));
}
