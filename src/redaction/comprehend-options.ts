import { PiiType } from './pii-type';

/** What Amazon Comprehend is asked for. */
export interface ComprehendOptions {
  /**
   * The language of the texts: `en` or `es`, the two that `DetectPiiEntities` reads. A text in another language is asked about as if it
   * were this one, and less is found in it.
   *
   * @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html
   */
  readonly languageCode: string;

  /**
   * What it is asked to find. These types are added to those of the redaction, so that fields named after them are redacted, too, and need
   * not be sent.
   *
   * @default - NAME and ADDRESS: free text hides them from rules; the other types have a structure, or words beside them, that is found
   * without asking
   */
  readonly types?: PiiType[];

  /**
   * How sure it has to be of what it finds, from 0 to 1. What it is less sure of stays.
   *
   * @default 0.5 - more likely than not, as in AWS's own function for S3 Object Lambda: a mask too many costs less than a name that stays
   * @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_PiiEntity.html
   * @see https://github.com/aws-samples/amazon-comprehend-s3-object-lambda-functions/blob/main/REDACTION_README.md
   */
  readonly confidence?: number;
}
