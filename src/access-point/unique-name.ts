import { Resource, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The access points of each app, by where a name is taken. */
const known = new WeakMap<IConstruct, Map<string, Resource[]>>();

/** Refuses, at synthesis, two access points of one name: in one account and Region, or in one account for Multi-Region access points. */
export function checkUnique(accessPoint: Resource, name: string, within: 'Region' | 'account'): void {
  const { root } = accessPoint.node;
  let names = known.get(root);
  if (names === undefined) {
    known.set(root, names = new Map());
  }
  const key = JSON.stringify([within, name, ...environmentOf(accessPoint.stack, name, within)]);
  const namedAlike = names.get(key) ?? [];
  names.set(key, [...namedAlike, accessPoint]);
  if (namedAlike.length > 0) {
    accessPoint.node.addValidation({
      validate: () => namedAlike.filter(isInTree).slice(0, 1).map(({ node }) =>
        `the name '${name}' is that of [${node.path}] as well, in the same account${within === 'Region' ? ' and Region' : ''}: give one of them another name`),
    });
  }
}

/** Stacks without an account and Region may be deployed to several, and a parameter may have another value in each stack. */
function environmentOf(stack: Stack, name: string, within: 'Region' | 'account'): string[] {
  const environment = within === 'Region' ? [stack.account, stack.region] : [stack.account];
  return [name, ...environment].some(each => Token.isUnresolved(each)) ? [...environment, stack.node.path] : environment;
}

/** Whether nobody has taken it out of the app again. */
function isInTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isInTree(scope));
}
