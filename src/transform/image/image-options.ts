/** What is drawn into images. */
export interface WatermarkOptions {
  /** A text, which what is known of the caller follows. */
  readonly text: string;
  /** What of the caller follows: nothing if undefined. */
  readonly caller?: 'name' | 'arn';
}

/** How images are sent. */
export interface ImageOptions {
  readonly watermark?: WatermarkOptions;
  /** In pixels, for all images. Defaults to none. */
  readonly maximumWidth?: number;
  /** From 1 to 100. Defaults to 80. */
  readonly quality?: number;
  /** Of a stored image. Defaults to 20 MiB. */
  readonly maximumBytes?: number;
  /** Of a stored image: width by height. Defaults to 25 million. */
  readonly maximumPixels?: number;
}
