import { property } from './expect';
import { Finding, Guarantee } from './guarantee';
import { ObjectLambdaFacts } from './object-lambda-facts';
import { oversizedPolicy } from './oversized-policy';
import { View } from './view';

export const objectLambdaPolicyInForce: Guarantee<ObjectLambdaFacts> = {
  id: 'object-lambda-policy-in-force',
  title: 'The Object Lambda access point has its name and one policy, which speaks of it, is always deployed and within the size that S3 takes',
  reason: 'Under another name, the access point is none that its policy refuses anything on; a second policy replaces the first; and one that is deployed under a condition may be missing.',
  awsPage: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3objectlambda-accesspointpolicy.html',
  rules: {},
  constructs: ['ObjectLambdaAccessPoint'],
  enforcedBy: 'properties: the name of the access point, and the access point of its one policy, which has no condition of its own and at most 20 KB',
  remedy: 'give the name to the construct, and add statements with addToResourcePolicy',
  appliesTo: () => true,
  properties: ({ name }, view) => [
    property('subject', 'Properties.Name', view.resolve(name)),
    property('policy', 'Properties.ObjectLambdaAccessPoint', { Ref: view.logicalId }),
  ],
  inspect: view => [...missingPolicy(view), ...conditionedPolicy(view), ...secondPolicies(view), ...oversizedPolicy(view)],
};

function missingPolicy({ policies }: View<ObjectLambdaFacts>): Finding[] {
  return policies.length > 0 ? [] : [{ problem: 'the Object Lambda access point has no policy', location: 'Properties' }];
}

function conditionedPolicy({ policies: [policy], resource }: View<ObjectLambdaFacts>): Finding[] {
  return policy?.resource.Condition === undefined || policy.resource.Condition === resource.Condition ? [] : [{
    problem: `the policy is deployed only when the condition '${policy.resource.Condition}' holds, the access point also without it`,
    location: 'Condition',
    logicalId: policy.logicalId,
  }];
}

function secondPolicies(view: View<ObjectLambdaFacts>): Finding[] {
  const names = [{ Ref: view.logicalId }, view.resource.Properties?.Name].map(name => JSON.stringify(name));
  return view.resourcesOfType('AWS::S3ObjectLambda::AccessPointPolicy')
    .filter(({ logicalId }) => logicalId !== view.policies[0]?.logicalId)
    .filter(({ resource }) => names.includes(JSON.stringify(resource.Properties?.ObjectLambdaAccessPoint)))
    .map(({ logicalId }) => ({
      problem: `a second policy '${logicalId}' for the same Object Lambda access point: whichever is deployed last replaces the other`,
      location: 'Properties/ObjectLambdaAccessPoint',
      logicalId,
    }));
}
