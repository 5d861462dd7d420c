/** In US dollars, of US East (N. Virginia), without free tiers and tiers of volume, as the pages said in November 2026. */
export const PRICES = {
  /** On Arm, each GB-second. https://aws.amazon.com/lambda/pricing/ */
  gbSecond: 0.0000133334,
  /** Of Lambda, each. https://aws.amazon.com/lambda/pricing/ */
  invocation: 0.20 / 1_000_000,
  /** Each GB that S3 Object Lambda returns. https://aws.amazon.com/s3/pricing/ */
  gbReturned: 0.005,
  /** Of S3 Standard, each. The caller's GET is one, and so is that of the function. https://aws.amazon.com/s3/pricing/ */
  get: 0.0004 / 1_000,
};

/** So much memory has one CPU. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const MIB_PER_CPU = 1769;
/** S3 Object Lambda waits so long, in seconds, less what the function keeps for its answer. */
export const SECONDS = 58;
