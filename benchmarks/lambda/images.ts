import { join } from 'path';
import { median } from './cold-start';
import { IMAGE_OBJECT_LAMBDA, IMAGE_OPTIONS } from '../../src/object-lambda/image-object-lambda-contract';
import { Codecs } from '../../src/transform/image/image-transformation';
import { ASSETS } from '../../test/object-lambda/run-time/function-process';
import { ObjectLambda } from '../../test/object-lambda/run-time/object-lambda';

const WIDTH = 4000;
const HEIGHT = 3000;
const REQUESTED_WIDTH = '1280';

export interface ImageTime {
  /** Of the stored JPEG, and of what goes out, in bytes. */
  readonly stored: number;
  readonly sent: number;
  /** CPU seconds of the process of the function, for one image. */
  readonly cpu: number;
  /** Its largest resident set so far, in bytes. */
  readonly rss: number;
}

/** A photo of 12 megapixels, 1280 pixels wide in each format, with a watermark: medians of three by a function that is warm. */
export async function imageTimes(): Promise<ReadonlyMap<string, ImageTime>> {
  const view = await ObjectLambda.start(IMAGE_OBJECT_LAMBDA, { environment: { [IMAGE_OPTIONS]: JSON.stringify({ watermark: { text: 'For ', caller: 'name' } }) } });
  try {
    const photo = await photoOf(WIDTH, HEIGHT);
    view.s3.put('photo.jpg', photo, { 'content-type': 'image/jpeg' });
    const times = new Map<string, ImageTime>();
    for (const format of ['image/jpeg', 'image/webp', 'image/avif']) {
      const samples: ImageTime[] = [];
      for (let run = 0; run < 4; run++) {
        const { cpu: earlier } = view.outcome;
        const { status, headers, length } = await view.get('photo.jpg', { query: { width: REQUESTED_WIDTH }, headers: { Accept: format } });
        if (status !== 200 || headers['content-type'] !== format) {
          throw new Error(`${format} was not answered: ${view.lines.join('\n')}`);
        }
        const { cpu: later, rss } = view.outcome;
        samples.push({ stored: photo.length, sent: length, cpu: (later.user + later.system - earlier.user - earlier.system) / 1e6, rss });
      }
      const warm = samples.slice(1);
      times.set(format, { ...warm[2], cpu: median(warm.map(({ cpu }) => cpu)) });
    }
    return times;
  } finally {
    await view.stop();
  }
}

/** Waves with a grain, as JPEG: of a size as cameras give it. */
async function photoOf(width: number, height: number): Promise<Buffer> {
  process.env[IMAGE_OPTIONS] ??= '{}';
  const { codecs } = await import(join(ASSETS, IMAGE_OBJECT_LAMBDA, 'index.js')) as { codecs: Codecs };
  const data = new Uint8ClampedArray(width * height * 4);
  let grain = 1;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    grain = (grain * 1_103_515_245 + 12_345) % 2_147_483_648;
    const noise = grain / 2_147_483_648 * 24;
    data[pixel * 4] = 128 + 90 * Math.sin(x / 97) + noise;
    data[pixel * 4 + 1] = 128 + 90 * Math.sin(y / 61 + x / 400) + noise;
    data[pixel * 4 + 2] = 128 + 90 * Math.cos((x + y) / 173) + noise;
    data[pixel * 4 + 3] = 255;
  }
  return Buffer.from(await codecs.encode('jpeg', { data, width, height }, 85));
}
