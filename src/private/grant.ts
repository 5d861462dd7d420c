import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ConfigurationError } from './errors';

/** A construct with a policy of its own. */
type Guarded = iam.IResourceWithPolicyV2 & IConstruct;

export interface ConditionalGrant extends iam.GrantWithResourceOptions {
  readonly resource: Guarded;
  readonly conditions?: Record<string, Record<string, unknown>>;
  /** Called with the statement that was needed, if the policy of the resource cannot be changed here. */
  readonly refused: (statement: iam.PolicyStatement) => void;
}

/** As `Grant.addToPrincipalOrResource`, which leaves conditions out of the statement for the resource, and drops it silently. */
export function grantWithConditions({ grantee, refused, ...options }: ConditionalGrant): iam.Grant {
  const resource: iam.IResourceWithPolicy = Object.create(options.resource, {
    addToResourcePolicy: {
      value: (statement: iam.PolicyStatement) => {
        const result = options.resource.addToResourcePolicy(statement);
        if (!result.statementAdded) {
          refused(statement);
        }
        return result;
      },
    },
  });
  const { grantPrincipal } = grantee;
  const named = principalOfOtherAccount(grantPrincipal, options.resource);
  return named === undefined
    ? iam.Grant.addToPrincipalOrResource({ ...options, resource, grantee: { grantPrincipal: conditioned(grantPrincipal, options.conditions) } })
    : iam.Grant.addToPrincipalAndResource({ ...options, resource, grantee, resourcePolicyPrincipal: conditioned(named, options.conditions) });
}

function conditioned(principal: iam.IPrincipal, conditions: iam.Conditions | undefined): iam.IPrincipal {
  return conditions === undefined ? principal : new iam.PrincipalWithConditions(principal, conditions);
}

/**
 * IAM refuses a resource policy whose principal does not exist yet, and the stack of a role in another account may have to come
 * after that of the resource. Its account exists, and a condition may name what is to come.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function principalOfOtherAccount(principal: iam.IPrincipal, resource: Guarded): iam.IPrincipal | undefined {
  const arn = principal instanceof iam.Role ? principal.roleArn : principal instanceof iam.User ? principal.userArn : undefined;
  const account = principal.principalAccount;
  if (arn === undefined || account === undefined || Token.compareStrings(account, resource.env.account) !== TokenComparison.DIFFERENT) {
    return undefined;
  }
  checkNamed(principal as iam.Role | iam.User, arn, resource);
  return new iam.PrincipalWithConditions(new iam.AccountPrincipal(account), { ArnEquals: { 'aws:PrincipalArn': arn } });
}

/** CDK throws where it could not name the principal, in words of its own. */
function checkNamed(principal: iam.Role | iam.User, arn: string, resource: Guarded): void {
  try {
    Stack.of(resource).resolve(arn);
  } catch {
    const [what, name] = principal instanceof iam.Role ? ['role', 'roleName'] : ['user', 'userName'];
    throw new ConfigurationError(principal, `the policy of [${resource.node.path}] in account ${resource.env.account} has to name the ${what}, which has no name of its own`,
      `give the ${what} a ${name}`);
  }
}
