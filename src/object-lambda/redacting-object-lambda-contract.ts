/** The name of the function's bundle, a folder in `assets/`. */
export const REDACTING_OBJECT_LAMBDA = 'redacting-object-lambda';

/** The file beside `index.js` that holds the rules as JSON: what `Redaction.toJsonString()` gives. Environment variables hold 4 KB in all. */
export const RULES_FILE = 'rules.json';

/** The environment variables of the function. Those that are not set take their default. */
export const REDACTING_OBJECT_LAMBDA_ENVIRONMENT = {
  /** The ARN of the secret that holds the key of `Mask.hash`, as text or as bytes, at least 16 bytes. It is read if a mask of the rules uses it. */
  hashKeySecret: 'HASH_KEY_SECRET_ARN',
  /** What happens to the values of user metadata: `redact` (the default), `keep` or `drop`. */
  metadata: 'METADATA',
  /** Whether keys are redacted in listings: `true` or `false` (the default). */
  redactKeys: 'REDACT_KEYS',
  /** Whether listings show the sizes of the stored objects: `true` or `false` (the default). */
  showSizes: 'SHOW_SIZES',
  /** The ARN of the Object Lambda access point that the function asks for lengths, which HEAD then tells. Without it, HEAD tells none. */
  ownView: 'OWN_VIEW_ARN',
} as const;

export { OBJECT_LAMBDA_METRICS, OBJECT_LAMBDA_METRICS_NAMESPACE } from '../private/object-lambda-metrics';
