import { Intrinsics, Template } from './intrinsics';
import { PolicyDocument } from './simulator';

/** What a function lets whom do, as AddPermission writes it: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
export function functionPolicy(template: Template, functionArn: string, intrinsics: Intrinsics): PolicyDocument {
  const permissions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission')
    .map(({ Properties }) => intrinsics.resolve(Properties) as Record<string, unknown>);
  return {
    Version: '2012-10-17',
    Statement: permissions.filter(({ FunctionName }) => FunctionName === functionArn).map(statementOf),
  };
}

function statementOf(permission: Record<string, unknown>): Record<string, unknown> {
  const { Action, Principal, FunctionName, SourceArn, FunctionUrlAuthType, InvokedViaFunctionUrl } = permission;
  return {
    Effect: 'Allow',
    Principal: { Service: Principal },
    Action,
    Resource: FunctionName,
    Condition: {
      ...SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } },
      ...FunctionUrlAuthType === undefined ? {} : { StringEquals: { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } },
      ...InvokedViaFunctionUrl === undefined ? {} : { Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) } },
    },
  };
}
