import { Size } from 'aws-cdk-lib';
import { ImageWatermark } from './image-watermark';
import { TransformingObjectLambdaOptions } from './transforming-object-lambda-options';

/** What can be said about an `ImageObjectLambda`. */
export interface ImageObjectLambdaProps extends TransformingObjectLambdaOptions {
  /**
   * What is drawn into each image.
   *
   * @default - nothing
   */
  readonly watermark?: ImageWatermark;

  /**
   * The largest width that goes out, in pixels, from 1 to 65535, also where none is asked for: for previews of what readers may not have
   * in full.
   *
   * @default - that of the original
   */
  readonly maximumWidth?: number;

  /**
   * How good JPEG, WebP and AVIF look, from 1 to 100. PNG loses nothing.
   *
   * @default 80
   */
  readonly quality?: number;

  /**
   * How large a stored image may be, up to 100 MiB. Larger ones are refused with 400 before they are read.
   *
   * @default Size.mebibytes(20)
   */
  readonly maximumImageSize?: Size;

  /**
   * How many pixels a stored image may have, up to 100 million. What an image says of its size is judged before it is decoded: a few
   * bytes can say a lot. The function needs 200 MiB of memory, and 48 bytes for each pixel.
   *
   * @default 25000000
   */
  readonly maximumPixels?: number;
}
