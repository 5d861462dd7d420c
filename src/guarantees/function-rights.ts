import { Finding } from './guarantee';
import { OwnFunctionFacts } from './object-lambda-facts';
import { Right } from './right';
import { TemplateResource, View } from './view';
import { canonicalStatement, isObject, listOf } from '../private/statement';

/** Traces have no ARN. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const WITHOUT_RESOURCE = /^(xray:.+|comprehend:DetectPiiEntities)$/i;

/** That give rights to roles, and how they name them. */
const POLICIES: Record<string, string> = {
  'AWS::IAM::Policy': 'Roles',
  'AWS::IAM::ManagedPolicy': 'Roles',
  'AWS::IAM::RolePolicy': 'RoleName',
};

/** What the policies of the template give the role of a function beyond its actions, each on what it names, and beyond its rights and these. */
export function furtherRights(view: View, ownFunction: OwnFunctionFacts, rights: Right[] = []): Finding[] {
  const role = String(view.resolve(ownFunction.roleLogicalId));
  const resource = view.resourceOf(role);
  const known = [...ownFunction.rights, ...rights].map(right => view.resolve(right) as Right);
  const excess = (document: unknown, logicalId: string, location: string) => allowances(document).flatMap(({ statement, at }) =>
    excessOf(statement, ownFunction.actions, known).map(problem => ({ problem, location: `${location}/${at}`, logicalId })));
  const attached = Object.entries(POLICIES).flatMap(([type, names]) =>
    view.resourcesOfType(type).filter(policy => listOf(policy.resource.Properties?.[names]).some(name => meansRole(name, role, resource))));
  return [
    ...listOf(resource?.Properties?.ManagedPolicyArns).map((arn, index) => ({
      problem: `the managed policy ${JSON.stringify(arn)} is attached to the role of the function`,
      location: `Properties/ManagedPolicyArns/${index}`,
      logicalId: role,
    })),
    ...listOf(resource?.Properties?.Policies).flatMap((policy, index) =>
      excess(isObject(policy) ? policy.PolicyDocument : undefined, role, `Properties/Policies/${index}/PolicyDocument`)),
    ...attached.flatMap(({ logicalId, resource: { Properties } }) => excess(Properties?.PolicyDocument, logicalId, 'Properties/PolicyDocument')),
  ];
}

/** The statements of a policy document that allow something, and where they stand in it. */
export function allowances(document: unknown): { readonly statement: Record<string, unknown>; readonly at: string }[] {
  return listOf(isObject(document) ? document.Statement : undefined).filter(isObject)
    .map((statement, index) => ({ statement, at: `Statement/${index}` }))
    .filter(({ statement: { Effect } }) => Effect === 'Allow');
}

/** Whether a value of a policy names a role of the template. */
export function meansRole(name: unknown, logicalId: string, resource: TemplateResource | undefined): boolean {
  const names = [{ Ref: logicalId }, resource?.Properties?.RoleName].filter(each => each !== undefined);
  return names.some(each => JSON.stringify(each) === JSON.stringify(name));
}

function excessOf(statement: Record<string, unknown>, allowed: string[], rights: Right[]): string[] {
  if (statement.NotAction !== undefined) {
    return ['the function may do more: all but a few actions'];
  }
  const actions = listOf(statement.Action).map(String);
  const named = actions.filter(action => includes(allowed, action));
  const bounded = actions.filter(action => !named.includes(action) && rights.some(right => includes(right.actions, action)));
  const further = actions.filter(action => !named.includes(action) && !bounded.includes(action));
  if (further.length > 0) {
    return [`the function may do more: ${further.join(', ')}`];
  }
  const resources = listOf(statement.Resource);
  if (statement.NotResource !== undefined || (resources.includes('*') && !actions.every(action => WITHOUT_RESOURCE.test(action)))) {
    return [`the function may do ${actions.join(', ')} on every resource`];
  }
  return bounded.flatMap(action => resources
    .filter(resource => !rights.some(right => includes(right.actions, action) && holdsFor(right, resource, statement.Condition)))
    .map(resource => `the function may do ${action} on ${JSON.stringify(resource)}${conditionOf(statement)}`));
}

function includes(actions: string[], action: string): boolean {
  return actions.some(each => each.toLowerCase() === action.toLowerCase());
}

function holdsFor({ resources, condition }: Right, resource: unknown, found: unknown): boolean {
  return resources.some(each => JSON.stringify(each) === JSON.stringify(resource))
    && (condition === undefined || (isObject(found) && canonicalStatement({ Condition: found }) === canonicalStatement({ Condition: condition })));
}

function conditionOf({ Condition }: Record<string, unknown>): string {
  return Condition === undefined ? ' without a condition' : ` if ${JSON.stringify(Condition)}`;
}
