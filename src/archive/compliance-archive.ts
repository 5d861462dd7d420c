import { Aspects, CfnElement, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ArchiveEvidence } from './archive-evidence';
import { lifecycleRules, needsRestore } from './archive-lifecycle';
import { checkArchiveProps } from './compliance-archive-check';
import { ComplianceArchiveProps } from './compliance-archive-props';
import { arnOf, ExemptList, principalArn } from './exempt-principals';
import { retentionDays } from './retention';
import { executionRoleArn } from '../bucket/deploy-roles';
import { Encryption } from '../bucket/encryption';
import { DECRYPT, ENCRYPT, grantBucketKey } from '../bucket/key-grant';
import { SecureBucket } from '../bucket/secure-bucket';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { warn } from '../checks/warning';
import { ArchiveFacts } from '../guarantees/archive-facts';
import { keyStatements } from '../guarantees/archive-key-kept';
import { guaranteesOf } from '../guarantees/catalogue';
import { ConfigurationError, pathOf } from '../private/errors';
import { ConditionalGrant, grantWithConditions } from '../private/grant';
import { checkPrefix } from '../private/prefix';
import { reachableRoleArns } from '../private/reachable-arn';

/** As many days as ten calendar years can have. */
const LONG_RETENTION_DAYS = 3653;

/**
 * A write-once archive: a `SecureBucket` whose objects nobody changes or deletes before their retention ends.
 *
 * - Object Lock from the creation of the bucket on, with a default retention for every new version, versioning, and SSE-KMS with a
 *   key of its own. Bucket, policy and key are kept when the stack is deleted, always.
 * - The policy refuses, whatever rights somebody has: a retention that is shorter than the minimum, longer than the maximum, in
 *   another mode or with an event hold; setting retentions, legal holds, bypassing governance mode and deleting objects, but for
 *   those who were granted it; changes of the bucket's settings, but for administrators and the deploy role; deleting the bucket.
 * - The grants are split so that nobody gets two rights by accident. The L2's own grants on `bucket` get no further:
 *   `bucket.grantWrite` holds rights to retentions, legal holds and deletion, and the policy refuses all three.
 * - With `BucketAccess.THROUGH_ACCESS_POINTS_ONLY`, the grants work for `directAccessRoles`; of others a warning that can be
 *   acknowledged (`archive-grant-refused`) says so. Let those read and write by grants on an `AccessPoint` of `bucket`.
 *
 * Not refused is writing and reading, where an identity policy allows it. Whoever may write can hide an object behind a new version of
 * the same key; the locked version stays. Tags and annotations of locked objects can be changed: a lock does not cover them.
 *
 * The root user of the account can always read, replace and delete the bucket policy, but not what compliance mode has locked. The
 * lock keeps the ciphertext: with a KMS key, an administrator of the archive or the deploy role could still make it unreadable, see
 * `ComplianceArchiveProps.encryption`.
 *
 * Enabling Object Lock on a bucket that exists replaces it: CloudFormation creates a new, empty bucket, and keeps or deletes the
 * old one by its removal policy. So an archive is a new bucket. For the objects of an old one, either copy them in with S3 Batch
 * Operations; or enable Object Lock on the old bucket with `aws s3api put-object-lock-configuration`, take it out of its stack with
 * `RemovalPolicy.RETAIN`, and bring it into the archive's with `cdk import`.
 *
 * Uploads need a checksum, as S3 asks of every upload to a bucket with a default retention; current SDKs and the AWS CLI send one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export class ComplianceArchive extends Construct {
  /** The bucket of the archive. */
  public readonly bucket: SecureBucket;

  /** The bucket of the daily inventory and of query results, with `evidence`. */
  public readonly evidenceBucket?: SecureBucket;

  /** The name of the Glue database of the inventory, with `evidence`. Its table is `object_locks`. */
  public readonly evidenceDatabaseName?: string;

  /** The name of the Athena workgroup with the saved queries, with `evidence`. */
  public readonly evidenceWorkGroupName?: string;

  private readonly facts: ArchiveFacts;
  private readonly retentionRoles = new ExemptList([]);
  private readonly legalHoldRoles = new ExemptList([]);
  private readonly bypassRoles = new ExemptList([]);
  private readonly deletionRoles: ExemptList;
  private readonly statements = new Map<string, iam.PolicyStatement>();
  private readonly readersRestore: boolean;
  private jobRole?: iam.Role;

  /**
   * @throws if the bounds leave no room for the default retention, a transition is one that S3 refuses or bills for nothing, objects
   *   would expire within their retention, nobody could deploy the stack again, or an administrator is a role of another stack
   *   without a name of its own
   */
  constructor(scope: Construct, id: string, props: ComplianceArchiveProps) {
    super(scope, id);
    checkArchiveProps(this, props);
    const { retention, administrators = [], transitions = [], encryption = Encryption.kms() } = props;
    const bounds = this.bounds(props);
    const administratorArns = reachableRoleArns(this, 'administrators', administrators);
    const settingsRoles = new ExemptList([...this.deployRoleArns(administratorArns), ...administratorArns]);
    this.deletionRoles = new ExemptList(administratorArns);
    this.readersRestore = needsRestore(transitions);

    const floorDays = Math.max(retention._days, bounds.maximumDays ?? 0);
    this.bucket = new SecureBucket(this, 'Bucket', {
      bucketName: props.bucketName,
      encryption,
      minimumTlsVersion: props.minimumTlsVersion,
      presignedUrls: props.presignedUrls,
      network: props.network,
      organizationId: props.organizationId,
      bucketAccess: props.bucketAccess,
      directAccessRoles: props.directAccessRoles,
      accessPointDelegation: props.accessPointDelegation,
      accessLogs: props.accessLogs,
      accessLogsPrefix: props.accessLogsPrefix,
      eventBridge: props.eventBridge,
      replicationRules: props.replicationRules,
      lifecycleRules: lifecycleRules(this, { transitions, floorDays, minimumDays: bounds.leastDays, expiration: props.expiration }),
    });
    const cfnBucket = this.bucket.node.defaultChild as s3.CfnBucket;
    cfnBucket.objectLockEnabled = true;
    cfnBucket.objectLockConfiguration = {
      objectLockEnabled: 'Enabled',
      rule: { defaultRetention: { mode: retention._mode, days: retention._days } },
    };

    const createdKeys = encryption._key === undefined
      ? [this.bucket.encryptionKey, this.bucket.clientSideKey].filter((key): key is kms.Key => key !== undefined) : [];
    const evidence = props.evidence ? new ArchiveEvidence(this, 'Evidence', { archive: this.bucket, props }) : undefined;
    this.evidenceBucket = evidence?.bucket;
    this.evidenceDatabaseName = evidence?.databaseName;
    this.evidenceWorkGroupName = evidence?.workGroupName;

    this.facts = {
      construct: 'ComplianceArchive',
      mode: retention._mode,
      retentionDays: retention._days,
      minimumDays: bounds.refusedBelowDays,
      maximumDays: bounds.maximumDays,
      expiryFloorDays: floorDays,
      settingsRoles,
      deletionRoles: this.deletionRoles,
      retentionRoles: this.retentionRoles,
      legalHoldRoles: this.legalHoldRoles,
      bypassRoles: this.bypassRoles,
      createdKeyLogicalIds: createdKeys.map(key => (key.node.defaultChild as CfnElement).logicalId),
      inventory: evidence?.inventory,
    };
    this.enforce(createdKeys);
    this.prepareReplication(props.replicationRules ?? []);
    this.warn(bounds.maximumDays === undefined, encryption);
  }

  /**
   * Lets someone write objects: `s3:PutObject` and `s3:AbortMultipartUpload`, and with the key what writing needs. The objects get the
   * default retention. Reading, deleting, retentions and legal holds are not part of it.
   *
   * @param prefix what the keys start with; everything by default
   * @throws if the prefix holds a wildcard
   */
  public grantArchive(grantee: iam.IGrantable, prefix: string = ''): iam.Grant {
    checkPrefix(this, 'prefix', prefix);
    this.warnOfAccessPoints('grantArchive', grantee);
    return this.withKey(this.grant(grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], [this.bucket.arnForObjects(`${prefix}*`)]), grantee, ENCRYPT);
  }

  /**
   * Lets someone read objects and their versions, list them, and see their locks. Where `transitions` moves objects to classes that
   * are not read at once, also `s3:RestoreObject`, which makes a copy of the object that is there for some days.
   *
   * @param prefix what the keys start with; everything by default
   * @throws if the prefix holds a wildcard
   */
  public grantRead(grantee: iam.IGrantable, prefix: string = ''): iam.Grant {
    checkPrefix(this, 'prefix', prefix);
    this.warnOfAccessPoints('grantRead', grantee);
    const below = prefix === '' ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } };
    const objects = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention', 's3:GetObjectLegalHold', ...this.readersRestore ? ['s3:RestoreObject'] : []];
    return this.withKey(this.grant(grantee, objects, [this.bucket.arnForObjects(`${prefix}*`)]), grantee, DECRYPT)
      .combine(this.grant(grantee, ['s3:ListBucket', 's3:ListBucketVersions'], [this.bucket.bucketArn], below));
  }

  /**
   * Lets a role or a user place and remove legal holds: S3 knows one right for both. A hold keeps a version also after its retention.
   * Reading, writing and retentions are not part of it.
   *
   * @throws if the grantee is neither a role nor a user, or one of another stack without a name of its own
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-legal-holds
   */
  public grantLegalHold(grantee: iam.IGrantable): iam.Grant {
    this.spare(this.lockRight('grantLegalHold', grantee), this.legalHoldRoles, 'LegalHold', 'LegalHoldOnWrite');
    return this.grantLocks(grantee, ['s3:PutObjectLegalHold', 's3:GetObjectLegalHold']);
  }

  /**
   * Lets a role or a user extend retentions up to the maximum, and, if it may write as well, set them within the bounds. S3 refuses to
   * shorten one, in governance mode unless it is bypassed. In compliance mode each extension is final.
   *
   * @throws if the grantee is neither a role nor a user, or one of another stack without a name of its own
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-retention-periods
   */
  public grantExtendRetention(grantee: iam.IGrantable): iam.Grant {
    this.spare(this.lockRight('grantExtendRetention', grantee), this.retentionRoles, 'RetentionConfined', 'RetentionOnWrite');
    return this.grantLocks(grantee, ['s3:PutObjectRetention', 's3:GetObjectRetention']);
  }

  /**
   * Lets a role or a user bypass governance mode: delete locked versions, and shorten or remove their retention. Requests have to
   * say so with `x-amz-bypass-governance-retention`, which the S3 console does by itself. Legal holds stay.
   *
   * @throws in compliance mode, which nobody bypasses; and if the grantee is neither a role nor a user, or one of another stack
   *   without a name of its own
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass
   */
  public grantBypassGovernance(grantee: iam.IGrantable): iam.Grant {
    if (this.facts.mode === 'COMPLIANCE') {
      throw new ConfigurationError(this, 'grantBypassGovernance is called, and the archive is in compliance mode, which nobody bypasses',
        'leave the grant out, or create the archive with Retention.governance(...) as long as you may have to delete');
    }
    const arn = this.lockRight('grantBypassGovernance', grantee);
    this.spare(arn, this.bypassRoles, 'GovernanceBypass');
    this.spare(arn, this.retentionRoles, 'RetentionConfined', 'RetentionOnWrite');
    this.spare(arn, this.deletionRoles, 'Deletion');
    return this.grantLocks(grantee, ['s3:BypassGovernanceRetention', 's3:DeleteObjectVersion', 's3:PutObjectRetention', 's3:GetObjectRetention']);
  }

  /**
   * The role with which S3 Batch Operations places and removes legal holds, on up to billions of objects; created when it is first
   * asked for. Whoever creates a job needs `s3:CreateJob` and `iam:PassRole` for it.
   *
   * It may place holds and nothing else: let it also read the manifest of the job, and write its report, in the buckets where
   * they are. Jobs come from no network of yours and through no access point, so the role passes `network` and
   * `BucketAccess.THROUGH_ACCESS_POINTS_ONLY`.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-legal-hold.html
   */
  public get legalHoldJobRole(): iam.IRole {
    if (this.jobRole === undefined) {
      this.jobRole = new iam.Role(this, 'LegalHoldJobRole', {
        description: `S3 Batch Operations: legal holds in ${this.node.path}`,
        assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com'),
      });
      this.bucket._exempt(this.jobRole.roleArn);
      this.grantLegalHold(this.jobRole);
    }
    return this.jobRole;
  }

  private bounds({ retention, ...props }: ComplianceArchiveProps): { leastDays: number; refusedBelowDays: number; maximumDays?: number } {
    const minimum = props.minimumRetention && retentionDays(pathOf(this), 'minimumRetention', props.minimumRetention);
    const maximumDays = props.maximumRetention && retentionDays(pathOf(this), 'maximumRetention', props.maximumRetention);
    if (minimum !== undefined && minimum > retention._days) {
      throw new ConfigurationError(this, `minimumRetention is ${minimum} days, and the default retention ${retention._days}`,
        'give a minimum that the default retention keeps');
    }
    if (maximumDays !== undefined && maximumDays < retention._days) {
      throw new ConfigurationError(this, `maximumRetention is ${maximumDays} days, and the default retention ${retention._days}`,
        'give a maximum that the default retention keeps');
    }
    const leastDays = minimum ?? retention._leastDays;
    // Of a date that is exactly so many days ahead, one whole day less remains when the request arrives.
    return { leastDays, refusedBelowDays: Math.max(leastDays - 1, 1), maximumDays };
  }

  private deployRoleArns(administratorArns: string[]): string[] {
    const own = executionRoleArn(Stack.of(this));
    if (own === undefined && administratorArns.length === 0) {
      throw new ConfigurationError(this, 'the archive would lock out whoever deploys this stack, and its synthesizer names no role',
        'name the role that deploys the stack in administrators');
    }
    return own === undefined ? [] : [own];
  }

  private enforce(createdKeys: kms.Key[]): void {
    const arns = { own: this.bucket.bucketArn, objects: this.bucket.arnForObjects('*') };
    for (const json of guaranteesOf(this.facts).flatMap(guarantee => guarantee.statements?.(this.facts, arns) ?? [])) {
      const statement = iam.PolicyStatement.fromJson(json);
      this.bucket.addToResourcePolicy(statement);
      this.statements.set(json.Sid, statement);
    }
    createdKeys.forEach(key => keyStatements(this.facts).forEach(json => key.addToResourcePolicy(iam.PolicyStatement.fromJson(json))));
    SecureS3Plugin.register({ construct: this.bucket, facts: this.facts });
  }

  private lockRight(grant: string, grantee: iam.IGrantable): string {
    const arn = principalArn(this, grant, grantee);
    this.warnOfAccessPoints(grant, grantee);
    return arn;
  }

  /** No error, since the right is needed as well where the policy of an access point allows the same. */
  private warnOfAccessPoints(grant: string, grantee: iam.IGrantable): void {
    if (this.bucket._refusesDirectly(arnOf(grantee))) {
      const who = Construct.isConstruct(grantee.grantPrincipal) ? `[${grantee.grantPrincipal.node.path}]` : String(grantee.grantPrincipal);
      warn(this, 'archive-grant-refused', `[${this.node.path}] ${grant} is for ${who}, and bucketAccess is THROUGH_ACCESS_POINTS_ONLY: the bucket refuses its requests, unless they come `
        + 'through an access point whose policy allows them. Grant on an AccessPoint of the archive\'s bucket, or name the role in directAccessRoles');
    }
  }

  /** Takes a principal out of statements of the policy. */
  private spare(arn: string, list: ExemptList, ...sids: string[]): void {
    if (list.count === 0) {
      const statements = sids.map(sid => this.statements.get(sid)!);
      if (statements.some(({ frozen }) => frozen)) {
        throw new ConfigurationError(this, `the first grant that spares a principal from the statement ${sids[0]} comes after the bucket policy was resolved`,
          'make the grant before anything reads the policy: stack.resolve, Template.fromStack or the synthesis');
      }
      statements.forEach(statement => statement.addConditions({ ArnNotLike: { 'aws:PrincipalArn': list.arns } }));
    }
    list.add(arn);
  }

  /** What the L2 leaves out: the copies take their locks along, and the key may be one that the L2 did not get but made. */
  private prepareReplication(rules: s3.ReplicationRule[]): void {
    if (rules.length === 0) {
      return;
    }
    const role = this.bucket.node.tryFindChild('ReplicationRole') as iam.Role;
    role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'],
      resources: [this.bucket.arnForObjects('*')],
    }));
    if (this.bucket.encryptionKey !== undefined) {
      if (rules.some(rule => !rule.sseKmsEncryptedObjects)) {
        throw new ConfigurationError(this, 'a replication rule leaves out objects under KMS keys, and the objects of this archive are under one',
          'set sseKmsEncryptedObjects: true and the kmsKey of the copies, or say encryption: Encryption.s3Managed()');
      }
      grantBucketKey(this, this.bucket, role, DECRYPT);
    }
  }

  private grant(grantee: iam.IGrantable, actions: string[], resourceArns: string[], conditions?: ConditionalGrant['conditions']): iam.Grant {
    return grantWithConditions({ grantee, actions, resourceArns, resource: this.bucket, conditions, refused: () => undefined });
  }

  /** S3 Batch Operations asks for the lock configuration of the bucket before it starts. */
  private grantLocks(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return this.grant(grantee, actions, [this.bucket.arnForObjects('*')])
      .combine(this.grant(grantee, ['s3:GetBucketObjectLockConfiguration'], [this.bucket.bucketArn]));
  }

  private withKey(grant: iam.Grant, grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const keyGrant = grantBucketKey(this, this.bucket, grantee, actions);
    return keyGrant === undefined ? grant : grant.combine(keyGrant);
  }

  private warn(unboundedMaximum: boolean, encryption: Encryption): void {
    const { mode, retentionDays: days } = this.facts;
    const tell = (id: string, text: string) => warn(this, id, `[${this.node.path}] ${text}`);
    if (mode === 'COMPLIANCE' && days > LONG_RETENTION_DAYS) {
      tell('archive-long-retention', `the default retention is ${days} days in compliance mode. What is written, also by mistake, cannot be deleted by anyone, `
        + 'and is paid for, until then; closing the account is the only way out. Try it with Retention.governance(...) first');
    }
    if (unboundedMaximum) {
      tell('archive-maximum-unbounded', 'there is no maximumRetention, so who may set retentions can lock objects for up to 36500 days. '
        + (mode === 'COMPLIANCE' ? 'In compliance mode nobody can undo that' : 'Only who may bypass governance mode can undo that') + '. Set maximumRetention');
    }
    if (encryption._key !== undefined) {
      tell('archive-key-unconfined', 'the key is your own, and its policy is not touched. Whoever may delete it can delete every object with it, also those that are locked, '
        + 'and that cannot be undone after the waiting period. Refuse kms:ScheduleKeyDeletion, kms:DisableKey and kms:PutKeyPolicy in its policy');
    }
    Aspects.of(this).add({
      visit: node => {
        if (node === this && !isTerminationProtected(Stack.of(this))) {
          tell('archive-stack-unprotected', 'the stack has no termination protection. When it is deleted, bucket, policy and key stay behind, but locked objects can only be left to run out: '
            + `neither the bucket nor its ${mode === 'COMPLIANCE' ? '' : 'locked '}objects can be deleted with it, and no stack manages them any more. Set terminationProtection: true`);
        }
      },
    });
  }
}

function isTerminationProtected(stack: Stack): boolean {
  return stack.nestedStackParent === undefined ? stack.terminationProtection : isTerminationProtected(stack.nestedStackParent);
}
