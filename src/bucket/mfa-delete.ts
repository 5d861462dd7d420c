import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MfaDeleteFacts } from '../guarantees/facts';
import { ConfigurationError } from '../private/errors';
import { checkRoles } from '../private/roles';

/** What `aws:MultiFactorAuthAge` can reach: temporary credentials with MFA live 36 hours at most. */
const LONGEST = Duration.hours(36);

/** How `MfaDelete.required` judges. */
export interface MfaDeleteOptions {
  /** The longest time since the person authenticated with MFA, from 1 second to 36 hours; in the policy it stands in seconds. */
  readonly maxAge: Duration;

  /**
   * Roles that may delete versions and change versioning without MFA, such as a deploy role: roles that services assume
   * never have MFA. CloudFormation's execution role needs to be here if a later deployment changes the versioning.
   *
   * @default - nobody
   */
  readonly exemptPrincipals?: iam.IRole[];
}

/**
 * Asks for a recent multi-factor authentication (MFA) before versions are deleted or versioning is changed.
 *
 * The bucket policy refuses `s3:DeleteObjectVersion`, `s3:PutBucketVersioning` and, since a lifecycle rule deletes versions as
 * well, `s3:PutLifecycleConfiguration` without it. Deleting without a version id, which only adds a delete marker, stays as it is.
 *
 * The policy works from the first deployment, for whoever may not change the bucket policy: who may can lift it, without MFA.
 * MFA delete itself, the setting of the bucket, has no such way around. It can be switched on by the root user only and never by
 * CloudFormation: the construct gives the command as the output `EnableMfaDelete`,
 * `aws s3api put-bucket-versioning --bucket NAME --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"`.
 * S3 supports no lifecycle configuration on a bucket with MFA delete, so lifecycle rules are refused, and the rule that aborts
 * stale uploads is left out.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
 */
export class MfaDelete {
  /**
   * @throws if `maxAge` is under 1 second or over 36 hours, or an exempt role holds a wildcard
   */
  public static required(options: MfaDeleteOptions): MfaDelete {
    const seconds = options.maxAge.toSeconds({ integral: false });
    if (!(seconds >= 1 && seconds <= LONGEST.toSeconds())) {
      throw new ConfigurationError('MfaDelete.required', `maxAge is ${options.maxAge.toHumanString()}`,
        'choose from 1 second to 36 hours, the longest that credentials with MFA live');
    }
    checkRoles('MfaDelete.required', 'exemptPrincipals', options.exemptPrincipals ?? []);
    return new MfaDelete({
      maxAgeSeconds: Math.floor(seconds),
      exemptPrincipalArns: (options.exemptPrincipals ?? []).map(role => role.roleArn),
    });
  }

  /** @internal */
  public readonly _facts: MfaDeleteFacts;

  private constructor(facts: MfaDeleteFacts) {
    this._facts = facts;
  }
}
