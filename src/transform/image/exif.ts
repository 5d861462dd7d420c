import { Orientation } from './orientation';

const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * The orientation of an image out of its EXIF data, a TIFF header with directories; 1 where there is none.
 *
 * @see https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf section 4.5
 */
export function orientationOf(tiff: Buffer): Orientation {
  const order = tiff.toString('latin1', 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*' || tiff.length < 8) {
    return 1;
  }
  const isLittle = order.startsWith('I');
  const short = (at: number) => isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) {
    return 1;
  }
  const entries = short(directory);
  for (let at = directory + 2, left = entries; left > 0 && at + 12 <= tiff.length; at += 12, left -= 1) {
    if (short(at) === ORIENTATION && short(at + 2) === SHORT) {
      const value = short(at + 8);
      return isOrientation(value) ? value : 1;
    }
  }
  return 1;
}

function isOrientation(value: number): value is Orientation {
  return value >= 1 && value <= 8;
}
