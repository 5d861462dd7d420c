import { Lazy, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessPointBase } from './access-point-base';
import { checkAccessPointName, generatedName } from './access-point-name';
import { delegate, deployAfter } from './delegation';
import { checkPrefixes, warnOfOpenPrefixes } from './prefixes';
import { checkPropTypes, MULTI_REGION } from './props-check';
import { checkUnique } from './unique-name';
import { SecureBucket } from '../bucket/secure-bucket';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { warn } from '../checks/warning';
import { AccessPointFacts } from '../guarantees/access-point-facts';
import { guaranteesOf } from '../guarantees/catalogue';
import { ConfigurationError, Place } from '../private/errors';

/** What can be said about a `MultiRegionAccessPoint`. */
export interface MultiRegionAccessPointProps {
  /**
   * Two buckets or more, each in another Region, in stacks that say their Region. Buckets of another Region or account than
   * that of this stack need a name (`bucketName`). Which buckets they are cannot be changed later: CloudFormation replaces the access point.
   */
  readonly buckets: SecureBucket[];

  /**
   * As for `AccessPoint`: what the keys that can be reached start with.
   *
   * @default - no boundary: every key of the buckets
   */
  readonly prefixes?: string[];

  /**
   * The name of the access point: 3 to 50 lower case letters, digits and hyphens, unique in the account. Clients use the alias.
   *
   * @default - made from the construct path
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-naming.html
   */
  readonly name?: string;
}

/**
 * One global name for buckets in several Regions, with all public access blocked, TLS only, and a policy of its own. Requests
 * go to the nearest bucket; replication between the buckets is not part of it.
 *
 * Clients sign with SigV4A (`AWS4-ECDSA-P256-SHA256`): AWS SDKs need the AWS CRT library for it. `SecureBucket` accepts such
 * signatures, and presigned URLs with them as long as `presignedUrls` says.
 *
 * Gateway endpoints do not carry these requests. From a VPC they go over the internet or through an interface endpoint of the
 * service `com.amazonaws.s3-global.accesspoint`, whose id a `NetworkPerimeter` of the buckets has to name; a warning that can be
 * acknowledged (`multi-region-network`) says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPoints.html
 */
export class MultiRegionAccessPoint extends AccessPointBase {
  public readonly accessPointArn: string;
  public readonly accessPointName: string;
  public readonly accessPointAlias: string;
  public readonly domainName: string;

  /** @internal */
  public readonly _buckets: s3.IBucket[];
  /** @internal */
  public readonly _prefixes: string[];
  private readonly policy = new iam.PolicyDocument();

  /**
   * @throws if there are fewer than two buckets, two of them in one Region, in a Region that is not known, or without a name in another environment
   */
  constructor(scope: Construct, id: string, props: MultiRegionAccessPointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, MULTI_REGION);
    checkAccessPointName(place, props.name);
    checkPrefixes(place, props.prefixes);
    checkBuckets(place, Stack.of(scope), props.buckets);
    super(scope, id);

    this._buckets = [...props.buckets];
    this._prefixes = [...props.prefixes ?? []];
    this.accessPointName = props.name ?? generatedName(this);
    const buckets = props.buckets.map(bucket => ({
      bucketName: bucket.bucketName,
      accountId: Token.compareStrings(bucket.env.account, this.stack.account) === TokenComparison.DIFFERENT ? bucket.env.account : undefined,
    }));
    const resource = new s3.CfnMultiRegionAccessPoint(this, 'Resource', {
      name: this.accessPointName,
      regions: buckets.map(({ bucketName, accountId }) => ({ bucket: bucketName, bucketAccountId: accountId })),
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    });
    this.accessPointAlias = resource.attrAlias;
    this.accessPointArn = this.stack.formatArn({ service: 's3', region: '', resource: 'accesspoint', resourceName: this.accessPointAlias });
    this.domainName = `${this.accessPointAlias}.accesspoint.s3-global.${this.stack.urlSuffix}`;

    const facts: AccessPointFacts = { construct: 'MultiRegionAccessPoint', name: this.accessPointName, buckets, prefixes: this._prefixes };
    const arns = { own: this.accessPointArn, objects: this.arnForObjects() };
    for (const statement of guaranteesOf(facts).flatMap(guarantee => guarantee.statements?.(facts, arns) ?? [])) {
      this.policy.addStatements(iam.PolicyStatement.fromJson(statement));
    }
    const policy = new s3.CfnMultiRegionAccessPointPolicy(this, 'Policy', {
      mrapName: resource.ref,
      policy: Lazy.any({ produce: () => this.policy }),
    });
    SecureS3Plugin.register({ construct: this, facts, policy: { element: policy, property: 'Policy', arns } });
    warnOfOpenPrefixes(this, props.prefixes);
    checkUnique(this, this.accessPointName, 'account');
    for (const bucket of props.buckets) {
      delegate(this, bucket, undefined);
      deployAfter(this, bucket);
      if (bucket._networkPerimeter) {
        warn(this, 'multi-region-network',
          `[${this.node.path}] leads to [${bucket.node.path}], which has a network perimeter: gateway endpoints do not carry requests to Multi-Region access points. `
          + 'Make sure that the perimeter names an interface endpoint of the service com.amazonaws.s3-global.accesspoint, its VPC, or public addresses');
      }
    }
  }

  /** `s3://` and the ARN, as the AWS CLI takes it: the alias of a Multi-Region access point is no bucket name. */
  public s3UrlForObject(key: string = ''): string {
    return `s3://${this.accessPointArn}/${key}`;
  }

  /**
   * Adds a statement to the policy of the access point. Its resources are the access point (`accessPointArn`) and its objects
   * (`arnForObjects()`); the prefixes hold whatever it allows.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}

function checkBuckets(place: Place, stack: Stack, buckets: SecureBucket[]): void {
  if (buckets.length < 2) {
    throw new ConfigurationError(place, `buckets holds ${buckets.length}`, 'give at least two buckets, each in another Region, or use AccessPoint for one');
  }
  const byRegion = new Map<string, SecureBucket>();
  for (const bucket of buckets) {
    const { region } = bucket.env;
    if (Token.isUnresolved(region)) {
      throw new ConfigurationError(place, `the Region of [${bucket.node.path}] is not known`, 'give its stack an env with a Region');
    }
    const other = byRegion.get(region);
    if (other !== undefined) {
      throw new ConfigurationError(place, `[${other.node.path}] and [${bucket.node.path}] are both in ${region}`, 'give one bucket a Region');
    }
    byRegion.set(region, bucket);
    if (!canBeNamedIn(stack, bucket)) {
      throw new ConfigurationError(place, `[${bucket.node.path}] is in another environment and has no name of its own`, 'give it a bucketName');
    }
  }
}

/** CDK throws where it could neither refer to the bucket nor name it. */
function canBeNamedIn(stack: Stack, bucket: SecureBucket): boolean {
  try {
    stack.resolve(bucket.bucketName);
    return true;
  } catch {
    return false;
  }
}
