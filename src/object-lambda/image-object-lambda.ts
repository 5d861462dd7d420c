import { Size, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IMAGE_OBJECT_LAMBDA, IMAGE_OPTIONS } from './image-object-lambda-contract';
import { ImageObjectLambdaProps } from './image-object-lambda-props';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAction } from './object-lambda-action';
import { hasMember, SIZE, TRANSFORMING } from './option-types';
import { transformingFunction } from './transforming-function';
import { checkPropTypes } from '../access-point/props-check';
import { ConfigurationError, Place } from '../private/errors';

const WIDEST = 65_535;
const MOST_BYTES = Size.mebibytes(100);
const MOST_PIXELS = 100_000_000;
const DEFAULT_BYTES = Size.mebibytes(20);
const DEFAULT_PIXELS = 25_000_000;
const DEFAULT_MEMORY = 1769;
const MEBIBYTE = 1024 * 1024;
/** Measured: of the codec that needs most, AVIF, with the image in it and before it. */
const MEMORY_OF_FUNCTION = 200;
const MEMORY_OF_PIXEL = 48;

/**
 * A view of a bucket with images that are as wide as readers ask for, in the format that they name, marked with who they are.
 *
 * Readers ask with `?width=320`, or with the header `x-image-width: 320` where the client cannot add to the URL; images are never
 * enlarged. Of AVIF, WebP, JPEG and PNG the format is the best that `Accept` names, and that of the original otherwise. A cache in between
 * has to tell requests apart by both: S3 Object Lambda cannot answer with `Vary`.
 *
 * Only pixels go out, turned as EXIF says: no EXIF data, and so no places and no thumbnails, no comments, no colour profiles. With the
 * name of the reader in the pixels, `Cache-Control` is `private, no-cache` where the original has one. User metadata goes out as it is.
 *
 * Stored images are JPEG, PNG or WebP. Refused with 400: other content, animations, CMYK, damaged images, and those above the limits.
 *
 * The function may write its answer, its log and its traces and nothing else. Readers, policy, alarms and warnings are those of an
 * `ObjectLambdaAccessPoint`.
 *
 * @example
 * declare const bucket: SecureBucket;
 * declare const reviewer: iam.IRole;
 *
 * const previews = new ImageObjectLambda(this, 'Previews', { bucket, maximumWidth: 1280, watermark: ImageWatermark.callerName('For ') });
 * previews.grantRead(reviewer);
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
 */
export class ImageObjectLambda extends ObjectLambdaAccessPointBase {
  /** @throws if a limit or the quality is out of bounds, the memory is too small for the pixels, or an Object Lambda access point cannot be made of the rest */
  constructor(scope: Construct, id: string, props: ImageObjectLambdaProps) {
    const place = { scope, id };
    checkPropTypes(place, props, {
      ...TRANSFORMING,
      watermark: { what: 'an ImageWatermark', fits: value => hasMember(value, '_options') },
      maximumImageSize: SIZE,
    });
    const { watermark, maximumWidth, quality, maximumImageSize = DEFAULT_BYTES, maximumPixels = DEFAULT_PIXELS } = props;
    checkWhole(place, { maximumWidth }, WIDEST);
    checkWhole(place, { quality }, 100);
    checkWhole(place, { maximumPixels }, MOST_PIXELS);
    checkSize(place, maximumImageSize);
    checkMemory(place, props.memorySize, maximumPixels);
    const options = { watermark: watermark?._options, maximumWidth, quality, maximumBytes: maximumImageSize.toBytes(), maximumPixels };
    super(scope, id, props, {
      handler: parent => {
        const handler = transformingFunction(parent, props, {
          asset: IMAGE_OBJECT_LAMBDA, does: 'Resizes images', environment: { [IMAGE_OPTIONS]: JSON.stringify(options) },
        });
        return { handler, own: handler.facts() };
      },
      actions: Object.values(ObjectLambdaAction),
      supportsRange: true,
      supportsPartNumber: true,
      takesCipherText: false,
    });
  }
}

function checkWhole(place: Place, named: Record<string, number | undefined>, most: number): void {
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= most)) {
      throw new ConfigurationError(place, `${name} is ${Token.isUnresolved(value) ? 'only known at deployment' : value}`, `give a whole number from 1 to ${most}`);
    }
  }
}

function checkSize(place: Place, size: Size): void {
  const bytes = size.toBytes();
  if (!(bytes >= 1 && bytes <= MOST_BYTES.toBytes())) {
    throw new ConfigurationError(place, `maximumImageSize is ${size}`, `give at most ${MOST_BYTES.toMebibytes()} MiB`);
  }
}

function checkMemory(place: Place, memorySize: number = DEFAULT_MEMORY, maximumPixels: number): void {
  const needed = Math.ceil(MEMORY_OF_FUNCTION + maximumPixels * MEMORY_OF_PIXEL / MEBIBYTE);
  if (!Token.isUnresolved(memorySize) && memorySize < needed) {
    throw new ConfigurationError(place, `${maximumPixels} pixels need ${needed} MiB of memory, and memorySize is ${memorySize}`, 'raise memorySize, or lower maximumPixels');
  }
}
