import { Token, TokenComparison, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAction } from './object-lambda-action';
import { checkPropTypes, REDACTING } from './props-check';
import { asksComprehend, checkHashKey, redactingFunction } from './redacting-function';
import { RedactingObjectLambdaAccessPointProps } from './redacting-object-lambda-access-point-props';
import { REDACTING_OBJECT_LAMBDA, REDACTING_OBJECT_LAMBDA_ENVIRONMENT } from './redacting-object-lambda-contract';
import { ConfigurationError } from '../private/errors';

/**
 * A view of a bucket without personal data: the same keys, with every value that the redaction finds masked, and no way from it to the
 * originals.
 *
 * GET, HEAD and LIST all go through the function, which comes with this library and needs no Docker and no bundler. Text, CSV, TSV, JSON,
 * NDJSON and XML are redacted as they stream, whatever their size, and stay readable; what cannot be judged, such as images, is refused
 * with 400 and a code that says why, such as `UnknownFormat`, and never passed on. `Range` and `partNumber` cut the redacted object. ETags,
 * lengths and checksums of the originals never go out.
 *
 * The function may write its answer, its log and its traces and nothing else: it reads by the presigned URL that S3 signs with the
 * rights of the reader. With `measureOnHead` it may also read the redacted objects, through this access point. The supporting access point answers S3 Object Lambda only, whoever asks. It cannot tell one Object Lambda
 * access point from another, so readers must not have rights to create one, or to change its configuration, with a function of their own.
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
   * refuses presigned URLs that are 61 seconds old; with `measureOnHead`, if the redaction asks Amazon Comprehend, one request may run at
   * once, or the key of the bucket is of another account
   */
  constructor(scope: Construct, id: string, props: RedactingObjectLambdaAccessPointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, REDACTING);
    checkHashKey(place, props);
    checkMeasuring(place, props);
    super(scope, id, props, {
      handler: accessPoint => functionOf(accessPoint, props),
      readsOwnView: props.measureOnHead,
      actions: Object.values(ObjectLambdaAction),
      supportsRange: true,
      supportsPartNumber: true,
      takesCipherText: false,
    });
  }
}

/** The function, with all that its role may do. */
function functionOf(accessPoint: ObjectLambdaAccessPointBase, props: RedactingObjectLambdaAccessPointProps) {
  const handler = redactingFunction(accessPoint, 'Function', props, {
    memorySize: props.memorySize,
    timeout: props.timeout,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    logRetention: props.logRetention,
    asset: REDACTING_OBJECT_LAMBDA,
    description: `Redacts objects of ${props.bucket.node.path}`.slice(0, 256),
    environment: props.measureOnHead === true ? { [REDACTING_OBJECT_LAMBDA_ENVIRONMENT.ownView]: accessPoint.objectLambdaAccessPointArn } : undefined,
  });
  return { handler, own: handler.facts() };
}

/** Throws where a HEAD could not wait for the GET that it takes. */
function checkMeasuring(place: { readonly scope: Construct; readonly id: string }, props: RedactingObjectLambdaAccessPointProps): void {
  const { measureOnHead, redaction, reservedConcurrentExecutions, bucket: { encryptionKey } } = props;
  if (measureOnHead !== true) {
    return;
  }
  if (asksComprehend(redaction)) {
    throw new ConfigurationError(place, 'measureOnHead is true, and the redaction asks Amazon Comprehend, so that an object may have another length each time',
      'leave measureOnHead out, or comprehend');
  }
  if (reservedConcurrentExecutions === 1) {
    throw new ConfigurationError(place, 'measureOnHead is true, and reservedConcurrentExecutions is 1, so that each HEAD would wait for itself',
      'give reservedConcurrentExecutions of 2 or more, twice as many as HEAD requests at once');
  }
  const { account } = Stack.of(place.scope);
  if (encryptionKey !== undefined && Token.compareStrings(encryptionKey.env.account, account) === TokenComparison.DIFFERENT) {
    throw new ConfigurationError(place, `measureOnHead is true, and the key [${encryptionKey.node.path}] is of account ${encryptionKey.env.account}, whose policy would have to name the function`,
      'leave measureOnHead out, or make the view in the account of the key');
  }
}
