import { CfnElement, CfnOutput, Duration, Fn, Lazy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessPointDelegation, BucketAccess } from './bucket-access';
import { checkCors } from './cors';
import { crossAccountPrincipal, grantKeyThroughS3 } from './cross-account';
import { executionRoleArn } from './deploy-roles';
import { Encryption } from './encryption';
import { encryptionProps } from './encryption-props';
import { ABORT_STALE_UPLOADS, addStatements, deletionPolicyOf, enforceGuarantees, HARDENED_PROPS } from './hardened-bucket';
import { helperRoleArns } from './helper-roles';
import { NetworkPerimeter } from './network-perimeter';
import { PresignedUrls } from './presigned-urls';
import { checkPropTypes } from './props-check';
import { checkSecureBucket, lifecycleWithMfaDelete } from './secure-bucket-check';
import { SecureBucketProps } from './secure-bucket-props';
import { TlsVersion } from './tls-version';
import { accessPointDelegation } from '../guarantees/access-point-delegation';
import { AccessPointsOnlyFacts, BucketFacts, DelegationFacts } from '../guarantees/facts';
import { networkPerimeter } from '../guarantees/network-perimeter';
import { OBJECT_LOCK_REPLACES } from '../guarantees/object-lock-enabled';
import { ConfigurationError, Place } from '../private/errors';
import { checkPrefix } from '../private/prefix';
import { reachableRoleArns } from '../private/reachable-arn';

/**
 * An S3 bucket that refuses what should be refused: an `s3.Bucket` with safe defaults that its policy enforces, and that are
 * checked again in the final template.
 *
 * Always: the four blocks of public access, no ACLs, TLS only, versioning, an end to uploads that never completed, and
 * `RETAIN` for the bucket, its policy and the keys it created. By default also: SSE-S3 and nothing else, TLS 1.2 or newer,
 * presigned URLs for one hour at most.
 *
 * It goes wherever an `IBucket` goes, and replacing `new s3.Bucket(this, 'Data')` with it keeps the logical id. The L2's own
 * methods keep working: grants, `addEventNotification` for SNS, SQS and Lambda, origins of CloudFront with origin access control.
 *
 * When an Aspect, a Mixin, a property injector or an override weakens the bucket, synthesis fails and says where. A person who
 * means it says so: `Validations.of(bucket).acknowledge({ id: 'SecureS3::versioned', reason: '...' })`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class SecureBucket extends s3.Bucket {
  /**
   * As `s3.Bucket.fromBucketArn`. What is imported is not secured: this library can neither check nor change its policy, and a
   * warning that can be acknowledged (`imported-bucket`) says so.
   */
  public static fromBucketArn(scope: Construct, id: string, bucketArn: string): s3.IBucket {
    return warnOfImport(s3.Bucket.fromBucketArn(scope, id, bucketArn));
  }

  /** As `s3.Bucket.fromBucketName`, with the warning of `fromBucketArn`. */
  public static fromBucketName(scope: Construct, id: string, bucketName: string): s3.IBucket {
    return warnOfImport(s3.Bucket.fromBucketName(scope, id, bucketName));
  }

  /** As `s3.Bucket.fromBucketAttributes`, with the warning of `fromBucketArn`. */
  public static fromBucketAttributes(scope: Construct, id: string, attrs: s3.BucketAttributes): s3.IBucket {
    return warnOfImport(s3.Bucket.fromBucketAttributes(scope, id, attrs));
  }

  /** The key of client-side encryption, with `Encryption.clientSide()`. */
  public readonly clientSideKey?: kms.IKey;

  private readonly nativeEventBridge: boolean;
  private readonly facts: BucketFacts;
  private readonly corsRules: s3.CorsRule[];
  /** Whom the policy trusts: accounts or ARNs of access points. */
  private readonly delegates = new Set<string>();
  private readonly delegation: DelegationFacts;
  /** Roles of the construct around this bucket, which no network and no access point leads to the bucket. */
  private readonly exemptRoleArns = new Set<string>();
  /** Of `directAccessRoles`, as a grantee gives them. */
  private directRoleArns: string[] = [];
  /** The VPCs that the data is confined to by VPC access points. */
  private readonly confiningVpcIds: string[] = [];

  /**
   * @throws if options contradict each other or S3: see each option
   */
  constructor(scope: Construct, id: string, props: SecureBucketProps = {}) {
    const place = { scope, id };
    checkPropTypes(place, props);
    const encryption = props.encryption ?? Encryption.s3Managed();
    checkSecureBucket(place, props, encryption);

    const { encryption: _encryption, ...passed } = props;
    super(scope, id, {
      ...passed,
      ...HARDENED_PROPS,
      ...encryptionProps(encryption),
      versioned: true,
      lifecycleRules: props.mfaDelete ? undefined : [...props.lifecycleRules ?? [], ABORT_STALE_UPLOADS],
      removalPolicy: props.removalPolicy,
    });

    this.corsRules = [...props.cors ?? []];
    const createdKeys: kms.Key[] = [];
    if (this.encryptionKey !== undefined && encryption._key === undefined) {
      createdKeys.push(this.encryptionKey as kms.Key);
      // The L2 lets only the keys of SSE-KMS rotate, not those of DSSE-KMS.
      (this.encryptionKey.node.defaultChild as kms.CfnKey).enableKeyRotation = true;
    }
    if (encryption._mode === 'clientSide') {
      this.clientSideKey = encryption._key ?? new kms.Key(this, 'ClientSideKey', {
        description: `Client-side encryption for ${this.node.path}`,
        enableKeyRotation: true,
      });
      if (encryption._key === undefined) {
        createdKeys.push(this.clientSideKey as kms.Key);
      }
    }

    this.nativeEventBridge = props.eventBridge ?? false;
    if (this.nativeEventBridge) {
      this.cfnBucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
    if (props.accessLogs !== undefined) {
      this.cfnBucket.loggingConfiguration = props.accessLogs._receiveFrom(this, place, props);
    }

    this.delegation = {
      to: props.accessPointDelegation === AccessPointDelegation.BY_ARN ? 'arn' : 'account',
      values: Lazy.uncachedAny({ produce: () => [...this.delegates] }),
    };
    this.facts = {
      construct: 'SecureBucket',
      encryption: {
        mode: encryption._mode,
        keyArn: this.encryptionKey?.keyArn,
        createdKeyLogicalIds: createdKeys.map(key => (key.node.defaultChild as CfnElement).logicalId),
      },
      requireEncryptionHeaders: props.requireEncryptionHeaders ?? false,
      minimumTlsVersion: (props.minimumTlsVersion ?? TlsVersion.TLS_1_2).value,
      presignedUrls: (props.presignedUrls ?? PresignedUrls.maxAge(Duration.hours(1)))._facts,
      mfaDelete: props.mfaDelete?._facts,
      network: props.network?._facts(this, Stack.of(this), () => this.sparedRoleArns()),
      organizationId: props.organizationId,
      accessLogs: props.accessLogs && { destinationBucketName: props.accessLogs.bucketName, prefix: props.accessLogsPrefix },
      ownerAccount: this.env.account,
      versioned: true,
      deletionPolicy: deletionPolicyOf(props.removalPolicy),
      accessPointsOnly: props.bucketAccess === BucketAccess.THROUGH_ACCESS_POINTS_ONLY ? this.accessPointsOnlyFacts(place, props) : undefined,
    };
    enforceGuarantees(this, this.facts, createdKeys, props.removalPolicy);

    if (props.mfaDelete !== undefined) {
      this.outputMfaDeleteCommand();
    }
    if (props.objectLockEnabled || props.objectLockDefaultRetention !== undefined) {
      Validations.of(this).addWarning('object-lock-replaces-bucket',
        `[${this.node.path}] If this bucket is deployed already, without Object Lock: ${OBJECT_LOCK_REPLACES}. Acknowledge this for a new bucket, or use ComplianceArchive`);
    }
  }

  /**
   * Adds a lifecycle rule.
   * @throws together with `mfaDelete`: S3 takes no lifecycle configuration on a bucket with MFA delete
   */
  public addLifecycleRule(rule: s3.LifecycleRule): void {
    // During construction of the L2 there are no facts yet; the rules of the props have been checked then.
    if (this.facts?.mfaDelete !== undefined) {
      throw lifecycleWithMfaDelete(this);
    }
    super.addLifecycleRule(rule);
  }

  /**
   * Adds a CORS rule.
   * @throws if no browser could match the rule, or any website could write: see `SecureBucketProps.cors`
   */
  public addCorsRule(rule: s3.CorsRule): void {
    // During construction of the L2 there is no list yet; the rules of the props have been checked then.
    if (this.corsRules !== undefined) {
      checkCors(this, [...this.corsRules, rule]);
      this.corsRules.push(rule);
    }
    super.addCorsRule(rule);
  }

  /**
   * Sends events to a topic, a queue or a function, as the L2 does.
   *
   * The custom resource behind it replaces the whole notification configuration of the bucket, so with `eventBridge` it takes
   * EventBridge over. A queue needs a KMS key of its own: with the bucket's key, the references run in a circle.
   */
  public addEventNotification(event: s3.EventType, dest: s3.IBucketNotificationDestination, ...filters: s3.NotificationKeyFilter[]): void {
    super.addEventNotification(event, dest, ...filters);
    if (this.nativeEventBridge) {
      this.enableEventBridgeNotification();
    }
  }

  /** Sends events to Amazon EventBridge by the custom resource of the L2. The option `eventBridge` does it without one. */
  public enableEventBridgeNotification(): void {
    super.enableEventBridgeNotification();
    this.cfnBucket.notificationConfiguration = undefined;
  }

  /**
   * Lets a principal of another account, or of an organization, read objects: `s3:GetObject`, `s3:GetObjectVersion` and, below
   * the prefix, `s3:ListBucket`. With SSE-KMS also `kms:Decrypt` with the key, through S3 only.
   *
   * The other account grants the same to its roles in their identity policies.
   *
   * @param accountOrOrg an account id of 12 digits, or an organization id (`o-...`)
   * @param prefix what the keys start with; everything by default
   * @throws if the id is neither, or another organization than `organizationId`, or the prefix holds a wildcard
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
   */
  public grantCrossAccountRead(accountOrOrg: string, prefix: string = ''): iam.Grant {
    checkPrefix(this, 'prefix', prefix);
    const grantee = crossAccountPrincipal(this, accountOrOrg, this.facts.organizationId);
    grantKeyThroughS3(this, grantee, ['kms:Decrypt']);
    return iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resourceArns: [this.arnForObjects(`${prefix}*`)],
      resource: this,
    }).combine(iam.Grant.addToPrincipalOrResource({
      grantee: prefix === '' ? grantee : grantee.withConditions({ StringLike: { 's3:prefix': `${prefix}*` } }),
      actions: ['s3:ListBucket'],
      resourceArns: [this.bucketArn],
      resource: this,
    }));
  }

  /**
   * Lets a principal of another account, or of an organization, write objects: `s3:PutObject` and `s3:AbortMultipartUpload`.
   * With SSE-KMS also `kms:GenerateDataKey`, and `kms:Decrypt` for multipart uploads, with the key and through S3 only.
   *
   * The account that owns the bucket owns the objects. Reading and deleting are not part of it.
   *
   * @param accountOrOrg an account id of 12 digits, or an organization id (`o-...`)
   * @param prefix what the keys start with; everything by default
   * @throws if the id is neither, or another organization than `organizationId`, or the prefix holds a wildcard
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
   */
  public grantCrossAccountWrite(accountOrOrg: string, prefix: string = ''): iam.Grant {
    checkPrefix(this, 'prefix', prefix);
    const grantee = crossAccountPrincipal(this, accountOrOrg, this.facts.organizationId);
    grantKeyThroughS3(this, grantee, ['kms:GenerateDataKey', 'kms:Decrypt']);
    return iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resourceArns: [this.arnForObjects(`${prefix}*`)],
      resource: this,
    });
  }

  /**
   * Lets a writer generate data keys for client-side encryption, and nothing else: no decryption, and no access to the bucket,
   * which `grantPut` gives.
   *
   * @throws unless the encryption is `Encryption.clientSide()`
   */
  public grantClientSideEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.clientSideKeyOrThrow().grant(grantee, 'kms:GenerateDataKey');
  }

  /**
   * Lets a reader decrypt data keys of client-side encryption, and nothing else: no new data keys, and no access to the bucket,
   * which `grantRead` gives.
   *
   * @throws unless the encryption is `Encryption.clientSide()`
   */
  public grantClientSideDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.clientSideKeyOrThrow().grant(grantee, 'kms:Decrypt');
  }

  /**
   * Leaves the decision about requests through an access point to the policy of that access point.
   * @internal
   */
  public _delegateTo(accessPoint: Place, accessPointArn: string | undefined, account: string): void {
    if (this.delegation.to === 'arn' && accessPointArn === undefined) {
      throw new ConfigurationError(accessPoint, `the bucket [${this.node.path}] names access points by ARN, and S3 makes up the ARN of a Multi-Region access point`,
        'create the bucket with accessPointDelegation: AccessPointDelegation.BY_ACCOUNT');
    }
    this.delegates.add(this.delegation.to === 'arn' ? accessPointArn! : account);
    if (this.facts.accessPoints === undefined) {
      this.facts.accessPoints = this.delegation;
      addStatements(this, accessPointDelegation, this.facts);
    }
  }

  /**
   * Refuses requests from outside a VPC, and from outside those of earlier calls.
   * @internal
   */
  public _confineToVpc(accessPoint: Place, vpcId: string): void {
    if (this.confiningVpcIds.length === 0) {
      if (this.facts.network !== undefined) {
        throw new ConfigurationError(accessPoint, `the bucket [${this.node.path}] has a network perimeter of its own`,
          'leave confineBucket out, and name the VPC in the vpcIds of its NetworkPerimeter');
      }
      const vpcIds = Lazy.uncachedList({ produce: () => this.confiningVpcIds });
      this.facts.network = NetworkPerimeter.of({ vpcIds })._facts(this, Stack.of(this), () => this.sparedRoleArns());
      addStatements(this, networkPerimeter, this.facts);
    }
    if (!this.confiningVpcIds.includes(vpcId)) {
      this.confiningVpcIds.push(vpcId);
    }
  }

  /**
   * How objects are encrypted, and which presigned URLs pass.
   * @internal
   */
  public get _requests(): Pick<BucketFacts, 'encryption' | 'presignedUrls'> {
    return this.facts;
  }

  /**
   * Whether requests have to come from named networks.
   * @internal
   */
  public get _networkPerimeter(): boolean {
    return this.facts.network !== undefined;
  }

  /**
   * Lets a role pass a network perimeter, and reach the data without an access point.
   * @internal
   */
  public _exempt(roleArn: string): void {
    this.exemptRoleArns.add(roleArn);
  }

  /**
   * Whether requests for data by a principal are refused unless they come through an access point.
   * @internal
   */
  public _refusesDirectly(principalArn: string | undefined): boolean {
    return this.facts.accessPointsOnly !== undefined
      && (principalArn === undefined || ![...this.directRoleArns, ...this.exemptRoleArns].includes(principalArn));
  }

  private accessPointsOnlyFacts(place: Place, { directAccessRoles = [] }: SecureBucketProps): AccessPointsOnlyFacts {
    const own = executionRoleArn(Stack.of(this));
    if (own === undefined && directAccessRoles.length === 0) {
      throw new ConfigurationError(place, 'bucketAccess THROUGH_ACCESS_POINTS_ONLY would lock out whoever deploys this stack, and its synthesizer names no role',
        'name the role that deploys the stack in directAccessRoles');
    }
    if (this.delegation.to === 'account') {
      this.delegates.add(this.env.account);
    } else {
      this.node.addValidation({
        validate: () => this.delegates.size > 0 ? [] : [
          `[${this.node.path}] bucketAccess is THROUGH_ACCESS_POINTS_ONLY but no access point was made for the bucket: create one with new AccessPoint(...)`,
        ],
      });
    }
    this.directRoleArns = directAccessRoles.map(role => role.roleArn);
    const roleArns = [...own === undefined ? [] : [own], ...reachableRoleArns(this, 'directAccessRoles', directAccessRoles)];
    return { ...this.delegation, exemptRoleArns: Lazy.uncachedAny({ produce: () => [...roleArns, ...this.sparedRoleArns()] }) };
  }

  private sparedRoleArns(): string[] {
    return [...helperRoleArns(this), ...this.exemptRoleArns];
  }

  private get cfnBucket(): s3.CfnBucket {
    return this.node.defaultChild as s3.CfnBucket;
  }

  private clientSideKeyOrThrow(): kms.IKey {
    if (this.clientSideKey === undefined) {
      throw new ConfigurationError(this, `the encryption is ${this.facts.encryption.mode}, which has no client-side key`,
        'create the bucket with encryption: Encryption.clientSide()');
    }
    return this.clientSideKey;
  }

  private outputMfaDeleteCommand(): void {
    const { partition, account } = Stack.of(this);
    new CfnOutput(this, 'EnableMfaDelete', {
      description: 'To be run once by the root user of the account, with the serial number of its MFA device and a current code',
      value: Fn.join('', [
        'aws s3api put-bucket-versioning --bucket ', this.bucketName,
        ' --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "arn:', partition, ':iam::', account, ':mfa/root-account-mfa-device 123456"',
      ]),
    });
  }
}

function warnOfImport(bucket: s3.IBucket): s3.IBucket {
  Validations.of(bucket).addWarning('imported-bucket',
    `[${bucket.node.path}] is an imported bucket: its policy is neither checked nor changed, and statements that grants add to it are dropped. `
    + 'Add them where the bucket is defined');
  return bucket;
}
