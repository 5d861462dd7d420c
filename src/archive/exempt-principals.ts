import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { ExemptPrincipals } from '../guarantees/archive-facts';
import { ConfigurationError } from '../private/errors';

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

/** The ARN that a grantee has, if it has one. */
export function arnOf({ grantPrincipal }: iam.IGrantable): string | undefined {
  const principal = grantPrincipal as { roleArn?: string; userArn?: string; arn?: string };
  return principal.roleArn ?? principal.userArn ?? (principal instanceof iam.ArnPrincipal ? principal.arn : undefined);
}

/** The ARN by which `aws:PrincipalArn` knows whoever gets a grant: that of a role or a user. */
export function principalArn(archive: IConstruct, grant: string, grantee: iam.IGrantable): string {
  const principal = grantee.grantPrincipal;
  const arn = arnOf(grantee);
  if (arn === undefined || principal instanceof iam.AccountPrincipal || (!Token.isUnresolved(arn) && (/[*?]|:root$/.test(arn) || !arn.startsWith('arn:')))) {
    throw new ConfigurationError(archive, `${grant} is for ${arn === undefined ? String(grantee.grantPrincipal) : `'${arn}'`}, which is neither a role nor a user`,
      'grant to each role or user by its whole ARN: the policy refuses everyone whom it does not name');
  }
  return Construct.isConstruct(principal) && !isInReach(principal, archive) ? arnByName(archive, grant, principal) ?? arn : arn;
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

/** The rights of the grantee name the bucket, so the bucket policy has to name the grantee without a reference. Undefined for imported ones. */
function arnByName(archive: IConstruct, grant: string, principal: IConstruct): string | undefined {
  const resource = principal.node.defaultChild;
  if (!(resource instanceof iam.CfnRole || resource instanceof iam.CfnUser)) {
    return undefined;
  }
  const [kind, name] = resource instanceof iam.CfnRole ? ['role', resource.roleName] : ['user', resource.userName];
  if (name === undefined || Token.isUnresolved(name)) {
    throw new ConfigurationError(archive, `${grant} is for [${principal.node.path}], which is in another stack and has no name of its own, so that the two stacks would refer to each other`,
      `give it a ${kind}Name, or create it in the stack of the archive`);
  }
  return Stack.of(principal).formatArn({ service: 'iam', region: '', resource: kind, resourceName: `${(resource.path ?? '/').slice(1)}${name}` });
}
