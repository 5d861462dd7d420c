import { Arn, ArnFormat, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessPointBase, IAccessPoint } from './access-point-base';
import { AccessPointProps } from './access-point-props';
import { checkPropTypes, REGIONAL } from './props-check';
import { RegionalAccessPoint } from './regional-access-point';
import { ConfigurationError } from '../private/errors';

/** What is known of an access point that was made elsewhere. */
export interface AccessPointAttributes {
  /** `arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME`. */
  readonly accessPointArn: string;

  /**
   * The alias that S3 made up.
   *
   * @default - not known: `accessPointAlias` throws, and `s3UrlForObject` takes the ARN in its place
   */
  readonly accessPointAlias?: string;

  /**
   * The bucket that the access point leads to, so that grants reach its key.
   *
   * @default - not known: grants do not concern a key
   */
  readonly bucket?: s3.IBucket;
}

/**
 * An access point that is reached from the internet, with all public access blocked, TLS only, and a policy of its own.
 *
 * With `prefixes` it is a boundary: objects and listings outside of them are refused through it, whoever asks. The bucket leaves the
 * decision to it; with `bucketAccess: BucketAccess.THROUGH_ACCESS_POINTS_ONLY` of `SecureBucket` there is no way around it.
 *
 * When an Aspect, a Mixin, a property injector or an override weakens it, synthesis fails and says where.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
 */
export class AccessPoint extends RegionalAccessPoint {
  /**
   * An access point that was made elsewhere. Its policy is neither checked nor changed; a grant that would need to change it
   * warns, and says what to add.
   *
   * @throws if the ARN is not that of an access point
   */
  public static fromAccessPointArn(scope: Construct, id: string, accessPointArn: string): IAccessPoint {
    return AccessPoint.fromAccessPointAttributes(scope, id, { accessPointArn });
  }

  /**
   * As `fromAccessPointArn`, with what else is known.
   *
   * @throws if the ARN is not that of an access point
   */
  public static fromAccessPointAttributes(scope: Construct, id: string, attrs: AccessPointAttributes): IAccessPoint {
    const isMalformed = !Token.isUnresolved(attrs?.accessPointArn)
      && !/^arn:aws[a-z-]*:s3:[a-z0-9-]+:\d{12}:accesspoint\/[a-z0-9-]{3,50}$/.test(attrs?.accessPointArn);
    if (isMalformed) {
      throw new ConfigurationError({ scope, id }, `accessPointArn is '${attrs?.accessPointArn}'`, 'give an ARN of the form arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME');
    }
    return new ImportedAccessPoint(scope, id, attrs);
  }

  /**
   * @throws if the name is out of form or taken, a prefix is empty, starts with a slash, holds a wildcard or climbs, `bucketAccountId` is not
   * the account of the bucket, or the bucket is in another Region or Stage
   */
  constructor(scope: Construct, id: string, props: AccessPointProps) {
    checkPropTypes({ scope, id }, props, REGIONAL);
    super(scope, id, props, { construct: 'AccessPoint' });
  }
}

class ImportedAccessPoint extends AccessPointBase {
  public readonly accessPointArn: string;
  public readonly accessPointName: string;
  public readonly domainName: string;
  /** @internal */
  public readonly _prefixes: string[] = [];
  /** @internal */
  public readonly _buckets: s3.IBucket[];

  constructor(scope: Construct, id: string, private readonly attrs: AccessPointAttributes) {
    super(scope, id, { environmentFromArn: attrs.accessPointArn });
    const { region, account, resourceName } = Arn.split(attrs.accessPointArn, ArnFormat.SLASH_RESOURCE_NAME);
    this.accessPointArn = attrs.accessPointArn;
    this.accessPointName = resourceName!;
    this.domainName = `${resourceName}-${account}.s3-accesspoint.${region}.${this.stack.urlSuffix}`;
    this._buckets = attrs.bucket === undefined ? [] : [attrs.bucket];
  }

  public get accessPointAlias(): string {
    if (this.attrs.accessPointAlias === undefined) {
      throw new ConfigurationError(this, 'the alias of an access point that was imported by its ARN is not known', 'import it with AccessPoint.fromAccessPointAttributes');
    }
    return this.attrs.accessPointAlias;
  }

  public s3UrlForObject(key: string = ''): string {
    return `s3://${this.attrs.accessPointAlias ?? this.accessPointArn}/${key}`;
  }

  public addToResourcePolicy(_statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    return { statementAdded: false };
  }
}
