import { join } from 'path';
import { ArnFormat, CustomResource, Duration, Lazy, RemovalPolicy, Resource, Token, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { VaultProperties } from './locked-glacier-vault-contract';
import { vaultLockStatements } from './locked-glacier-vault-policy';
import { LockedGlacierVaultProps } from './locked-glacier-vault-props';
import { ConfigurationError } from '../private/errors';
import { deployedBytes } from '../private/policy-size';

const VAULT_NAME = /^[a-zA-Z0-9_.-]{1,255}$/;

/** https://docs.aws.amazon.com/amazonglacier/latest/dev/api-SetVaultAccessPolicy.html */
const MAXIMUM_POLICY_BYTES = 20 * 1024;

/** One run of the function; Lambda makes three of one that fails, one and two minutes apart. */
const TIMEOUT = Duration.minutes(5);
const SERVICE_TIMEOUT = Duration.minutes(20);

const UPLOADS = [
  'glacier:UploadArchive', 'glacier:InitiateMultipartUpload', 'glacier:UploadMultipartPart', 'glacier:CompleteMultipartUpload',
  'glacier:AbortMultipartUpload', 'glacier:ListMultipartUploads', 'glacier:ListParts',
];
const READS = ['glacier:InitiateJob', 'glacier:DescribeJob', 'glacier:GetJobOutput', 'glacier:ListJobs', 'glacier:DescribeVault'];

/**
 * A vault of Amazon S3 Glacier whose archives nobody deletes before their retention ends, for accounts that still use vaults.
 *
 * AWS takes no new customers of Glacier vaults since December 15, 2025. In an account that has none, and for everything new, use
 * `ComplianceArchive`: a bucket with Object Lock, in the storage classes of S3 Glacier.
 *
 * CloudFormation has no type for vaults, so a custom resource creates the vault, sets its access policy and initiates the vault
 * lock: a policy that denies everyone, the root user included, `glacier:DeleteArchive` of archives younger than `retention`. A
 * second deployment, with `completeLock: true` and within 24 hours, makes this policy unchangeable.
 *
 * A locked vault is never deleted, whatever becomes of the stack. One whose lock is not complete is retained by default. The lock
 * id waits in the tag `cdk-secure-s3:vault-lock-id` of the vault; the tag may be removed once the lock is complete.
 *
 * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock.html
 */
export class LockedGlacierVault extends Resource implements iam.IResourceWithPolicyV2 {
  /** The name of the vault. */
  public readonly vaultName: string;

  /** The ARN of the vault. */
  public readonly vaultArn: string;

  private readonly accessPolicy = new iam.PolicyDocument();

  /**
   * @throws if `vaultName` is out of form or not known at synthesis, `retention` is not at least one whole day, `lockAttempt` is not a
   * positive whole number, `removalPolicy` is neither `RETAIN` nor `DESTROY`, or the access policy allows everyone without a condition;
   * at synthesis, if the access policy has more than 20 KB, or a statement without actions or principals
   */
  constructor(scope: Construct, id: string, props: LockedGlacierVaultProps) {
    super(scope, id);
    const days = this.checkProps(props);
    this.vaultName = props.vaultName;
    this.vaultArn = this.stack.formatArn({ service: 'glacier', resource: 'vaults', resourceName: props.vaultName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    props.accessPolicy?.forEach(statement => this.addToResourcePolicy(statement));
    this.deploy(props, days);

    Validations.of(this).addWarning('glacier-vaults-closed',
      `[${this.node.path}] AWS takes no new customers of Glacier vaults since December 15, 2025, and its deployment fails in an account that has none: `
      + 'use ComplianceArchive for new archives');
    if (props.completeLock) {
      Validations.of(this).addWarning('vault-lock-irreversible',
        `[${this.node.path}] completeLock makes the lock of vault ${props.vaultName} permanent: no archive can be deleted before it is ${days} days old, `
        + 'by nobody, and neither the retention nor the lock can be taken back');
    }
    this.node.addValidation({ validate: () => this.checkAccessPolicy() });
  }

  /**
   * Adds a statement to the vault access policy. A statement without resources is about this vault.
   *
   * @throws if the statement allows everyone without a condition
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    const ofVault = statement.resources.length + statement.notResources.length > 0 ? statement : statement.copy({ resources: [this.vaultArn] });
    const { Effect, Principal, Condition } = this.stack.resolve(ofVault.toStatementJson());
    if (Effect === 'Allow' && Condition === undefined && [Principal, ...[Principal?.AWS].flat()].includes('*')) {
      throw new ConfigurationError(this, 'the access policy allows everyone on the internet', 'name the principals, or add a condition that confines them');
    }
    this.accessPolicy.addStatements(ofVault);
    return { statementAdded: true, policyDependable: this };
  }

  /**
   * Lets a principal upload archives, at once or in parts. Not delete them. A principal of another account is named in the vault
   * access policy, too.
   */
  public grantUpload(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, UPLOADS);
  }

  /** Lets a principal retrieve archives and inventories, by jobs. A principal of another account is named in the vault access policy, too. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, READS);
  }

  private grant(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipalOrResource({ grantee, actions, resourceArns: [this.vaultArn], resource: this });
  }

  private checkProps({ vaultName, retention, lockAttempt = 1, removalPolicy }: LockedGlacierVaultProps): number {
    if (Token.isUnresolved(vaultName) || !VAULT_NAME.test(vaultName)) {
      throw new ConfigurationError(this, `vaultName is "${vaultName}"`, 'give 1 to 255 of the characters a-z, A-Z, 0-9, "_", "-" and ".", known at synthesis');
    }
    const days = retention.isUnresolved() ? NaN : retention.toDays({ integral: false });
    if (!Number.isInteger(days) || days < 1) {
      throw new ConfigurationError(this, `retention is ${retention.toHumanString()}`, 'Glacier counts the age of archives in whole days: give at least Duration.days(1)');
    }
    if (!Number.isSafeInteger(lockAttempt) || lockAttempt < 1) {
      throw new ConfigurationError(this, `lockAttempt is ${lockAttempt}`, 'count the attempts: 1, 2, 3');
    }
    if (![undefined, RemovalPolicy.RETAIN, RemovalPolicy.DESTROY].includes(removalPolicy)) {
      throw new ConfigurationError(this, `removalPolicy is ${removalPolicy}`, 'give RemovalPolicy.RETAIN or RemovalPolicy.DESTROY');
    }
    return days;
  }

  /**
   * The custom resource and its function, which may do nothing but what this vault needs. Their ids hold the name of the vault: with
   * another name CloudFormation makes new ones, and the old vault is left by the old function, which is the one that may.
   */
  private deploy(props: LockedGlacierVaultProps, days: number): void {
    const parts = new Construct(this, props.vaultName);
    // What was locked, and what stayed when the stack was deleted, remains on record for a year.
    const logGroup = new logs.LogGroup(parts, 'Logs', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
    const role = new iam.Role(parts, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const isDestroyed = props.removalPolicy === RemovalPolicy.DESTROY;
    role.addToPolicy(new iam.PolicyStatement({
      actions: [
        'glacier:CreateVault', 'glacier:SetVaultAccessPolicy', 'glacier:DeleteVaultAccessPolicy',
        'glacier:GetVaultLock', 'glacier:InitiateVaultLock', 'glacier:AbortVaultLock', 'glacier:AddTagsToVault', 'glacier:ListTagsForVault',
        ...props.completeLock ? ['glacier:CompleteVaultLock'] : [],
        ...isDestroyed ? ['glacier:DeleteVault'] : [],
      ],
      resources: [this.vaultArn],
    }));
    const handler = new lambda.Function(parts, 'Handler', {
      description: `Creates and locks the Glacier vault ${props.vaultName}`.slice(0, 256),
      runtime: lambda.Runtime.NODEJS_24_X,
      code: lambda.Code.fromAsset(join(__dirname, '..', '..', 'assets', 'locked-glacier-vault')),
      handler: 'index.handler',
      memorySize: 256,
      timeout: TIMEOUT,
      role,
      logGroup,
    });
    const properties: VaultProperties = {
      VaultName: props.vaultName,
      LockPolicy: this.stack.toJsonString({ Version: '2012-10-17', Statement: vaultLockStatements(this.vaultArn, days, props.legalHold ?? false) }),
      AccessPolicy: Lazy.uncachedString({ produce: () => this.accessPolicy.isEmpty ? undefined : this.stack.toJsonString(this.accessPolicy) }),
      CompleteLock: props.completeLock ? 'true' : 'false',
      LockAttempt: String(props.lockAttempt ?? 1),
      RemovalPolicy: isDestroyed ? 'destroy' : 'retain',
    };
    new CustomResource(parts, 'Resource', {
      resourceType: 'Custom::LockedGlacierVault',
      serviceToken: handler.functionArn,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
  }

  private checkAccessPolicy(): string[] {
    const bytes = this.accessPolicy.isEmpty ? 0 : deployedBytes(this.stack.resolve(this.accessPolicy));
    return [
      ...this.accessPolicy.validateForResourcePolicy()
        .map(problem => new ConfigurationError(this, 'the access policy is not complete', problem).message),
      ...bytes <= MAXIMUM_POLICY_BYTES ? [] : [new ConfigurationError(this, `the access policy has about ${bytes} bytes of ${MAXIMUM_POLICY_BYTES}`,
        'name fewer principals, or use identity policies').message],
    ];
  }
}
