import { Pixels } from './pixels';

/** How a stored image is turned before it is shown: 1 to 8, as EXIF has it. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Whether width and height change places. */
export function isSideways(orientation: Orientation): boolean {
  return orientation >= 5;
}

/**
 * The image as it is shown.
 *
 * @see https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf section 4.6.4, Orientation
 */
export function upright(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) {
    return pixels;
  }
  const { width, height } = pixels;
  const [outWidth, outHeight] = isSideways(orientation) ? [height, width] : [width, height];
  const source = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, width * height);
  const target = new Uint32Array(width * height);
  const [first, right, down] = steps(orientation, width, height);
  for (let y = 0, at = 0; y < outHeight; y += 1) {
    for (let x = 0, from = first + y * down; x < outWidth; x += 1, from += right) {
      target[at++] = source[from];
    }
  }
  return { data: new Uint8ClampedArray(target.buffer), width: outWidth, height: outHeight };
}

/** Where the first pixel stands in what is stored, and how far the next to the right, and the next below, are. */
function steps(orientation: Orientation, width: number, height: number): [number, number, number] {
  const last = width * height - 1;
  switch (orientation) {
    case 1: return [0, 1, width];
    case 2: return [width - 1, -1, width];
    case 3: return [last, -1, -width];
    case 4: return [last - width + 1, 1, -width];
    case 5: return [0, width, 1];
    case 6: return [last - width + 1, -width, 1];
    case 7: return [last, -width, -1];
    case 8: return [width - 1, width, -1];
  }
}
