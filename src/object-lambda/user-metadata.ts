/**
 * What readers of a redacted view see of user metadata (`x-amz-meta-*`).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export enum UserMetadata {
  /** Its values, redacted as a text. */
  REDACTED = 'redact',

  /** Its values as they are, for metadata that is known to hold no personal data. */
  KEPT = 'keep',

  /** Nothing. */
  DROPPED = 'drop',
}
