import * as iam from 'aws-cdk-lib/aws-iam';

/** A role that is granted what a policy of its own holds: what waits for the role does not wait for that policy. */
export class PolicyOfRole implements iam.IPrincipal {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: iam.PrincipalPolicyFragment;
  public readonly principalAccount: string | undefined;

  constructor({ assumeRoleAction, policyFragment, principalAccount }: iam.IRole, private readonly policy: iam.Policy) {
    this.assumeRoleAction = assumeRoleAction;
    this.policyFragment = policyFragment;
    this.principalAccount = principalAccount;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }
}
