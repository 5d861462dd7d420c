import { unchangedFunction } from './function-unchanged';
import { Guarantee } from './guarantee';
import { RedactedViewFacts } from './redacted-view-facts';

export const viewFunctionUnchanged: Guarantee<RedactedViewFacts> = {
  id: 'view-function-unchanged',
  title: 'The function of the view runs the code of this library, with the rules, the grants and the settings that it was given',
  reason: 'Other code, another setting or a layer that wraps the function would let out what the rules keep back, or to whom nothing was granted.',
  awsPage: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html',
  rules: {},
  constructs: ['RedactedEndpoint', 'RedactedCopy'],
  enforcedBy: 'properties: the code of the function, which holds the rules, its handler and its environment variables; no layers',
  remedy: 'say it by the options of the construct, and grant by its methods',
  appliesTo: () => true,
  properties: ({ ownFunction }, view) => unchangedFunction(ownFunction, view),
};
