import { unchangedFunction } from './function-unchanged';
import { Guarantee } from './guarantee';
import { ObjectLambdaFacts } from './object-lambda-facts';

export const objectLambdaFunctionUnchanged: Guarantee<ObjectLambdaFacts> = {
  id: 'object-lambda-function-unchanged',
  title: 'The function runs the code of this library, with the rules and the settings that it was given',
  reason: 'Other code, another setting or a layer that wraps the function would let out what the rules keep back.',
  awsPage: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html',
  rules: {},
  constructs: ['ObjectLambdaAccessPoint'],
  enforcedBy: 'properties: the code of the function, which holds the rules, its handler and its environment variables; no layers',
  remedy: 'say it by the options of the construct, and transform otherwise with a function of your own behind an ObjectLambdaAccessPoint',
  appliesTo: facts => facts.ownFunction !== undefined,
  properties: ({ ownFunction }, view) => unchangedFunction(ownFunction!, view),
};
