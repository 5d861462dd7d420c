import { orientationOf } from './exif';
import type { ImageHeader } from './image-header';
import { Orientation } from './orientation';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What the pixels are made of. The rest may be compressed, too, and is nothing that a decoder has to see. */
const KEPT = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** @see https://www.w3.org/TR/png-3/#5Chunk-layout */
export function pngHeader(bytes: Buffer): ImageHeader | undefined {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) {
    return undefined;
  }
  const kept = [bytes.subarray(0, 8)];
  let width = 0;
  let height = 0;
  let orientation: Orientation = 1;
  for (let at = 8, type = ''; type !== 'IEND';) {
    const length = bytes.readUInt32BE(at);
    type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) {
      throw new RangeError('a chunk is cut off');
    }
    if (type === 'IHDR') {
      width = Math.max(width, bytes.readUInt32BE(at + 8));
      height = Math.max(height, bytes.readUInt32BE(at + 12));
    } else if (type === 'eXIf') {
      orientation = orientationOf(bytes.subarray(at + 8, end - 4));
    }
    if (KEPT.includes(type)) {
      kept.push(bytes.subarray(at, end));
    }
    at = end;
  }
  return { format: 'png', width, height, orientation, content: Buffer.concat(kept) };
}
