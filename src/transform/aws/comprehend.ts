import { ServiceError, callService } from './service-call';
import { Detector, Entity } from '../../redaction/assisted/detector';
import { RedactionError } from '../../redaction/errors';

/** How often a segment is asked about, as long as somebody waits for it: half a minute of pauses in all. */
const ATTEMPTS = 10;
/** How long Amazon Comprehend may take for 100,000 bytes. */
const SILENCE = 20_000;

interface AnsweredEntity {
  readonly BeginOffset?: number;
  readonly EndOffset?: number;
  readonly Score?: number;
  readonly Type?: string;
}

interface Answer {
  readonly Entities?: readonly AnsweredEntity[];
}

/**
 * Asks Amazon Comprehend in the Region of the function, and again if it is busy. Its offsets count Unicode code points, and the end is behind
 * the last one.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html
 * @see https://docs.aws.amazon.com/sdk-for-ruby/v2/api/Aws/Comprehend/Types/PiiEntity.html
 */
export const comprehend: Detector = async (text, languageCode, signal) => {
  try {
    return entitiesOf(await callService({
      service: 'comprehend',
      target: 'Comprehend_20171127.DetectPiiEntities',
      input: { Text: text, LanguageCode: languageCode },
      endpointVariable: 'AWS_ENDPOINT_URL_COMPREHEND',
      silence: SILENCE,
      attempts: ATTEMPTS,
    }, signal) as Answer | null);
  } catch (error) {
    throw failure(error);
  }
};

/** What is missing is judged as wrong, and a missing score as a high one. */
function entitiesOf(answer: Answer | null): Entity[] {
  const entities = answer?.Entities;
  if (!Array.isArray(entities)) {
    throw new Error('no entities');
  }
  return (entities as readonly AnsweredEntity[]).map(({ BeginOffset, EndOffset, Type, Score = 1 }) =>
    ({ type: Type as string, start: BeginOffset as number, end: EndOffset as number, score: Score }));
}

/** Messages of the service may show what was sent; codes do not. The cause is for the log. */
function failure(error: unknown): RedactionError {
  const cause = error instanceof Error && error.cause instanceof ServiceError ? error.cause : error;
  const said = cause instanceof ServiceError ? `${cause.status} ${cause.code}` : 'no answer';
  const message = `Amazon Comprehend could not be asked (${said}): allow comprehend:DetectPiiEntities to the role, or try again later`;
  return Object.assign(new RedactionError('DETECTION_FAILED', message), cause instanceof ServiceError ? { cause } : {});
}
