import { Construct } from 'constructs';
import { TransformFunction } from './transform-function';
import { SHOW_SIZES } from './transforming-contract';
import { TransformingObjectLambdaOptions } from './transforming-object-lambda-options';

/** What a function of this library is made of. */
export interface TransformingFunctionProps {
  readonly asset: string;
  /** What it does, with the path of the bucket behind it. */
  readonly does: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Record<string, string>;
}

/** The function behind an access point that transforms. */
export function transformingFunction(
  scope: Construct, options: TransformingObjectLambdaOptions, props: TransformingFunctionProps,
): TransformFunction {
  return new TransformFunction(scope, 'Function', {
    memorySize: options.memorySize,
    timeout: options.timeout,
    reservedConcurrentExecutions: options.reservedConcurrentExecutions,
    logRetention: options.logRetention,
    asset: props.asset,
    files: props.files,
    description: `${props.does} of ${options.bucket.node.path}`.slice(0, 256),
    environment: { [SHOW_SIZES]: String(options.showSizes ?? false), ...props.environment },
  });
}
