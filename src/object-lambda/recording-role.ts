import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A role that knows what was granted to it. An `iam.Grant` does not always: where a resource may be of another account, as an imported one is to
 * a stack that knows no account, it holds what the policy of the resource was given in place of what the role was.
 */
export class RecordingRole extends iam.Role {
  private given: iam.PolicyStatement[] | undefined;

  /** The statements that its policy is given meanwhile. */
  public givenBy(grant: () => void): iam.PolicyStatement[] {
    const given: iam.PolicyStatement[] = [];
    this.given = given;
    grant();
    this.given = undefined;
    return given;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.given?.push(statement);
    return super.addToPrincipalPolicy(statement);
  }
}
