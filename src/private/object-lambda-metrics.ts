/** The namespace of the metrics that functions behind S3 Object Lambda write to their logs, with the dimension `FunctionName`. */
export const OBJECT_LAMBDA_METRICS_NAMESPACE = 'CdkSecureS3/ObjectLambda';

/** The metrics. The log line of an invocation has the counts by type as well, as the object `counts`. */
export const OBJECT_LAMBDA_METRICS = {
  /** What was read of the stored objects, in bytes. */
  bytesIn: 'BytesIn',
  /** What was answered, in bytes. */
  bytesOut: 'BytesOut',
  /** In milliseconds. */
  duration: 'Duration',
  /** Requests that were refused because an object could not be transformed. */
  refused: 'Refused',
  /** Answers that were cut off after their first bytes: the transformation failed or took too long. */
  cutOff: 'CutOff',
  /** What the transformation counts: values that were redacted. */
  transformed: 'Transformed',
} as const;
