import { join } from 'path';
import { Readable } from 'stream';
import { buffer } from 'stream/consumers';
import acceptCases from './accept.cases.json';
import images from './images.json';
import { ImageFormat, saidFormat } from '../../../src/transform/image/image-format';
import { imageHeader } from '../../../src/transform/image/image-header';
import { ImageOptions } from '../../../src/transform/image/image-options';
import { Codecs, ImageTransformation } from '../../../src/transform/image/image-transformation';
import { negotiated } from '../../../src/transform/image/negotiation';
import { Pixels } from '../../../src/transform/image/pixels';
import { requestedWidth } from '../../../src/transform/image/requested-width';
import { resized } from '../../../src/transform/image/resize';
import { strokesOf } from '../../../src/transform/image/stroke-font';
import { mark } from '../../../src/transform/image/watermark';
import { Caller, ViewRequest } from '../../../src/transform/view';
import { fc } from '../../fast-check';

process.env.IMAGE_OPTIONS = '{}';
const { codecs } = jest.requireActual<{ codecs: Codecs }>(join(__dirname, '..', '..', '..', 'assets', 'image-object-lambda', 'index.js'));

const image = (name: keyof typeof images) => Buffer.from(images[name], 'base64');

interface Request {
  readonly width?: string;
  readonly accept?: string;
  readonly header?: string;
  readonly caller?: Caller;
}

function requestOf({ width, accept, header, caller }: Request = {}): ViewRequest {
  const headers = { ...accept === undefined ? {} : { accept }, ...header === undefined ? {} : { 'x-image-width': header } };
  return { operation: 'GetObject', key: 'a.jpg', headers, query: new URLSearchParams(width === undefined ? '' : `width=${width}`), caller };
}

async function sent(bytes: Buffer, request: Request = {}, options: ImageOptions = {}, contentType?: string) {
  const { stream, ...about } = new ImageTransformation(options, codecs, 'code').open({ key: 'a.jpg', contentType }, requestOf(request));
  return { ...about, bytes: await buffer(Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]).pipe(stream)) };
}

async function shown(bytes: Buffer, request: Request = {}, options: ImageOptions = {}): Promise<Pixels> {
  return codecs.decode('png', (await sent(bytes, { accept: 'image/png', ...request }, options)).bytes);
}

function pixel({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** Red, green, blue and yellow in the four quarters, from the upper left. */
function quarters(pixels: Pixels): string[] {
  const { width, height } = pixels;
  return [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]].map(([x, y]) => {
    const [red, green, blue] = pixel(pixels, Math.floor(x * width), Math.floor(y * height)).map(value => value > 128);
    return red ? green ? 'yellow' : 'red' : green ? 'green' : blue ? 'blue' : 'black';
  });
}

const UPRIGHT = ['red', 'green', 'blue', 'yellow'];

describe('images are read', () => {
  test.each([
    'orientation 1.jpg', 'orientation 2.jpg', 'orientation 3.jpg', 'orientation 4.jpg', 'orientation 5.jpg', 'orientation 6.jpg', 'orientation 7.jpg', 'orientation 8.jpg',
    'orientation 6.png', 'orientation 6.webp', 'progressive.jpg', 'comment.jpg', 'palette.png', 'lossless.webp', 'plain.webp', 'animated.png',
  ] as const)('%s', async name => {
    const pixels = await shown(image(name));
    expect([pixels.width, pixels.height]).toEqual([48, 32]);
    expect(quarters(pixels)).toEqual(UPRIGHT);
  });

  test.each(['grey.jpg', 'grey.png', 'deep.png'] as const)('%s', async name => {
    const [upperLeft, upperRight] = [await shown(image(name))].flatMap(pixels => [pixel(pixels, 5, 5), pixel(pixels, 40, 5)]);
    expect(upperLeft).toEqual([87, 87, 87, 255]);
    expect(upperRight).toEqual([130, 130, 130, 255]);
  });

  test.each(['alpha.png', 'alpha.webp'] as const)('%s keeps its alpha, or stands on white', async name => {
    expect(pixel(await shown(image(name)), 2, 2)).toEqual([220, 30, 30, 20]);
    const { bytes } = await sent(image(name), { accept: 'image/jpeg' });
    pixel(await codecs.decode('jpeg', bytes), 2, 2).forEach((value, at) => expect(Math.abs(value - [252, 237, 237, 255][at])).toBeLessThan(8));
  });
});

test.each([
  ['orientation 6.jpg', ['avif', 'webp', 'jpeg', 'png']], ['orientation 6.png', ['png']], ['orientation 6.webp', ['webp']], ['comment.jpg', ['jpeg']],
] as const)('nothing but pixels of %s goes out', async (name, formats) => {
  expect(image(name).toString('latin1')).toMatch(/Exif|eXIf|EXIF|secret comment/);
  for (const format of formats) {
    const { bytes, contentType } = await sent(image(name), { accept: `image/${format}` });
    expect(bytes.toString('latin1')).not.toMatch(/Exif|eXIf|EXIF|Example camera|secret|photoshop|http:/);
    expect(contentType).toBe(`image/${format}`);
    expect({ avif: 'ftypavif', webp: 'WEBP', jpeg: '\xff\xd8\xff', png: '\x89PNG' }[format]).toBe(/^....(ftypavif)|^RIFF....(WEBP)|^(\xff\xd8\xff)|^(\x89PNG)/s
      .exec(bytes.toString('latin1', 0, 12))?.slice(1).find(found => found !== undefined));
  }
});

describe('the width', () => {
  test.each<[Request, ImageOptions, number, number]>([
    [{}, {}, 48, 32], [{ width: '24' }, {}, 24, 16], [{ width: '25' }, {}, 25, 17], [{ width: '1' }, {}, 1, 1], [{ width: '48' }, {}, 48, 32], [{ width: '4800' }, {}, 48, 32],
    [{ header: ' 24' }, {}, 24, 16], [{ width: '24', header: '24' }, {}, 24, 16], [{}, { maximumWidth: 12 }, 12, 8], [{ width: '24' }, { maximumWidth: 12 }, 12, 8],
    [{ width: '6' }, { maximumWidth: 12 }, 6, 4], [{}, { maximumWidth: 4800 }, 48, 32],
  ])('%j with %j is %d by %d', async (request, options, width, height) => {
    for (const name of ['orientation 1.jpg', 'orientation 6.jpg'] as const) {
      const pixels = await shown(image(name), request, options);
      expect([pixels.width, pixels.height]).toEqual([width, height]);
      expect(width < 4 ? UPRIGHT : quarters(pixels)).toEqual(UPRIGHT);
    }
  });

  test.each(['0', '-1', '1.5', '1e3', '', ' ', '65536', '100000', 'abc', '24&width=25', '１'])('%s is none', width => {
    expect(() => requestedWidth(requestOf({ width }))).toThrow(expect.objectContaining({ status: 400, code: 'InvalidArgument' }));
  });

  test('of two kinds that differ is none', () => {
    expect(() => requestedWidth(requestOf({ width: '24', header: '25' }))).toThrow(expect.objectContaining({ status: 400 }));
  });

  test('AVIF is as wide, too', async () => {
    const { bytes } = await sent(image('orientation 6.jpg'), { width: '24', accept: 'image/avif' });
    const size = bytes.indexOf('ispe') + 8;
    expect([bytes.readUInt32BE(size), bytes.readUInt32BE(size + 4)]).toEqual([24, 16]);
  });
});

test.each(acceptCases.map(row => [row.accept, row.said, row.format]))('Accept: %s of a %s is answered with %s', (accept, said, format) => {
  expect(negotiated(accept ?? undefined, said as ImageFormat)).toBe(format);
});

test.each([
  ['image/jpeg', 'a', 'jpeg'], ['image/jpg', 'a.png', 'jpeg'], ['image/png; charset=x', 'a.jpg', 'png'], ['IMAGE/WEBP', 'a', 'webp'], ['binary/octet-stream', 'a.PNG', 'png'],
  [undefined, 'a.webp', 'webp'], [undefined, 'a.jpeg', 'jpeg'], [undefined, 'a', 'jpeg'], ['image/pngx', 'a', 'jpeg'],
] as const)('%s and the key %s say %s', (contentType, key, format) => {
  expect(saidFormat(contentType, key)).toBe(format);
});

test('what goes out has the type that is said, whatever the object is', async () => {
  const { contentType, bytes } = await sent(image('alpha.png'), {}, {}, 'image/webp');
  expect([contentType, bytes.toString('latin1', 8, 12)]).toEqual(['image/webp', 'WEBP']);
});

describe('refused', () => {
  const jpeg = image('orientation 1.jpg');
  const png = image('palette.png');
  const webp = image('plain.webp');
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  const patched = (bytes: Buffer, at: number, ...values: number[]) => {
    const copy = Buffer.from(bytes);
    values.forEach((value, index) => copy.writeUInt8(value, at + index));
    return copy;
  };
  const largest = patched(jpeg.subarray(frame, frame + 19), 5, 255, 255, 255, 255);
  const scan = (progressive: Buffer) => progressive.subarray(progressive.indexOf(Buffer.from([0xff, 0xda])), progressive.length - 2);

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'UnsupportedImage'],
    ['text', Buffer.from('secret'.repeat(10)), 'UnsupportedImage'],
    ['GIF', image('plain.gif'), 'UnsupportedImage'],
    ['AVIF', image('plain.avif'), 'UnsupportedImage'],
    ['an animation', image('animated.webp'), 'UnsupportedImage'],
    ['CMYK', image('cmyk.jpg'), 'DamagedImage'],
    ['a JPEG that is cut off', jpeg.subarray(0, jpeg.length - 2), 'DamagedImage'],
    ['a PNG that is cut off', png.subarray(0, png.length - 12), 'DamagedImage'],
    ['a WebP that is cut off', webp.subarray(0, webp.length - 2), 'DamagedImage'],
    ['a JPEG without a frame', Buffer.from('ffd8ffd9', 'hex'), 'DamagedImage'],
    ['a JPEG without rows', patched(jpeg, frame + 5, 0, 0), 'DamagedImage'],
    ['a JPEG of 65,535 squared', patched(jpeg, frame + 5, 255, 255, 255, 255), 'ImageTooLarge'],
    ['a JPEG with a second, larger frame', Buffer.concat([jpeg.subarray(0, -2), largest, jpeg.subarray(-2)]), 'ImageTooLarge'],
    ['a JPEG with too many scans', Buffer.concat([image('progressive.jpg').subarray(0, -2), ...Array<Buffer>(33).fill(scan(jpeg)), jpeg.subarray(-2)]), 'ImageTooLarge'],
    ['a PNG of 65,536 squared', patched(png, 16, 0, 1, 0, 0, 0, 1, 0, 0), 'ImageTooLarge'],
    ['a PNG with damaged data', patched(png, png.indexOf('IDAT') + 4, 0xff, 0xff), 'DamagedImage'],
    ['a WebP of 16,383 squared', patched(webp, 26, 0xff, 0x3f, 0xff, 0x3f), 'ImageTooLarge'],
    ['a WebP with damaged data', patched(webp, 20, 0xff, 0xff, 0xff), 'DamagedImage'],
  ])('%s', async (_, bytes, code) => {
    await expect(sent(bytes)).rejects.toMatchObject({ status: 422, code, message: expect.not.stringContaining('secret') });
  });

  test('what has more bytes than it may, told before and found out', async () => {
    const transformation = new ImageTransformation({ maximumBytes: 500 }, codecs, 'code');
    expect(() => transformation.open({ key: 'a', contentLength: 501 }, requestOf())).toThrow(expect.objectContaining({ status: 422, code: 'ImageTooLarge' }));
    await expect(sent(jpeg, {}, { maximumBytes: jpeg.length - 1 })).rejects.toMatchObject({ code: 'ImageTooLarge' });
    expect((await sent(jpeg, {}, { maximumBytes: jpeg.length })).bytes.length).toBeGreaterThan(0);
  });

  test('what has more pixels than it may', async () => {
    await expect(sent(jpeg, {}, { maximumPixels: 48 * 32 - 1 })).rejects.toMatchObject({ code: 'ImageTooLarge' });
    expect((await sent(jpeg, {}, { maximumPixels: 48 * 32 })).bytes.length).toBeGreaterThan(0);
  });

  test('what is wider than the format that is asked for can be', async () => {
    const wide = Buffer.from(await codecs.encode('png', { data: new Uint8ClampedArray(16_384 * 4), width: 16_384, height: 1 }, 80));

    await expect(sent(wide, { accept: 'image/webp' })).rejects.toMatchObject({ status: 422, code: 'ImageTooLarge' });
    expect((await sent(wide, { accept: 'image/webp', width: '4000' })).bytes.length).toBeGreaterThan(0);
  });

  test('an image that breaks a codec breaks nothing for the next', async () => {
    for (const bytes of [image('cmyk.jpg'), patched(png, png.indexOf('IDAT') + 4, 0xff, 0xff), patched(webp, 20, 0xff, 0xff, 0xff)]) {
      await expect(sent(bytes)).rejects.toMatchObject({ code: 'DamagedImage' });
    }
    for (const name of ['orientation 1.jpg', 'palette.png', 'plain.webp'] as const) {
      expect(quarters(await shown(image(name)))).toEqual(UPRIGHT);
    }
  });

  test('any bytes, or read', () => {
    fc.assert(fc.property(fc.constantFrom(jpeg, png, webp), fc.nat(), fc.integer({ min: 0, max: 255 }), (bytes, at, value) => {
      try {
        const header = imageHeader(patched(bytes, at % bytes.length, value));
        expect(header.width * header.height).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toMatchObject({ status: 422 });
      }
    }), { numRuns: 300 });
  });
});

describe('resizing', () => {
  const plain = (width: number, height: number, colour: number[]): Pixels => {
    return { data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => colour[at % 4]), width, height };
  };

  test('leaves a plain colour as it is', () => {
    expect([...new Set(resized(plain(50, 40, [10, 200, 90, 255]), 13, 7).data)].sort()).toEqual([10, 200, 255, 90]);
  });

  test('gives the mean of black and white', () => {
    const stripes = plain(96, 96, [0, 0, 0, 255]);
    stripes.data.forEach((_, at) => stripes.data[at] = at % 4 === 3 || Math.floor(at / 4) % 2 === 0 ? 255 : 0);
    const [middle] = pixel(resized(stripes, 12, 12), 6, 6);
    expect(Math.abs(middle - 127.5)).toBeLessThan(3);
  });

  test('takes no colour from what is transparent', () => {
    const halves = plain(8, 8, [255, 0, 0, 255]);
    halves.data.forEach((_, at) => {
      if (Math.floor(at / 4) % 2 === 1) {
        halves.data[at] = at % 4 === 1 ? 255 : 0;
      }
    });
    const [red, green, , alpha] = pixel(resized(halves, 2, 2), 0, 0);
    expect([red, green]).toEqual([255, 0]);
    expect(Math.abs(alpha - 128)).toBeLessThan(30);
  });
});

describe('the watermark', () => {
  const ground = (value: number): Pixels => {
    const data = new Uint8ClampedArray(200 * 200 * 4).fill(value);
    for (let at = 3; at < data.length; at += 4) {
      data[at] = 255;
    }
    return { data, width: 200, height: 200 };
  };

  test.each([0, 128, 255])('shows everywhere on a ground of %d', value => {
    const pixels = ground(value);
    mark(pixels, 'reader@example.com');
    for (let y = 0; y < 200; y += 100) {
      for (let x = 0; x < 200; x += 100) {
        const block = Uint8Array.from({ length: 100 * 100 }, (_, at) => pixels.data[((y + Math.floor(at / 100)) * 200 + x + at % 100) * 4]);
        expect(Math.max(...block) - Math.min(...block)).toBeGreaterThan(100);
        expect(block.filter(shade => Math.abs(shade - value) > 50).length).toBeGreaterThan(300);
        expect(block.filter(shade => shade === value).length).toBeGreaterThan(3000);
      }
    }
  });

  test('shows the end of the longest ARN of a user, too', () => {
    const [one, other] = ['a', 'b'].map(name => {
      const pixels = { data: new Uint8ClampedArray(9000 * 12 * 4).fill(128), width: 9000, height: 12 };
      mark(pixels, `${'x'.repeat(800)}${name}`);
      return Buffer.from(pixels.data);
    });
    expect(one.equals(other)).toBe(false);
  });

  test('shows on what is transparent', () => {
    const pixels = ground(0);
    pixels.data.fill(0);
    mark(pixels, 'reader');
    expect(pixels.data.filter((value, at) => at % 4 === 3 && value > 100).length).toBeGreaterThan(1000);
  });

  test('differs by its text, and has a shape for each character', () => {
    const shapes = Array.from({ length: 0x7f - 0x20 }, (_, index) => JSON.stringify(strokesOf(String.fromCharCode(0x20 + index))));
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(strokesOf('é😀')).toEqual(strokesOf('??'));
    expect(strokesOf('ab').width).toBe(strokesOf('a').width + strokesOf('b').width);
  });

  const marked = async (options: ImageOptions, caller?: Caller) => Buffer.from((await shown(image('orientation 1.jpg'), { caller }, options)).data).toString('base64');

  test('names the caller', async () => {
    const caller = { name: 'alice', arn: 'arn:aws:sts::111122223333:assumed-role/Reader/alice' };
    const text = async (line: string) => marked({ watermark: { text: line } });
    expect(await marked({ watermark: { text: 'For ', caller: 'name' } }, caller)).toEqual(await text('For alice'));
    const ofArn = await text(caller.arn);
    expect(await marked({ watermark: { text: '', caller: 'arn' } }, caller)).toEqual(ofArn);
    expect(await marked({ watermark: { text: '', caller: 'name' } }, { arn: caller.arn })).toEqual(ofArn);
    expect(await text('For bob')).not.toEqual(await text('For alice'));
    expect(await marked({})).not.toEqual(ofArn);
  });

  test.each([[{ text: 'For ', caller: 'name' }, undefined], [{ text: '', caller: 'arn' }, { name: 'alice' }], [{ text: '', caller: 'name' }, { name: '' }]] as const)(
    '%j of %j is refused', (watermark, caller) => {
      const transformation = new ImageTransformation({ watermark }, codecs, 'code');
      expect(() => transformation.open({ key: 'a.jpg' }, requestOf({ caller }))).toThrow(expect.objectContaining({ status: 403, code: 'AccessDenied' }));
    });

  test('of the caller is nothing that caches share', () => {
    const metadata = (options: ImageOptions, value: string, name = 'cache-control') => new ImageTransformation(options, codecs, 'code').metadata(name, value);
    expect(metadata({ watermark: { text: '', caller: 'name' } }, 'public, max-age=60')).toBe('private, no-cache');
    expect(metadata({ watermark: { text: '', caller: 'name' } }, 'no-store')).toBe('no-store');
    expect(metadata({ watermark: { text: 'Draft' } }, 'public')).toBe('public');
    expect(metadata({ watermark: { text: '', caller: 'name' } }, 'x', 'title')).toBe('x');
  });
});

test('the digest tells what gives other bytes apart', () => {
  const digest = (options: ImageOptions, request: Request = {}, code = 'code') => new ImageTransformation(options, codecs, code).digest(requestOf(request));
  const watermark = { text: '', caller: 'name' } as const;
  const digests = [
    digest({}), digest({}, {}, 'other'), digest({}, { width: '24' }), digest({}, { width: '25' }), digest({}, { accept: 'image/webp' }), digest({}, { accept: 'image/avif' }),
    digest({ quality: 50 }), digest({ maximumWidth: 24 }), digest({ watermark }, { caller: { name: 'alice' } }), digest({ watermark }, { caller: { name: 'bob' } }),
  ];
  expect(new Set(digests).size).toBe(digests.length);
  expect(digest({}, { header: '24' })).toBe(digest({}, { width: '24' }));
  expect(digest({}, { accept: '*/*' })).toBe(digest({}));
  expect(digest({}, { caller: { name: 'alice' } })).toBe(digest({}));
});

test('the same bytes each time', async () => {
  for (const format of ['avif', 'webp', 'jpeg', 'png']) {
    const [one, other] = [await sent(image('alpha.png'), { accept: `image/${format}` }), await sent(image('alpha.png'), { accept: `image/${format}` })];
    expect(one.bytes.equals(other.bytes)).toBe(true);
  }
});
