import { orientationOf } from './exif';
import type { ImageHeader } from './image-header';
import { Orientation } from './orientation';
import { ViewError } from '../view-error';

const START = 0xffd8;
const END = 0xd9;
const SCAN = 0xda;
const EXIF = 0xe1;
/** Each scan is a walk over all pixels, and takes next to no bytes. */
const MAXIMUM_SCANS = 32;

/**
 * Walks the whole file, so that a decoder finds no other frame than the one that was judged.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf annex B
 */
export function jpegHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== START || bytes[2] !== 0xff) {
    return undefined;
  }
  let width = 0;
  let height = 0;
  let scans = 0;
  let orientation: Orientation | undefined;
  for (let at = 2; ;) {
    at = marker(bytes, at);
    const code = bytes.readUInt8(at);
    at += 1;
    if (code === END) {
      return { format: 'jpeg', width, height, orientation: orientation ?? 1, content: bytes.subarray(0, at) };
    }
    if (isAlone(code)) {
      continue;
    }
    const length = bytes.readUInt16BE(at);
    if (isFrame(code)) {
      height = Math.max(height, bytes.readUInt16BE(at + 3));
      width = Math.max(width, bytes.readUInt16BE(at + 5));
    } else if (code === EXIF && bytes.toString('latin1', at + 2, at + 8) === 'Exif\0\0') {
      orientation ??= orientationOf(bytes.subarray(at + 8, at + length));
    } else if (code === SCAN && ++scans > MAXIMUM_SCANS) {
      throw new ViewError(422, 'ImageTooLarge', `The image is made of more than ${MAXIMUM_SCANS} scans.`);
    }
    at += Math.max(length, 2);
  }
}

/** Where the next marker stands: behind 0xff that is no data. */
function marker(bytes: Buffer, start: number): number {
  for (let at = start; ;) {
    at = bytes.indexOf(0xff, at) + 1;
    if (at === 0) {
      throw new RangeError('no end');
    }
    const code = bytes.readUInt8(at);
    if (code !== 0 && code !== 0xff && !isRestart(code)) {
      return at;
    }
  }
}

/** Start of frame: all of 0xc0 to 0xcf but Huffman tables, an extension and arithmetic conditioning. */
function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
}

function isRestart(code: number): boolean {
  return code >= 0xd0 && code <= 0xd7;
}

/** Markers without a length: a start, and one for temporary use. */
function isAlone(code: number): boolean {
  return code === 0xd8 || code === 0x01;
}
