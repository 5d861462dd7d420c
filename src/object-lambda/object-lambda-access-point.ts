import { Construct } from 'constructs';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAccessPointProps } from './object-lambda-access-point-props';
import { ObjectLambdaAction } from './object-lambda-action';
import { checkPropTypes, OBJECT_LAMBDA } from './props-check';
import { ConfigurationError, Place } from '../private/errors';

/**
 * A transformed view of a bucket: each GET, HEAD and LIST goes through a function of your own, and readers never see the originals.
 *
 * It makes the supporting access point, which answers S3 Object Lambda only and whoever asks, and the policy of the Object Lambda access
 * point: TLS only, and refusing all that the function does not transform. `grantRead` gives what a reader needs and no way around. A
 * bucket may have several, each with a function, or with a `payload`, of its own.
 *
 * When an Aspect, a Mixin, a property injector or an override weakens it, synthesis fails and says where.
 *
 * Accounts that did not use S3 Object Lambda before November 7, 2025 cannot create it: a warning that can be acknowledged
 * (`object-lambda-new-accounts`) says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/transforming-objects.html
 */
export class ObjectLambdaAccessPoint extends ObjectLambdaAccessPointBase {
  /**
   * @throws if the name is out of form or taken, a prefix is no boundary, the function is of another account or Region, `actions` is empty
   * or holds `HEAD_OBJECT` alone of the two that share a right, or the bucket is encrypted with SSE-C, or refuses presigned URLs that
   * are 61 seconds old
   */
  constructor(scope: Construct, id: string, props: ObjectLambdaAccessPointProps) {
    const place = { scope, id };
    checkPropTypes(place, props, OBJECT_LAMBDA);
    const actions = props.actions ?? Object.values(ObjectLambdaAction);
    checkActions(place, actions);
    super(scope, id, props, {
      handler: () => ({ handler: props.handler }),
      actions,
      supportsRange: props.supportsRange ?? false,
      supportsPartNumber: props.supportsPartNumber ?? false,
      payload: props.payload,
      takesCipherText: true,
    });
  }
}

function checkActions(place: Place, actions: ObjectLambdaAction[]): void {
  if (actions.length === 0) {
    throw new ConfigurationError(place, 'actions is empty, so that nothing could be read', 'name what the function transforms, or leave actions out for all');
  }
  if (actions.includes(ObjectLambdaAction.HEAD_OBJECT) && !actions.includes(ObjectLambdaAction.GET_OBJECT)) {
    throw new ConfigurationError(place, 'actions holds HEAD_OBJECT without GET_OBJECT, and both are one right, so that readers would get the originals', 'add GET_OBJECT');
  }
}
