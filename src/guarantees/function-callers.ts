import { allowances, meansRole } from './function-rights';
import { Finding } from './guarantee';
import { TemplateResource, View } from './view';
import { OBJECT_LAMBDA_SERVICE } from '../private/object-lambda';
import { isObject, listOf, withLowerCaseKeys } from '../private/statement';

/** Something of the template that lets a function be invoked. */
export interface Invitation {
  readonly type: string;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** That have a function invoked, or let it be, and how they name it. */
const INVITATIONS: Record<string, string> = {
  'AWS::Lambda::Permission': 'FunctionName',
  'AWS::Lambda::Url': 'TargetFunctionArn',
  'AWS::Lambda::EventSourceMapping': 'FunctionName',
};

/** Under which a function has further names, and how they name it. */
const NAMES: Record<string, string> = {
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::Lambda::Alias': 'FunctionName',
  'AWS::Lambda::Url': 'TargetFunctionArn',
};

/** Where statements of identity policies stand. */
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];
const HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
const INVOCATIONS = ['lambda:InvokeFunction', 'lambda:InvokeAsync'];

/** What lets a function be invoked, but for what is expected. */
export function invitations(
  view: View, functionLogicalId: unknown, otherwise: string, isExpected: (invitation: Invitation) => boolean = () => false,
): Finding[] {
  const names = namesOf(view, functionLogicalId);
  return Object.entries(INVITATIONS).flatMap(([type, named]) => view.resourcesOfType(type)
    .filter(({ resource }) => names(resource.Properties?.[named]))
    .filter(each => !isExpected({ type, ...each }))
    .map(({ logicalId }) => ({ problem: `'${logicalId}' (${type}) lets the function be invoked ${otherwise}`, location: `Properties/${named}`, logicalId })));
}

/**
 * The statements of identity policies that name a function and let it be invoked with any event: not only through what makes its events.
 *
 * @param isConfined whether a condition bounds a statement to that
 * @param exempt the logical id of a role that may
 */
export function directInvokers(view: View, functionLogicalId: unknown, isConfined: (condition: Conditions) => boolean, exempt?: unknown): Finding[] {
  const names = namesOf(view, functionLogicalId);
  const role = exempt === undefined ? undefined : String(view.resolve(exempt));
  const isExempt = (resource: TemplateResource) => {
    const { Roles = [], Users, Groups, RoleName } = resource.Properties ?? {};
    const roles = [...listOf(Roles), ...listOf(RoleName)];
    return role !== undefined && roles.length > 0 && roles.every(name => meansRole(name, role, view.resourceOf(role)))
      && [Users, Groups].every(each => listOf(each).length === 0);
  };
  const documents = [
    ...POLICIES.flatMap(type => view.resourcesOfType(type)).filter(({ resource }) => !isExempt(resource))
      .map(({ logicalId, resource }) => ({ logicalId, location: 'Properties/PolicyDocument', document: resource.Properties?.PolicyDocument })),
    ...HOLDERS.flatMap(type => view.resourcesOfType(type)).filter(({ logicalId }) => logicalId !== role)
      .flatMap(({ logicalId, resource }) => listOf(resource.Properties?.Policies).filter(isObject)
        .map(({ PolicyDocument }, index) => ({ logicalId, location: `Properties/Policies/${index}/PolicyDocument`, document: PolicyDocument }))),
  ];
  return documents.flatMap(({ logicalId, location, document }) => allowances(document)
    .filter(({ statement }) => invokes(statement) && listOf(statement.Resource).some(names) && !isConfined(conditionsOf(statement)))
    .map(({ at }) => ({ problem: `'${logicalId}' lets the function be invoked with any event`, location: `${location}/${at}`, logicalId })));
}

/** Whether a value of the template names the function, one of its versions or one of its aliases. */
function namesOf(view: View, functionLogicalId: unknown): (value: unknown) => boolean {
  const id = String(view.resolve(functionLogicalId));
  const name = view.resourceOf(id)?.Properties?.FunctionName;
  const written = JSON.stringify(name);
  const means = (value: unknown, logicalIds: string[]) => {
    const text = JSON.stringify(value) ?? '';
    return logicalIds.some(each => text.includes(`"${each}"`) || text.includes(`\${${each}}`) || text.includes(`\${${each}.`));
  };
  const isNamed = (value: unknown) => name !== undefined
    && (JSON.stringify(value) === written || (typeof name === 'string' && typeof value === 'string' && value.split(':')[6] === name));
  const names = (value: unknown) => means(value, [id]) || isNamed(value);
  const others = Object.entries(NAMES).flatMap(([type, named]) => view.resourcesOfType(type)
    .filter(({ resource }) => names(resource.Properties?.[named])));
  return value => names(value) || means(value, others.map(({ logicalId }) => logicalId));
}

function invokes({ Action, NotAction }: Record<string, unknown>): boolean {
  const matching = (patterns: unknown, action: string) => listOf(patterns).map(String)
    .some(pattern => new RegExp(`^${pattern.replace(/[*?]/g, each => each === '*' ? '.*' : '.')}$`, 'i').test(action));
  return INVOCATIONS.some(action => NotAction === undefined ? matching(Action, action) : !matching(NotAction, action));
}

/** Keys, in lower case, by operator. */
type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

function conditionsOf({ Condition }: Record<string, unknown>): Conditions {
  return (isObject(Condition) ? withLowerCaseKeys(Condition) : {}) as Conditions;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
export function isThroughUrl({ Bool }: Conditions): boolean {
  return String(Bool?.['lambda:invokedviafunctionurl']) === 'true';
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html */
export function isThroughObjectLambda({ 'ForAnyValue:StringEquals': any }: Conditions): boolean {
  const services = listOf(any?.['aws:calledvia']);
  return services.length > 0 && services.every(service => service === OBJECT_LAMBDA_SERVICE);
}
