import { property } from './expect';
import { PropertyExpectation } from './guarantee';
import { OwnFunctionFacts } from './object-lambda-facts';
import { View } from './view';

/** That a function runs the code that it was given, as it was given. */
export function unchangedFunction({ logicalId, code, environment }: OwnFunctionFacts, view: View): PropertyExpectation[] {
  const resource = { logicalId };
  const variables = view.resolve(environment) as Variables;
  return [
    property(resource, 'Properties.Code', asTemplate(view.resolve(code))),
    property(resource, 'Properties.Handler', 'index.handler'),
    { ...property(resource, 'Properties.Environment.Variables', variables), holds: found => inOrder(found as Variables) === inOrder(variables) },
    property(resource, 'Properties.Layers', undefined),
  ];
}

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
