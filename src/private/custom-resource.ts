/** What CloudFormation sends to a custom resource. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export interface CustomResourceEvent<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** Not with `Create`. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** With `Update` only: in a rollback, the properties that failed. */
  readonly OldResourceProperties?: Properties;
}

/** What is used of the context of a Lambda invocation. */
export interface InvocationContext {
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** What is left of the invocation for the answer: the longest pause between two tries of the AWS SDK is 20 seconds. */
const ANSWER_MILLISECONDS = 30_000;

/** CloudFormation refuses an answer of more than 4096 bytes. A character has up to three. */
const REASON_LENGTH = 1000;

const ATTEMPTS = 5;

/**
 * Does the work of a custom resource and tells CloudFormation how it ended, before the invocation runs out of time. If the answer
 * cannot be delivered, it throws: Lambda repeats an asynchronous invocation that failed, so the work has to bear repetition.
 *
 * @param work gives the physical id; it has to stop when its signal aborts
 * @param failedId the physical id of a resource that could not be created
 */
export async function answerCloudFormation(
  event: CustomResourceEvent<unknown>, context: InvocationContext, failedId: string, work: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const budget = Math.max(0, context.getRemainingTimeInMillis() - ANSWER_MILLISECONDS);
  const signal = AbortSignal.timeout(budget);
  const { StackId, RequestId, LogicalResourceId } = event;
  const outcome = await work(signal).then(
    id => ({ Status: 'SUCCESS', PhysicalResourceId: id }),
    (error: Error) => {
      const message = signal.aborted ? `not done within ${budget / 1000} seconds (${error.message})` : error.message;
      console.error(`${event.RequestType} failed: ${message}`);
      const Reason = `${message.slice(0, REASON_LENGTH)} (log stream ${context.logStreamName})`;
      return { Status: 'FAILED', Reason, PhysicalResourceId: event.PhysicalResourceId ?? failedId };
    },
  );
  await put(event.ResponseURL, JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId }));
}

/** The URL is signed without a content type, so none may be sent: bytes have none. It is a credential: no error may show it. */
async function put(url: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const problem = await fetch(url, { method: 'PUT', body: new TextEncoder().encode(body) })
      .then(response => response.ok ? undefined : `status ${response.status}`, (error: Error) => error.name);
    if (problem === undefined) {
      return;
    }
    if (attempt === ATTEMPTS) {
      throw new Error(`the answer did not reach CloudFormation: ${problem}`);
    }
    await new Promise(resolve => setTimeout(resolve, Math.random() * 2 ** attempt * 500));
  }
}
