import { orientationOf } from './exif';
import type { ImageHeader } from './image-header';
import { Orientation } from './orientation';
import { ViewError } from '../view-error';

/**
 * Each part that says a size counts: canvas and picture.
 *
 * @see https://developers.google.com/speed/webp/docs/riff_container
 */
export function webpHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') {
    return undefined;
  }
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) {
    throw new RangeError('the image is cut off');
  }
  let width = 0;
  let height = 0;
  let orientation: Orientation = 1;
  const size = (one: number, other: number) => {
    width = Math.max(width, one);
    height = Math.max(height, other);
  };
  for (let at = 12; at + 8 <= end;) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const content = at + 8;
    switch (type) {
      case 'VP8X':
        size(bytes.readUIntLE(content + 4, 3) + 1, bytes.readUIntLE(content + 7, 3) + 1);
        break;
      case 'VP8 ':
        size(bytes.readUInt16LE(content + 6) & 0x3fff, bytes.readUInt16LE(content + 8) & 0x3fff);
        break;
      case 'VP8L': {
        const bits = bytes.readUInt32LE(content + 1);
        size((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
        break;
      }
      case 'ANIM':
      case 'ANMF':
        throw new ViewError(422, 'UnsupportedImage', 'The image is animated.');
      case 'EXIF': {
        const exif = bytes.subarray(content, content + length);
        orientation = orientationOf(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif);
        break;
      }
      default:
    }
    at = content + length + length % 2;
  }
  return { format: 'webp', width, height, orientation, content: bytes.subarray(0, end) };
}
