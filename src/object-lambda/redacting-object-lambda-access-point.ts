import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAction } from './object-lambda-action';
import { checkPropTypes, REDACTING } from './props-check';
import { RedactingObjectLambdaAccessPointProps } from './redacting-object-lambda-access-point-props';
import { REDACTING_OBJECT_LAMBDA, REDACTING_OBJECT_LAMBDA_ENVIRONMENT, RULES_FILE } from './redacting-object-lambda-contract';
import { TransformFunction } from './transform-function';
import { UserMetadata } from './user-metadata';
import { ConfigurationError, Place } from '../private/errors';
import { Redaction } from '../redaction/redaction';

/**
 * A view of a bucket without personal data: the same keys, with every value that the redaction finds masked, and no way from it to the
 * originals.
 *
 * GET, HEAD and LIST all go through the function, which comes with this library and needs no Docker and no bundler. Text, CSV, TSV, JSON,
 * NDJSON and XML are redacted as they stream, whatever their size, and stay readable; what cannot be judged, such as images, is refused
 * with 422 and never passed on. `Range` and `partNumber` cut the redacted object. ETags, lengths and checksums of the originals never
 * go out.
 *
 * The function may write its answer, its log and its traces and nothing else: it reads by the presigned URL that S3 signs with the
 * rights of the reader. The supporting access point answers S3 Object Lambda only, whoever asks.
 *
 * When an Aspect, a Mixin, a property injector or an override weakens it, synthesis fails and says where.
 *
 * Accounts that did not use S3 Object Lambda before November 7, 2025 cannot create it: a warning that can be acknowledged
 * (`object-lambda-new-accounts`) says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/transforming-objects.html
 */
export class RedactingObjectLambdaAccessPoint extends ObjectLambdaAccessPointBase {
  /**
   * @throws if the name is out of form or taken, a prefix is no boundary, the redaction uses `Mask.hash` without a `hashKey` or a
   * `hashKey` is given for nothing, the memory or the timeout is out of bounds, or the bucket is encrypted with SSE-C or by its clients, or
   * refuses presigned URLs that are 61 seconds old
   */
  constructor(scope: Construct, id: string, props: RedactingObjectLambdaAccessPointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, REDACTING);
    checkHashKey(place, props);
    super(scope, id, props, {
      handler: parent => redactingFunction(parent, props),
      actions: Object.values(ObjectLambdaAction),
      supportsRange: true,
      supportsPartNumber: true,
      takesCipherText: false,
    });
  }
}

/** The function, with what its role may do besides writing answers, logs and traces. */
function redactingFunction(scope: Construct, props: RedactingObjectLambdaAccessPointProps) {
  const { redaction, hashKey, redactKeys = false, showSizes = false, userMetadata = UserMetadata.REDACTED, ...options } = props;
  const names = REDACTING_OBJECT_LAMBDA_ENVIRONMENT;
  const handler = new TransformFunction(scope, 'Function', {
    memorySize: options.memorySize,
    timeout: options.timeout,
    reservedConcurrentExecutions: options.reservedConcurrentExecutions,
    logRetention: options.logRetention,
    asset: REDACTING_OBJECT_LAMBDA,
    files: { [RULES_FILE]: redaction.toJsonString() },
    description: `Redacts objects of ${props.bucket.node.path}`.slice(0, 256),
    environment: {
      [names.metadata]: userMetadata,
      [names.redactKeys]: String(redactKeys),
      [names.showSizes]: String(showSizes),
      ...hashKey === undefined ? {} : { [names.hashKeySecret]: hashKey.secretArn },
    },
  });
  hashKey?.grantRead(handler);
  if (asksComprehend(redaction)) {
    // No resource can be named: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncomprehend.html
    handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['comprehend:DetectPiiEntities'], resources: ['*'] }));
  }
  return {
    handler,
    role: handler.roleFacts([
      ...hashKey === undefined ? [] : ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      ...hashKey?.encryptionKey === undefined ? [] : ['kms:Decrypt'],
      ...asksComprehend(redaction) ? ['comprehend:DetectPiiEntities'] : [],
    ]),
  };
}

function asksComprehend({ _rules }: Redaction): boolean {
  return _rules.comprehend !== undefined;
}

function checkHashKey(place: Place, { redaction, hashKey }: RedactingObjectLambdaAccessPointProps): void {
  const { mask, masks } = redaction._rules;
  const hashes = [mask, ...Object.values(masks)].some(({ kind }) => kind === 'hash');
  if (hashes && hashKey === undefined) {
    throw new ConfigurationError(place, 'the redaction uses Mask.hash, and there is no key to hash with',
      'give hashKey, a secret of Secrets Manager with at least 16 random bytes');
  }
  if (!hashes && hashKey !== undefined) {
    throw new ConfigurationError(place, 'hashKey is given, and the redaction hashes nothing', 'use Mask.hash in the redaction, or leave hashKey out');
  }
}
