import { Lazy, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ExemptPrincipals } from '../guarantees/archive-facts';
import { ConfigurationError } from '../private/errors';
import { reachableArn } from '../private/reachable-arn';

/** Principals that a refusal of the bucket policy spares, as they come. */
export class ExemptList implements ExemptPrincipals {
  /** A lazy list, which `Lazy.any` would never read again. */
  readonly arns = Lazy.uncachedAny({ produce: () => [...this.members] });
  private readonly members: string[];

  constructor(members: string[]) {
    this.members = [...new Set(members)];
  }

  get count(): number {
    return this.members.length;
  }

  add(arn: string): void {
    if (!this.members.includes(arn)) {
      this.members.push(arn);
    }
  }
}

/** The ARN that a grantee has, if it has one. */
export function arnOf({ grantPrincipal }: iam.IGrantable): string | undefined {
  const principal = grantPrincipal as { roleArn?: string; userArn?: string; arn?: string };
  return principal.roleArn ?? principal.userArn ?? (principal instanceof iam.ArnPrincipal ? principal.arn : undefined);
}

/** What `aws:PrincipalArn` holds: of a session its role, whose ARN is another than that of the session, and never a group. */
const ROLE_OR_USER = /^arn:[^:*?]+:iam::\d{12}:(role|user)\/[^*?]+$/;

/** The ARN by which `aws:PrincipalArn` knows whoever gets a grant: that of a role or a user. */
export function principalArn(archive: IConstruct, grant: string, grantee: iam.IGrantable): string {
  const principal = grantee.grantPrincipal;
  const arn = arnOf(grantee);
  if (arn === undefined || principal instanceof iam.AccountPrincipal || !Token.isUnresolved(arn) && !ROLE_OR_USER.test(arn)) {
    throw new ConfigurationError(archive, `${grant} is for ${arn === undefined ? String(grantee.grantPrincipal) : `'${arn}'`}, which is neither a role nor a user`,
      'grant to each role or user by its whole ARN: the policy refuses everyone whom it does not name');
  }
  return reachableArn(archive, `${grant} is for`, principal, arn);
}
