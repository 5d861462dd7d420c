import { Construct } from 'constructs';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAction } from './object-lambda-action';
import { checkPropTypes, REDACTING } from './props-check';
import { checkHashKey, redactingActions, redactingFunction } from './redacting-function';
import { RedactingObjectLambdaAccessPointProps } from './redacting-object-lambda-access-point-props';
import { REDACTING_OBJECT_LAMBDA } from './redacting-object-lambda-contract';

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
 * rights of the reader. The supporting access point answers S3 Object Lambda only, whoever asks. It cannot tell one Object Lambda
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
   * refuses presigned URLs that are 61 seconds old
   */
  constructor(scope: Construct, id: string, props: RedactingObjectLambdaAccessPointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, REDACTING);
    checkHashKey(place, props);
    super(scope, id, props, {
      handler: parent => functionOf(parent, props),
      actions: Object.values(ObjectLambdaAction),
      supportsRange: true,
      supportsPartNumber: true,
      takesCipherText: false,
    });
  }
}

/** The function, with all that its role may do. */
function functionOf(scope: Construct, props: RedactingObjectLambdaAccessPointProps) {
  const handler = redactingFunction(scope, 'Function', props, {
    memorySize: props.memorySize,
    timeout: props.timeout,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    logRetention: props.logRetention,
    asset: REDACTING_OBJECT_LAMBDA,
    description: `Redacts objects of ${props.bucket.node.path}`.slice(0, 256),
  });
  return { handler, own: handler.facts(redactingActions(props)) };
}
