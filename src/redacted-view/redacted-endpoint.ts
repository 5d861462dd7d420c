import { Aws, CfnElement, Duration, Lazy, Resource, Size } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { checkNear, checkReadable } from './bucket-check';
import { ENDPOINT_PROPS } from './props-check';
import { reachOf } from './reach';
import { ENDPOINT_SETTINGS, EndpointGrant, EndpointSettings, REDACTED_ENDPOINT, TOKEN_HEADER } from './redacted-endpoint-contract';
import { RedactedEndpointProps } from './redacted-endpoint-props';
import { PERIOD, ViewMonitoring } from './view-monitoring';
import { AccessPoint } from '../access-point/access-point';
import { isSecure } from '../access-point/delegation';
import { grantedPrefixes } from '../access-point/prefixes';
import { checkPropTypes } from '../access-point/props-check';
import { SecureS3Plugin } from '../checks/secure-s3-plugin';
import { warn } from '../checks/warning';
import { hasMember } from '../object-lambda/option-types';
import { checkHashKey, redactingFunction } from '../object-lambda/redacting-function';
import { TransformFunction } from '../object-lambda/transform-function';
import { described } from '../private/described';
import { ConfigurationError, Place } from '../private/errors';
import { deployedBytes } from '../private/policy-size';
import { reachableArn } from '../private/reachable-arn';

/** Of the 4 KB of all environment variables. */
const MOST_SETTINGS = 3_500;
/** The longest that CloudFront waits for an origin without a higher quota. */
const ORIGIN_TIMEOUT = Duration.seconds(60);
const DEFAULT_RESPONSE = Size.mebibytes(190);
/** What CloudFront would keep for 10 seconds otherwise, and give to whoever asks next. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** The code of the CloudFront function: the language is that of its runtime 2.0. */
const HAND_TOKEN_ON = `function handler(event) {
  var request = event.request;
  var authorization = request.headers.authorization;
  delete request.headers['${TOKEN_HEADER}'];
  delete request.headers.authorization;
  if (authorization) {
    request.headers['${TOKEN_HEADER}'] = { value: authorization.value };
  }
  return request;
}
`;

/**
 * A view of a bucket without personal data, for accounts that have no S3 Object Lambda: an HTTPS endpoint that answers GET and HEAD of
 * objects and lists them, as S3 does, with every value that the redaction finds masked.
 *
 * - *Roles and users of IAM* sign their requests to `functionUrl` with AWS Signature Version 4, for the service `lambda`: `grantRead`.
 * - *Others* bring a token of `jwtIssuer` to `url`, a CloudFront distribution that alone may ask the function besides them:
 *   `grantReadToClaim`.
 *
 * Paths are keys: `/orders/2026.csv`, and `/?list-type=2&prefix=orders/` lists. `Range`, `partNumber`, `versionId`, conditions and the
 * `response-*` parameters work as with S3, on the redacted object; its ETag, and never that of the original, goes out. Whoever has no grant for
 * a key, or for the prefix of a listing, gets 403 whether or not there is such a key. Nothing is kept in CloudFront, not even errors.
 *
 * The function reads the bucket in its own name, through an access point with the same prefixes, and may do nothing else. It believes the event
 * that it is given: whoever has `lambda:InvokeFunction` on it without the condition of `grantRead` can ask as anybody, and read the whole view.
 *
 * Limits, which are those of Lambda and CloudFront:
 *
 * - a response has at most 200 MB, and after its first 6 MB at most 2 MB a second. The object is redacted once to measure it and once more to
 *   send it, if it is larger than 1 MiB; what is larger than a response is refused with 413, and can be had by `Range`;
 * - through CloudFront the first byte has to come within 60 seconds: objects that take longer to measure are for `functionUrl`;
 * - function URLs leave `Content-Length` out: `x-amz-decoded-content-length` tells it;
 * - function URLs normalize nothing, but clients may: `.` and `..` between slashes are part of a key here, and browsers drop them.
 *
 * Where that is too little, `RedactedCopy` writes redacted copies into another bucket.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export class RedactedEndpoint extends Resource {
  /** The URL that callers sign their requests to; it ends with a slash. */
  public readonly functionUrl: string;

  /** What callers bring tokens to, if there is a `jwtIssuer`. */
  public readonly distribution?: cloudfront.Distribution;

  /** The access point that the function reads the originals through. */
  public readonly accessPoint: AccessPoint;

  /** The function; it has an alarm each for failures, throttles, time and answers with 5xx. */
  public readonly handler: lambda.Function;

  /** They notify nobody until they have an action. */
  public readonly alarms: cloudwatch.Alarm[];

  /** With requests, errors and duration, unless it is switched off. */
  public readonly dashboard?: cloudwatch.Dashboard;

  private readonly grants: EndpointGrant[] = [];
  private readonly lambdaUrl: lambda.FunctionUrl;

  /**
   * @throws if a prefix is no boundary, the redaction uses `Mask.hash` without a `hashKey` or a `hashKey` is given for nothing, memory, timeout or
   * `largestResponse` are out of bounds, options of CloudFront are given without a `jwtIssuer`, or the bucket is encrypted with SSE-C or by its
   * clients, or of another account or Region; at synthesis, if there are more grants than the function can be given
   */
  constructor(scope: Construct, id: string, private readonly props: RedactedEndpointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, ENDPOINT_PROPS);
    checkHashKey(place, props);
    checkReadable(place, props.bucket);
    checkNear(place, scope, props.bucket);
    checkCloudFront(place, props);
    const largestResponse = (props.largestResponse ?? DEFAULT_RESPONSE).toBytes();
    if (!(largestResponse >= 1)) {
      throw new ConfigurationError(place, `largestResponse is ${largestResponse} bytes`, 'give the quota of your account for a response of Lambda, or less');
    }
    super(scope, id);

    this.accessPoint = new AccessPoint(this, 'Source', { bucket: props.bucket, prefixes: props.prefixes });
    const settings = (): EndpointSettings => ({
      source: `https://${this.accessPoint.domainName}/`, grants: this.grants, issuer: props.jwtIssuer?._settings, largestResponse,
    });
    const handler = redactingFunction(this, 'Function', props, {
      asset: REDACTED_ENDPOINT,
      description: `Redacts objects of ${props.bucket.node.path}`.slice(0, 256),
      environment: { [ENDPOINT_SETTINGS]: Lazy.uncachedString({ produce: () => this.stack.toJsonString(settings()) }) },
      longest: { seconds: 900, says: 'a function runs for 15 minutes at most' },
      memorySize: props.memorySize,
      timeout: props.timeout,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      logRetention: props.logRetention,
    });
    this.handler = handler;
    this.accessPoint.grantRead(handler);
    this.lambdaUrl = handler.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM, invokeMode: lambda.InvokeMode.RESPONSE_STREAM });
    this.functionUrl = this.lambdaUrl.url;
    this.distribution = props.jwtIssuer === undefined ? undefined : this.distribute();
    const monitoring = this.monitoring();
    this.alarms = monitoring.alarms;
    this.dashboard = monitoring.dashboard;
    this.guarantee(handler);
    this.node.addValidation({ validate: () => this.checkSize(settings()) });
  }

  /** What callers with tokens use: `https://` and the first of `domainNames`, or the name that CloudFront gave; it ends with a slash. */
  public get url(): string {
    if (this.distribution === undefined) {
      throw new ConfigurationError(this, 'the endpoint takes no tokens, and has no distribution', 'give jwtIssuer, or use functionUrl');
    }
    return `https://${this.props.domainNames?.[0] ?? this.distribution.distributionDomainName}/`;
  }

  /**
   * Lets a role, or a user, read and list the redacted objects: `lambda:InvokeFunctionUrl`, and `lambda:InvokeFunction` through the function
   * URL only, and an entry in what the function knows. No right to the bucket, to its access point or to its key.
   *
   * @param prefix what the keys start with; by default the prefixes of the endpoint
   * @throws if the grantee is neither a role nor a user, or the prefix is outside those of the endpoint
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
   */
  public grantRead(grantee: iam.IGrantable, prefix?: string): iam.Grant {
    if (!hasMember(grantee, 'grantPrincipal')) {
      throw new ConfigurationError(this, `the grantee of grantRead is ${described(grantee)}`, 'grant to roles, or to the claims of a token');
    }
    const { grantPrincipal } = grantee;
    const arn = 'roleArn' in grantPrincipal ? grantPrincipal.roleArn : 'userArn' in grantPrincipal ? grantPrincipal.userArn : undefined;
    if (typeof arn !== 'string') {
      throw new ConfigurationError(this, 'grantRead is to a principal that is neither a role nor a user, which the function could not tell from others',
        'grant to roles, or to the claims of a token');
    }
    this.add({ arn: reachableArn(this, 'grantRead is to', grantPrincipal, arn) }, prefix);
    return this.lambdaUrl.grantInvokeUrl(grantee);
  }

  /**
   * Lets those read and list the redacted objects whose token has a claim with a value: `('cognito:groups', 'analysts')`. Of a claim with a list, and
   * of `scope`, one of the values has to be it.
   *
   * @param claim the name of the claim; it has to be one that users cannot write themselves
   * @param value the value, to the letter
   * @param prefix what the keys start with; by default the prefixes of the endpoint
   * @throws if the endpoint has no `jwtIssuer`, claim or value is empty, or the prefix is outside those of the endpoint
   */
  public grantReadToClaim(claim: string, value: string, prefix?: string): void {
    if (this.props.jwtIssuer === undefined) {
      throw new ConfigurationError(this, `grantReadToClaim is for tokens with ${claim}, and the endpoint takes none`, 'give jwtIssuer');
    }
    // Values out of environment variables may be missing, whatever their type says.
    if ([claim, value].some(each => typeof each !== 'string' || each === '')) {
      throw new ConfigurationError(this, `grantReadToClaim names the claim ${described(claim)} with the value ${described(value)}`,
        'give the name of a claim and a value of it');
    }
    this.add({ claim, value }, prefix);
  }

  /** Has every alarm notify, a topic of Amazon SNS for example. */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarms.forEach(alarm => alarm.addAlarmAction(...actions));
  }

  private add(who: Omit<EndpointGrant, 'prefix'>, prefix: string | undefined): void {
    this.grants.push(...grantedPrefixes(this, this.accessPoint._prefixes, prefix).map(each => ({ ...who, prefix: each })));
  }

  private distribute(): cloudfront.Distribution {
    const { domainNames, certificate, webAclId, logBucket } = this.props;
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `Redacted view of ${this.props.bucket.node.path}`.slice(0, 128),
      defaultBehavior: {
        origin: origins.FunctionUrlOrigin.withOriginAccessControl(this.lambdaUrl, { readTimeout: ORIGIN_TIMEOUT }),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
        // Also keeps CloudFront from answering several callers with one response:
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-traffic-spikes
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        compress: false,
        functionAssociations: [{
          eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
          function: new cloudfront.Function(this, 'HandTokenOn', {
            comment: 'Hands tokens on to the function, past the signature of CloudFront',
            code: cloudfront.FunctionCode.fromInline(HAND_TOKEN_ON),
            runtime: cloudfront.FunctionRuntime.JS_2_0,
          }),
        }],
      },
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
      errorResponses: ERRORS.map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      domainNames,
      certificate,
      webAclId,
      ...logBucket === undefined ? {} : { enableLogging: true, logBucket },
    });
    // The other half of what a function URL needs since October 2025, which not every version of CDK gives:
    // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
    new lambda.CfnPermission(this, 'InvokeThroughUrl', {
      principal: 'cloudfront.amazonaws.com',
      action: 'lambda:InvokeFunction',
      functionName: this.handler.functionArn,
      sourceArn: distribution.distributionArn,
      invokedViaFunctionUrl: true,
    });
    if (certificate === undefined) {
      warn(this, 'cloudfront-default-certificate',
        `[${this.node.path}] clients that know nothing newer than TLS 1.0 may use it under the name that CloudFront gave: give domainNames and a certificate`);
    }
    return distribution;
  }

  private monitoring(): ViewMonitoring {
    const { functionName } = this.handler;
    const ofUrl = (metricName: string, statistic = 'Sum') => new cloudwatch.Metric({
      namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: functionName }, statistic, period: PERIOD,
    });
    const serverErrors = ofUrl('Url5xxCount');
    return new ViewMonitoring(this, 'Monitoring', {
      name: `Redacted endpoint ${this.node.path}`,
      handler: this.handler,
      alarms: [{ id: 'ServerErrors', says: 'requests were answered with a 5xx', metric: serverErrors, from: 1, periods: 3 }],
      graphs: this.props.dashboard === false ? undefined : {
        'Requests': [ofUrl('UrlRequestCount'), ofUrl('Url4xxCount'), serverErrors],
        'First byte to last': [ofUrl('UrlRequestLatency', 'p50'), ofUrl('UrlRequestLatency', 'p99')],
      },
    });
  }

  private guarantee(handler: TransformFunction): void {
    this.node.defaultChild = handler.node.defaultChild;
    const { distribution } = this;
    SecureS3Plugin.register({
      construct: this,
      facts: {
        construct: 'RedactedEndpoint',
        ownFunction: handler.facts(),
        source: reachOf(this.accessPoint, this.props.bucket),
        urlLogicalId: (this.lambdaUrl.node.defaultChild as CfnElement).logicalId,
        distribution: distribution && {
          logicalId: (distribution.node.defaultChild as CfnElement).logicalId,
          originAccessControlLogicalId: distribution.node.findAll()
            .filter((each): each is cloudfront.CfnOriginAccessControl => each instanceof cloudfront.CfnOriginAccessControl)[0].logicalId,
          // As the distribution says it, and as its origin does.
          arns: [distribution.distributionArn, `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distribution.distributionId}`],
          errors: ERRORS,
        },
      },
    });
  }

  private checkSize(settings: EndpointSettings): string[] {
    const bytes = deployedBytes(this.stack.resolve(settings));
    return bytes <= MOST_SETTINGS ? [] : [new ConfigurationError(this,
      `its ${this.grants.length} grants take about ${bytes} of the ${MOST_SETTINGS} bytes that a function can be given`,
      'grant to fewer roles, to the claim of a group in place of its members, or on shorter prefixes').message];
  }
}

function checkCloudFront(place: Place, props: RedactedEndpointProps): void {
  const { jwtIssuer, certificate, domainNames, logBucket } = props;
  const given = (['domainNames', 'certificate', 'webAclId', 'logBucket'] as const).find(name => props[name] !== undefined);
  if (jwtIssuer === undefined && given !== undefined) {
    throw new ConfigurationError(place, `${given} is given, and without a jwtIssuer there is no distribution: it is for tokens only`, `give jwtIssuer, or leave ${given} out`);
  }
  if ((certificate === undefined) !== (domainNames === undefined || domainNames.length === 0)) {
    throw new ConfigurationError(place, certificate === undefined ? 'domainNames are given without a certificate' : 'a certificate is given without domainNames', 'give both');
  }
  if (logBucket !== undefined && isSecure(logBucket)) {
    throw new ConfigurationError(place, `CloudFront writes its access logs by ACL, and [${logBucket.node.path}] has none`,
      'give a bucket with ACLs, or set the newer logging up on distribution, see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html');
  }
}
