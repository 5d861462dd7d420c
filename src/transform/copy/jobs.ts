import { ViewError } from '../view-error';

/** Messages of a queue, each with an event that Amazon S3 has sent to EventBridge. */
export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

export interface QueueResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
interface S3Event {
  readonly detail: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html */
export interface BatchEvent {
  readonly invocationSchemaVersion: string;
  readonly invocationId: string;
  readonly tasks: readonly { readonly taskId: string; readonly s3Key: string; readonly s3Bucket?: string; readonly s3BucketArn?: string }[];
}

export interface BatchResult {
  readonly invocationSchemaVersion: string;
  readonly treatMissingKeysAs: 'PermanentFailure';
  readonly invocationId: string;
  readonly results: readonly TaskResult[];
}

export interface TaskResult {
  readonly taskId: string;
  readonly resultCode: 'Succeeded' | 'TemporaryFailure' | 'PermanentFailure';
  readonly resultString: string;
}

/** An object to copy. */
export interface Job {
  readonly bucket: string;
  readonly key: string;
}

export function isBatch(event: QueueEvent | BatchEvent): event is BatchEvent {
  return 'tasks' in event;
}

/** Events in EventBridge name keys as they are. */
export function jobOfMessage(body: string): Job {
  const { detail } = JSON.parse(body) as S3Event;
  return { bucket: detail.bucket.name, key: detail.object.key };
}

/**
 * Manifests of S3 Batch Operations name keys as forms encode them.
 *
 * @throws ViewError if one is not encoded: that does not pass
 */
export function jobOfTask({ s3Key, s3Bucket, s3BucketArn = '' }: BatchEvent['tasks'][number]): Job {
  try {
    return { bucket: s3Bucket ?? s3BucketArn.split(':').pop()!, key: decodeURIComponent(s3Key.replace(/\+/g, ' ')) };
  } catch {
    throw new ViewError(400, 'InvalidURI', 'A key of the manifest is not encoded.');
  }
}
