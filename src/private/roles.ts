import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ConfigurationError } from './errors';

/** Throws on a role that stands for many: an exemption is for the roles that somebody thought of. */
export function checkRoles(where: string, name: string, roles: iam.IRole[]): void {
  for (const { roleArn } of roles) {
    if (!Token.isUnresolved(roleArn) && /[*?]/.test(roleArn)) {
      throw new ConfigurationError(where, `'${roleArn}' in ${name} holds a wildcard`, 'name each role by its whole ARN');
    }
  }
}
