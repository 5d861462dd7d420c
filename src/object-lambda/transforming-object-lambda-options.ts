import { ObjectLambdaAccessPointOptions } from './object-lambda-access-point-props';
import { TransformFunctionOptions } from './transform-function-options';

/** What can be said about every Object Lambda access point with a function of this library that changes what objects are. */
export interface TransformingObjectLambdaOptions extends ObjectLambdaAccessPointOptions, TransformFunctionOptions {
  /**
   * Show the sizes of the originals in listings. They are not those of what is read.
   *
   * @default false - sizes are left out
   */
  readonly showSizes?: boolean;
}
