import { Counts, logInvocation } from './invocation-log';
import { TransformationFactory } from './object-lambda';
import { problemOf } from './problem';
import { S3Destination } from './s3-destination';
import { isListed } from './s3-listing';
import { S3Source } from './s3-source';
import { Outcome, copyObject } from '../copy/copy';
import { BatchEvent, BatchResult, Job, QueueEvent, QueueResult, TaskResult, isBatch, jobOfMessage, jobOfTask } from '../copy/jobs';
import { asViewError } from '../s3-error';
import { ViewError } from '../view-error';

export interface CopyHandlerOptions {
  readonly bucketName: string;
  /** The URLs that originals are read from, and copies written to. */
  readonly source: string;
  readonly destination: string;
  readonly destinationPrefix: string;
  readonly prefixes: readonly string[];
  readonly deletes: boolean;
  readonly transformationOf: TransformationFactory;
}

export interface CopyContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What is left of the time of the function to abort an upload and to say so. */
const MARGIN = 15_000;

/** The handler of a function that copies, for events in a queue and for S3 Batch Operations. */
export function copyHandler(options: CopyHandlerOptions) {
  return async (event: QueueEvent | BatchEvent, context: CopyContext): Promise<QueueResult | BatchResult> =>
    isBatch(event) ? answerBatch(event, options, context) : answerQueue(event, options, context);
}

async function answerQueue({ Records }: QueueEvent, options: CopyHandlerOptions, context: CopyContext): Promise<QueueResult> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    await run(() => jobOfMessage(body), options, context).catch(() => batchItemFailures.push({ itemIdentifier: messageId }));
  }
  return { batchItemFailures };
}

async function answerBatch(event: BatchEvent, options: CopyHandlerOptions, context: CopyContext): Promise<BatchResult> {
  const { invocationSchemaVersion, invocationId, tasks } = event;
  const results: TaskResult[] = [];
  for (const task of tasks) {
    results.push(await resultOf(task, options, context));
  }
  return { invocationSchemaVersion, treatMissingKeysAs: 'PermanentFailure', invocationId, results };
}

async function resultOf(task: BatchEvent['tasks'][number], options: CopyHandlerOptions, context: CopyContext): Promise<TaskResult> {
  const { taskId } = task;
  try {
    return { taskId, resultCode: 'Succeeded', resultString: await run(() => jobOfTask(task), options, context) };
  } catch (error) {
    const { status, code } = asViewError(error);
    return { taskId, resultCode: status >= 500 ? 'TemporaryFailure' : 'PermanentFailure', resultString: code };
  }
}

async function run(jobOf: () => Job, options: CopyHandlerOptions, context: CopyContext): Promise<Outcome> {
  const start = performance.now();
  const counts = new Counts();
  const sources: S3Source[] = [];
  const timeLimit = Math.max(1, context.getRemainingTimeInMillis() - MARGIN);
  const signal = AbortSignal.timeout(timeLimit);
  const destination = new S3Destination(options.destination, signal);
  const log = (error?: ViewError) => logInvocation({
    requestId: context.awsRequestId,
    operation: 'Copy',
    outcome: error === undefined ? 'answered' : error.status === 422 ? 'refused' : 'failed',
    status: error?.status,
    code: error?.code,
    problem: problemOf(error?.cause),
    bytesIn: sources.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    bytesOut: destination.bytesWritten,
    duration: performance.now() - start,
    counts,
  });
  try {
    const { bucket, key } = jobOf();
    checkJob(bucket, key, options);
    const outcome = await copyObject(key, {
      source: request => {
        const source = new S3Source(options.source, request, signal);
        sources.push(source);
        return source;
      },
      exists: async missing => isListed(options.source, missing, signal),
      transformation: await options.transformationOf({ payload: '', counts, signal }),
      destination,
      destinationPrefix: options.destinationPrefix,
      deletes: options.deletes,
      timeLimit,
    });
    log();
    return outcome;
  } catch (error) {
    const known = asViewError(error);
    log(known);
    throw known;
  }
}

/** Manifests may name whatever they want. */
function checkJob(bucket: string, key: string, { bucketName, prefixes }: CopyHandlerOptions): void {
  if (bucket !== bucketName || (prefixes.length > 0 && !prefixes.some(prefix => key.startsWith(prefix)))) {
    throw new ViewError(403, 'AccessDenied', 'The object is none of those that are copied.');
  }
}
