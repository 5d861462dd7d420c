import { Lazy, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ExemptPrincipals } from '../guarantees/archive-facts';
import { ConfigurationError, Place } from '../private/errors';

/** Principals that a refusal of the bucket policy spares, as they come. */
export class ExemptList implements ExemptPrincipals {
  /** A lazy list. */
  readonly arns = Lazy.any({ produce: () => [...this.members] });
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

/** The ARN by which `aws:PrincipalArn` knows whoever gets a grant: that of a role or a user. */
export function principalArn(place: Place, grant: string, grantee: iam.IGrantable): string {
  const principal = grantee.grantPrincipal as { roleArn?: string; userArn?: string; arn?: string };
  const arn = principal.roleArn ?? principal.userArn ?? (principal instanceof iam.ArnPrincipal ? principal.arn : undefined);
  if (arn === undefined || principal instanceof iam.AccountPrincipal || (!Token.isUnresolved(arn) && (/[*?]|:root$/.test(arn) || !arn.startsWith('arn:')))) {
    throw new ConfigurationError(place, `${grant} is for ${arn === undefined ? String(grantee.grantPrincipal) : `'${arn}'`}, which is neither a role nor a user`,
      'grant to each role or user by its whole ARN: the policy refuses everyone whom it does not name');
  }
  return arn;
}
