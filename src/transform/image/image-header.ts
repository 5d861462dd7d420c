import { StoredFormat } from './image-format';
import { jpegHeader } from './jpeg-header';
import { Orientation } from './orientation';
import { pngHeader } from './png-header';
import { webpHeader } from './webp-header';
import { ViewError } from '../view-error';

/** What an image says of itself before it is decoded. */
export interface ImageHeader {
  readonly format: StoredFormat;
  /** As it is stored, before it is turned; the largest, where it says several. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** What the decoder is given: without what it need not see. */
  readonly content: Buffer;
}

/** @throws ViewError if it is no image that can be decoded */
export function imageHeader(bytes: Buffer): ImageHeader {
  let header;
  try {
    header = jpegHeader(bytes) ?? pngHeader(bytes) ?? webpHeader(bytes);
  } catch (error) {
    // Lengths that point behind the end.
    throw error instanceof ViewError ? error : damaged();
  }
  if (header === undefined) {
    throw new ViewError(422, 'UnsupportedImage', 'The object is no JPEG, PNG or WebP image.');
  }
  if (header.width < 1 || header.height < 1) {
    throw damaged();
  }
  return header;
}

export function damaged(): ViewError {
  return new ViewError(422, 'DamagedImage', 'The image is damaged, or of a kind that cannot be decoded.');
}
