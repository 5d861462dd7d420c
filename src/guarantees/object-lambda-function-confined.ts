import { property } from './expect';
import { Finding, Guarantee } from './guarantee';
import { ObjectLambdaFacts } from './object-lambda-facts';
import { TemplateResource, View } from './view';
import { isObject, listOf } from '../private/statement';

type FunctionView = View<ObjectLambdaFacts>;

/** Traces have no ARN. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const WITHOUT_RESOURCE = /^(xray:.+|comprehend:DetectPiiEntities)$/i;

/** That give rights to invoke a function, and how they name it. */
const INVITATIONS: Record<string, string> = {
  'AWS::Lambda::Permission': 'FunctionName',
  'AWS::Lambda::Url': 'TargetFunctionArn',
  'AWS::Lambda::EventSourceMapping': 'FunctionName',
};

/** That give rights to roles, and how they name them. */
const POLICIES: Record<string, string> = {
  'AWS::IAM::Policy': 'Roles',
  'AWS::IAM::ManagedPolicy': 'Roles',
  'AWS::IAM::RolePolicy': 'RoleName',
};

export const objectLambdaFunctionConfined: Guarantee<ObjectLambdaFacts> = {
  id: 'object-lambda-function-confined',
  title: 'The function writes its answers, its log and its traces, reads the secret or the table that it was given, and may do nothing else; readers invoke it with their own rights only',
  reason: 'The function sees originals: a right to write elsewhere would let them out, and one to read would let a reader have what he has no right to.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-security.html',
  rules: {},
  constructs: ['ObjectLambdaAccessPoint'],
  enforcedBy: 'property: the role of the function; no policy of the template gives that role more; no resource policy lets others invoke the function',
  remedy: 'give the function no further rights and no trigger: transform with a function of your own behind an ObjectLambdaAccessPoint if it needs more',
  appliesTo: facts => facts.ownFunction !== undefined,
  properties: ({ ownFunction }, view) => [
    property({ logicalId: ownFunction!.logicalId }, 'Properties.Role', view.resolve({ 'Fn::GetAtt': [ownFunction!.roleLogicalId, 'Arn'] })),
  ],
  inspect: view => [...furtherRights(view), ...invitations(view)],
};

function furtherRights(view: FunctionView): Finding[] {
  const role = String(view.resolve(view.facts.ownFunction!.roleLogicalId));
  const resource = view.resourceOf(role);
  const attached = Object.entries(POLICIES).flatMap(([type, names]) =>
    view.resourcesOfType(type).filter(policy => listOf(policy.resource.Properties?.[names]).some(name => meansRole(name, role, resource))));
  return [
    ...listOf(resource?.Properties?.ManagedPolicyArns).map((arn, index) => ({
      problem: `the managed policy ${JSON.stringify(arn)} is attached to the role of the function`,
      location: `Properties/ManagedPolicyArns/${index}`,
      logicalId: role,
    })),
    ...listOf(resource?.Properties?.Policies).flatMap((policy, index) =>
      excess(view, isObject(policy) ? policy.PolicyDocument : undefined, role, `Properties/Policies/${index}/PolicyDocument`)),
    ...attached.flatMap(({ logicalId, resource: { Properties } }) => excess(view, Properties?.PolicyDocument, logicalId, 'Properties/PolicyDocument')),
  ];
}

function meansRole(name: unknown, logicalId: string, resource: TemplateResource | undefined): boolean {
  const names = [{ Ref: logicalId }, resource?.Properties?.RoleName].filter(each => each !== undefined);
  return names.some(each => JSON.stringify(each) === JSON.stringify(name));
}

function excess(view: FunctionView, document: unknown, logicalId: string, location: string): Finding[] {
  const allowed = view.facts.ownFunction!.actions.map(action => action.toLowerCase());
  const statements = listOf(isObject(document) ? document.Statement : undefined).filter(isObject);
  return statements.flatMap((statement, index) => {
    const actions = listOf(statement.Action).map(String);
    const further = statement.NotAction === undefined ? actions.filter(action => !allowed.includes(action.toLowerCase())) : ['all but a few actions'];
    const isOnEverything = statement.NotResource !== undefined
      || (listOf(statement.Resource).some(resource => resource === '*') && !actions.every(action => WITHOUT_RESOURCE.test(action)));
    const problem = further.length > 0 ? `the function may do more: ${further.join(', ')}`
      : isOnEverything ? `the function may do ${actions.join(', ')} on every resource` : undefined;
    return statement.Effect !== 'Allow' || problem === undefined ? [] : [{ problem, location: `${location}/Statement/${index}`, logicalId }];
  });
}

function invitations(view: FunctionView): Finding[] {
  const id = String(view.resolve(view.facts.ownFunction!.logicalId));
  const names = [{ Ref: id }, { 'Fn::GetAtt': [id, 'Arn'] }, view.resourceOf(id)?.Properties?.FunctionName].filter(name => name !== undefined).map(name => JSON.stringify(name));
  return Object.entries(INVITATIONS).flatMap(([type, named]) => view.resourcesOfType(type)
    .filter(({ resource }) => names.includes(JSON.stringify(resource.Properties?.[named])))
    .map(({ logicalId }) => ({ problem: `'${logicalId}' (${type}) lets the function be invoked otherwise than through S3 Object Lambda`, location: `Properties/${named}`, logicalId })));
}
