import { property } from './expect';
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
  properties: ({ ownFunction }, view) => {
    const { logicalId, code, environment } = ownFunction!;
    const resource = { logicalId };
    const variables = view.resolve(environment) as Variables;
    return [
      property(resource, 'Properties.Code', asTemplate(view.resolve(code))),
      property(resource, 'Properties.Handler', 'index.handler'),
      { ...property(resource, 'Properties.Environment.Variables', variables), holds: found => inOrder(found as Variables) === inOrder(variables) },
      property(resource, 'Properties.Layers', undefined),
    ];
  },
};

type Variables = Readonly<Record<string, unknown>> | undefined;

/** CDK writes them in an order of its own. */
function inOrder(variables: Variables): string {
  return JSON.stringify(Object.entries(variables ?? {}).sort(([one], [other]) => one < other ? -1 : 1));
}

/** CDK holds properties by names that start in lower case. */
function asTemplate(code: unknown): unknown {
  return Object.fromEntries(Object.entries(code as Record<string, unknown>).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [`${name[0].toUpperCase()}${name.slice(1)}`, value]));
}
