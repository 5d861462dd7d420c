import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { ConfigurationError } from './errors';

/**
 * The ARN of a principal as the policy of a resource can name it: without a reference where the principal is in a stack that its
 * rights make come after that of the resource.
 *
 * @param says what names it, for the error: `administrators holds`
 */
export function reachableArn(resource: IConstruct, says: string, principal: unknown, arn: string): string {
  return Construct.isConstruct(principal) && !isInReach(principal, resource) ? arnByName(resource, says, principal) ?? arn : arn;
}

/** `reachableArn` of each role in an option. */
export function reachableRoleArns(resource: IConstruct, option: string, roles: iam.IRole[]): string[] {
  return roles.map(role => reachableArn(resource, `${option} holds`, role, role.roleArn));
}

/** Whether two constructs can refer to each other: between stacks that are deployed one after the other, only one can. */
function isInReach(one: IConstruct, other: IConstruct): boolean {
  const [stack, another] = [Stack.of(one), Stack.of(other)];
  return holds(stack, another) || holds(another, stack);
}

/** Whether a stack is, or is nested in, another. Two that are nested side by side are deployed one after the other. */
function holds(outer: Stack, inner: Stack): boolean {
  return inner === outer || inner.nestedStackParent !== undefined && holds(outer, inner.nestedStackParent);
}

/** Undefined for imported ones, whose ARN is no reference. */
function arnByName(resource: IConstruct, says: string, principal: IConstruct): string | undefined {
  const created = principal.node.defaultChild;
  if (!(created instanceof iam.CfnRole || created instanceof iam.CfnUser)) {
    return undefined;
  }
  const [kind, name] = created instanceof iam.CfnRole ? ['role', created.roleName] : ['user', created.userName];
  if (name === undefined || Token.isUnresolved(name)) {
    throw new ConfigurationError(resource,
      `${says} [${principal.node.path}], which is in another stack and has no name of its own, so that the two stacks would refer to each other as soon as its rights name the bucket`,
      `give it a ${kind}Name, or create it in the stack of [${resource.node.path}]`);
  }
  return Stack.of(principal).formatArn({ service: 'iam', region: '', resource: kind, resourceName: `${(created.path ?? '/').slice(1)}${name}` });
}
