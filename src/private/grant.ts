import * as iam from 'aws-cdk-lib/aws-iam';

export interface ConditionalGrant extends iam.GrantWithResourceOptions {
  readonly conditions?: Record<string, Record<string, unknown>>;
  /** Called with the statement that was needed, if the policy of the resource cannot be changed here. */
  readonly refused: (statement: iam.PolicyStatement) => void;
}

/** As `Grant.addToPrincipalOrResource`, which leaves conditions out of the statement for the resource, and drops it silently. */
export function grantWithConditions({ grantee: { grantPrincipal }, refused, ...options }: ConditionalGrant): iam.Grant {
  const { conditions } = options;
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
  return iam.Grant.addToPrincipalOrResource({
    ...options,
    resource,
    grantee: { grantPrincipal: conditions === undefined ? grantPrincipal : new iam.PrincipalWithConditions(grantPrincipal, conditions) },
  });
}
