import { IResource, Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { grantedPrefixes } from './prefixes';
import { DECRYPT, ENCRYPT, grantBucketKey } from '../bucket/key-grant';
import { warn } from '../checks/warning';
import { ConfigurationError } from '../private/errors';
import { isPublic } from '../private/everyone';
import { grantWithConditions } from '../private/grant';
import { checkPrefix } from '../private/prefix';
import { isService, onBehalfOfAccount } from '../private/service-principal';

/**
 * An access point for Amazon S3: a way to one bucket with a policy of its own.
 *
 * Grants give what is needed and no more: a statement in the policy of the grantee if it has one in the same account, in the
 * policy of the access point otherwise, both for roles of other accounts; and the use of the bucket's key, through S3 only. That
 * the bucket lets the requests through is done when the access point is made.
 *
 * Grants to an AWS service itself are for requests on behalf of the account of this stack (`aws:SourceAccount`), unless the principal has a
 * condition on `aws:SourceAccount`, `aws:SourceArn`, `aws:SourceOrgID` or `aws:SourceOrgPaths`; so is the use of the key, in place of the
 * condition that it is used through S3. A service that sends none of these keys is refused: give it a role instead.
 *
 * Grants to everyone (`AnyPrincipal` and the like) throw, unless a condition with fixed values keeps them from being public, such as
 * `aws:PrincipalOrgID` or `aws:SourceVpc`; where the key of the bucket is granted too, the condition has to say whose principals they
 * are: `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`, `aws:PrincipalAccount` or `aws:PrincipalArn`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
 */
export interface IAccessPoint extends IResource, iam.IResourceWithPolicy {
  /** Clients give it in place of a bucket name. */
  readonly accessPointArn: string;

  /** Unique in its account and Region. */
  readonly accessPointName: string;

  /** Made up by S3; goes wherever the name of a bucket goes, for clients that know no access points. Never granted access to. */
  readonly accessPointAlias: string;

  /** The host that requests go to, in its Region: `NAME-ACCOUNT.s3-accesspoint.REGION.amazonaws.com`. */
  readonly domainName: string;

  /**
   * `s3://` and the alias, as the AWS CLI, Hadoop, Spark and Athena take it.
   * @param key the key of an object, or the start of keys; the whole access point by default
   */
  s3UrlForObject(key?: string): string;

  /**
   * The ARN of the objects whose keys start with a prefix.
   * @param prefix all objects by default
   * @throws if the prefix holds a wildcard or starts with a slash
   */
  arnForObjects(prefix?: string): string;

  /**
   * Reading: `s3:GetObject`, `s3:GetObjectVersion` and, below the prefix, `s3:ListBucket`; `kms:Decrypt` with the bucket's key.
   * @param prefix what the keys start with; by default the prefixes of the access point
   * @throws if the prefix is outside the prefixes of the access point
   */
  grantRead(grantee: iam.IGrantable, prefix?: string): iam.Grant;

  /**
   * Writing: `s3:PutObject`, `s3:AbortMultipartUpload` and `s3:ListMultipartUploadParts`; `kms:GenerateDataKey` and `kms:Decrypt` with
   * the bucket's key. Neither reading nor deleting.
   * @param prefix what the keys start with; by default the prefixes of the access point
   * @throws if the prefix is outside the prefixes of the access point
   */
  grantWrite(grantee: iam.IGrantable, prefix?: string): iam.Grant;

  /**
   * Reading and writing. Not deleting.
   * @param prefix what the keys start with; by default the prefixes of the access point
   * @throws if the prefix is outside the prefixes of the access point
   */
  grantReadWrite(grantee: iam.IGrantable, prefix?: string): iam.Grant;

  /**
   * Deleting: `s3:DeleteObject`, which only hides an object of a versioned bucket. Versions stay.
   * @param prefix what the keys start with; by default the prefixes of the access point
   * @throws if the prefix is outside the prefixes of the access point
   */
  grantDelete(grantee: iam.IGrantable, prefix?: string): iam.Grant;

  /**
   * Listing the keys below the prefix: `s3:ListBucket`. Requests have to name the prefix, or a longer one.
   * @param prefix what the keys start with; by default the prefixes of the access point
   * @throws if the prefix is outside the prefixes of the access point
   */
  grantList(grantee: iam.IGrantable, prefix?: string): iam.Grant;
}

const READ_OBJECTS = ['s3:GetObject', 's3:GetObjectVersion'];
const WRITE_OBJECTS = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/**
 * What access points of one Region and of several have in common.
 * @internal
 */
export abstract class AccessPointBase extends Resource implements IAccessPoint {
  public abstract readonly accessPointArn: string;
  public abstract readonly accessPointName: string;
  public abstract readonly accessPointAlias: string;
  public abstract readonly domainName: string;

  /**
   * Where known: their keys are granted with the objects.
   * @internal
   */
  public abstract readonly _buckets: s3.IBucket[];
  /** @internal */
  public abstract readonly _prefixes: string[];

  public abstract addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;

  public s3UrlForObject(key: string = ''): string {
    return `s3://${this.accessPointAlias}/${key}`;
  }

  public arnForObjects(prefix: string = ''): string {
    checkPrefix(this, 'prefix', prefix);
    return `${this.accessPointArn}/object/${prefix}*`;
  }

  public grantRead(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    return this.grantObjects(grantee, READ_OBJECTS, DECRYPT, prefix).combine(this.grantList(grantee, prefix));
  }

  public grantWrite(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    return this.grantObjects(grantee, WRITE_OBJECTS, ENCRYPT, prefix);
  }

  public grantReadWrite(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    return this.grantObjects(grantee, [...READ_OBJECTS, ...WRITE_OBJECTS], ENCRYPT, prefix).combine(this.grantList(grantee, prefix));
  }

  public grantDelete(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    return this.grantObjects(grantee, ['s3:DeleteObject'], [], prefix);
  }

  public grantList(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    const prefixes = grantedPrefixes(this, this._prefixes, prefix);
    const conditions = prefixes.includes('') ? undefined : { StringLike: { 's3:prefix': prefixes.map(each => `${each}*`) } };
    return this.grant(grantee, ['s3:ListBucket'], [this.accessPointArn], conditions);
  }

  private grantObjects(grantee: iam.IGrantable, actions: string[], keyActions: string[], prefix: string | undefined): iam.Grant {
    const objects = grantedPrefixes(this, this._prefixes, prefix).map(each => this.arnForObjects(each));
    const grant = this.grant(grantee, actions, objects);
    const keyGrants = keyActions.length === 0 ? [] : this._buckets.map(bucket => grantBucketKey(this, bucket, grantee, keyActions));
    return keyGrants.reduce<iam.Grant>((all, each) => each === undefined ? all : all.combine(each), grant);
  }

  private grant(grantee: iam.IGrantable, actions: string[], resourceArns: string[], conditions?: iam.GrantWithResourceOptions['conditions']): iam.Grant {
    if (isPublic(grantee)) {
      throw new ConfigurationError(this, 'a grant to everyone would make the policy of the access point public, which a block of public access refuses',
        'grant to roles, accounts or an organization, or under a condition that bounds who asks (StringEquals with a fixed aws:PrincipalOrgID, '
        + 'aws:PrincipalAccount, aws:SourceVpc or aws:SourceVpce), or serve public content through CloudFront');
    }
    return grantWithConditions({
      grantee,
      actions,
      resourceArns,
      resource: this,
      conditions: isService(this, grantee) ? { ...conditions, ...onBehalfOfAccount(this, grantee) } : conditions,
      refused: statement => warn(this, 'imported-access-point',
        `[${this.node.path}] the policy of an imported access point cannot be changed here, so the grant has no effect until you add: `
        + JSON.stringify(Stack.of(this).resolve(statement.toStatementJson()))),
    });
  }
}
