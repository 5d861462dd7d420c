import { Lazy, Stack, Stage, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessPointBase } from './access-point-base';
import { checkAccessPointName, generatedName } from './access-point-name';
import { AccessPointProps } from './access-point-props';
import { delegate, deployAfter } from './delegation';
import { checkPrefixes, warnOfOpenPrefixes } from './prefixes';
import { hintAtResourceLimit } from './resource-limit';
import { checkUnique } from './unique-name';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { AccessPointFacts } from '../guarantees/access-point-facts';
import { guaranteesOf } from '../guarantees/catalogue';
import { ConfigurationError, Place } from '../private/errors';

/**
 * An access point in the Region of its bucket, reached from the internet or from a VPC.
 * @internal
 */
export abstract class RegionalAccessPoint extends AccessPointBase {
  public readonly accessPointArn: string;
  public readonly accessPointName: string;
  public readonly accessPointAlias: string;
  public readonly domainName: string;

  /** The bucket that the access point leads to. */
  public readonly bucket: s3.IBucket;

  /** @internal */
  public readonly _prefixes: string[];
  private readonly policy = new iam.PolicyDocument();

  constructor(scope: Construct, id: string, props: AccessPointProps, own: Pick<AccessPointFacts, 'construct' | 'vpc' | 'throughObjectLambda'>) {
    const place = { scope, id };
    checkAccessPointName(place, props.name);
    checkPrefixes(place, props.prefixes);
    checkAccount(place, props);
    checkReach(place, scope, props.bucket);
    super(scope, id);

    const { account, region, urlSuffix } = this.stack;
    this.bucket = props.bucket;
    this._prefixes = [...props.prefixes ?? []];
    this.accessPointName = props.name ?? generatedName(this);
    // Written out rather than referred to: the policy is a property of the resource that it has to name.
    this.accessPointArn = this.stack.formatArn({ service: 's3', resource: 'accesspoint', resourceName: this.accessPointName });
    this.domainName = `${this.accessPointName}-${account}.s3-accesspoint.${region}.${urlSuffix}`;

    const bucket = { bucketName: props.bucket.bucketName, accountId: ownerOf(props, account) };
    const resource = new s3.CfnAccessPoint(this, 'Resource', {
      bucket: bucket.bucketName,
      name: this.accessPointName,
      bucketAccountId: bucket.accountId,
      policy: Lazy.any({ produce: () => this.policy }),
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      vpcConfiguration: own.vpc && { vpcId: own.vpc.vpcId },
    });
    this.accessPointAlias = resource.attrAlias;

    const facts: AccessPointFacts = { ...own, name: this.accessPointName, buckets: [bucket], prefixes: this._prefixes };
    const arns = { own: this.accessPointArn, objects: this.arnForObjects() };
    for (const statement of guaranteesOf(facts).flatMap(guarantee => guarantee.statements?.(facts, arns) ?? [])) {
      this.policy.addStatements(iam.PolicyStatement.fromJson(statement));
    }
    SecureS3Plugin.register({ construct: this, facts, policy: { element: resource, property: 'Policy', arns } });
    warnOfOpenPrefixes(this, props.prefixes);
    hintAtResourceLimit(this.stack);
    checkUnique(this, this.accessPointName, 'Region');
    delegate(this, props.bucket, this.accessPointArn);
    deployAfter(this, props.bucket);
  }

  /**
   * Adds a statement to the policy of the access point. Its resources are the access point (`accessPointArn`) and its objects
   * (`arnForObjects()`); the prefixes hold whatever it allows.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }

  /** @internal */
  public get _buckets(): s3.IBucket[] {
    return [this.bucket];
  }
}

function checkAccount(place: Place, { bucket, bucketAccountId }: AccessPointProps): void {
  if (bucketAccountId === undefined) {
    return;
  }
  if (!Token.isUnresolved(bucketAccountId) && !/^\d{12}$/.test(bucketAccountId)) {
    throw new ConfigurationError(place, `bucketAccountId is '${bucketAccountId}'`, 'give the 12 digits of the account that owns the bucket');
  }
  // Of a bucket that was imported by its name, CDK takes the account of the stack.
  const isOwnerKnown = bucket.node.defaultChild !== undefined || areDifferent(bucket.env.account, bucket.stack.account);
  if (isOwnerKnown && areDifferent(bucketAccountId, bucket.env.account)) {
    throw new ConfigurationError(place, `bucketAccountId is '${bucketAccountId}', and the bucket [${bucket.node.path}] belongs to ${bucket.env.account}`,
      'leave bucketAccountId out');
  }
}

function checkReach(place: Place, scope: Construct, bucket: s3.IBucket): void {
  const stack = Stack.of(scope);
  if (areDifferent(bucket.env.region, stack.region)) {
    throw new ConfigurationError(place, `the bucket [${bucket.node.path}] is in ${bucket.env.region} and the access point in ${stack.region}`,
      'create the access point in a stack of the Region of its bucket, or use MultiRegionAccessPoint');
  }
  if (Stage.of(bucket) !== Stage.of(scope) && !areDifferent(bucket.env.account, stack.account)) {
    throw new ConfigurationError(place, `the bucket [${bucket.node.path}] is in another Stage, from which nothing can be referred to`,
      'create the access point in the Stage of its bucket, or import the bucket by its name');
  }
}

function ownerOf({ bucket, bucketAccountId }: AccessPointProps, account: string): string | undefined {
  return bucketAccountId ?? (areDifferent(bucket.env.account, account) ? bucket.env.account : undefined);
}

function areDifferent(one: string, other: string): boolean {
  return Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
}
