/** The name of the function's bundle, a folder in `assets/`. */
export const ENRICHING_OBJECT_LAMBDA = 'enriching-object-lambda';

/** The environment variables of the function. */
export const ENRICHING_OBJECT_LAMBDA_ENVIRONMENT = {
  table: 'TABLE_NAME',
  /** What is joined, as JSON: `EnrichingOptions`. */
  join: 'JOIN',
  /** How long items are remembered, in milliseconds. */
  cacheFor: 'CACHE_FOR',
} as const;
