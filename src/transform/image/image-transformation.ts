import { createHash } from 'crypto';
import { setImmediate } from 'timers/promises';
import { contentTypeOf, ImageFormat, saidFormat, StoredFormat } from './image-format';
import { damaged, imageHeader } from './image-header';
import { ImageOptions } from './image-options';
import { negotiated } from './negotiation';
import { isSideways, upright } from './orientation';
import { Pixels } from './pixels';
import { requestedWidth } from './requested-width';
import { resized } from './resize';
import { mark } from './watermark';
import { decoded } from '../decoded';
import { GeneratedStream } from '../generated-stream';
import { StoredObject, Transformation, TransformedObject } from '../transformation';
import { ViewRequest } from '../view';
import { ViewError } from '../view-error';

const DEFAULT_QUALITY = 80;
const DEFAULT_BYTES = 20 * 1024 * 1024;
const DEFAULT_PIXELS = 25_000_000;

/** What turns bytes into pixels and back. */
export interface Codecs {
  decode(format: StoredFormat, content: Uint8Array): Promise<Pixels>;
  encode(format: ImageFormat, pixels: Pixels, quality: number): Promise<Uint8Array>;
}

interface Wanted {
  readonly width: number | undefined;
  readonly text: string | undefined;
  readonly format: ImageFormat;
}

/**
 * Images as wide as they are asked for, in a format that the client names, marked if that is wanted. Only pixels go on: no EXIF data, no
 * places, no thumbnails, no comments.
 */
export class ImageTransformation implements Transformation {
  /** @param code stands for the code that transforms: other code may give other bytes */
  constructor(private readonly options: ImageOptions, private readonly codecs: Codecs, private readonly code: string) {}

  digest(request: ViewRequest): string {
    const formats = (['jpeg', 'png', 'webp'] as const).map(said => negotiated(request.headers.accept, said));
    const { maximumWidth, quality, maximumBytes, maximumPixels } = this.options;
    const settings = [maximumWidth, quality, maximumBytes, maximumPixels];
    return createHash('sha256').update(JSON.stringify([this.code, settings, requestedWidth(request), formats, this.markOf(request)])).digest('hex');
  }

  open(object: StoredObject, request: ViewRequest): TransformedObject {
    const { maximumBytes = DEFAULT_BYTES } = this.options;
    if (object.contentLength !== undefined && object.contentLength > maximumBytes) {
      throw tooManyBytes(maximumBytes);
    }
    const wanted: Wanted = {
      width: requestedWidth(request),
      text: this.markOf(request),
      format: negotiated(request.headers.accept, saidFormat(object.contentType, object.key)),
    };
    const transform = async (bytes: Buffer, signal: AbortSignal) => this.transformed(bytes, wanted, signal);
    return {
      contentType: contentTypeOf(wanted.format),
      stream: new GeneratedStream(async function* (source, signal) {
        const chunks: Buffer[] = [];
        let length = 0;
        for await (const chunk of decoded(source, object.contentEncoding)) {
          chunks.push(chunk);
          length += chunk.length;
          if (length > maximumBytes) {
            throw tooManyBytes(maximumBytes);
          }
        }
        yield await transform(Buffer.concat(chunks), signal);
      }),
    };
  }

  /** What is marked with its reader is no matter for caches that others share. */
  metadata(name: string, value: string): string {
    return name === 'cache-control' && this.options.watermark?.caller !== undefined && !/\bno-store\b/i.test(value) ? 'private, no-cache' : value;
  }

  key(key: string): string {
    return key;
  }

  private async transformed(bytes: Buffer, { width, text, format }: Wanted, signal: AbortSignal): Promise<Buffer> {
    const { maximumPixels = DEFAULT_PIXELS, maximumWidth = Infinity, quality = DEFAULT_QUALITY } = this.options;
    const header = imageHeader(bytes);
    if (header.width * header.height > maximumPixels) {
      throw new ViewError(422, 'ImageTooLarge', `The image has more than ${maximumPixels} pixels.`);
    }
    let pixels = await this.codecs.decode(header.format, header.content).catch(() => {
      throw damaged();
    });
    if (pixels.width * pixels.height > maximumPixels) {
      throw damaged();
    }
    await pause(signal);
    const sideways = isSideways(header.orientation);
    const shownWidth = sideways ? pixels.height : pixels.width;
    const scale = Math.min(1, (width ?? Infinity) / shownWidth, maximumWidth / shownWidth);
    pixels = resized(pixels, scaled(pixels.width, scale), scaled(pixels.height, scale));
    await pause(signal);
    pixels = upright(pixels, header.orientation);
    if (format === 'jpeg') {
      onWhite(pixels);
    }
    if (text !== undefined) {
      mark(pixels, text);
    }
    await pause(signal);
    return Buffer.from(await this.codecs.encode(format, pixels, quality).catch(() => {
      throw new ViewError(422, 'ImageTooLarge', `The image is wider or higher than ${contentTypeOf(format)} can be. Ask for a smaller width, or another format.`);
    }));
  }

  private markOf({ caller }: ViewRequest): string | undefined {
    const { watermark } = this.options;
    if (watermark?.caller === undefined) {
      return watermark?.text;
    }
    const who = watermark.caller === 'arn' ? caller?.arn : caller?.name ?? caller?.arn;
    if (who === undefined || who === '') {
      throw new ViewError(403, 'AccessDenied', 'Images are marked with their reader, who is not known here.');
    }
    return `${watermark.text}${who}`;
  }
}

/** Lets the time limit act between steps that take long. */
async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

function scaled(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}

/** JPEG has no alpha. */
function onWhite({ data }: Pixels): void {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    if (alpha < 255) {
      for (let colour = at; colour < at + 3; colour += 1) {
        data[colour] = 255 + (data[colour] - 255) * alpha / 255;
      }
      data[at + 3] = 255;
    }
  }
}

function tooManyBytes(maximumBytes: number): ViewError {
  return new ViewError(422, 'ImageTooLarge', `The image has more than ${maximumBytes} bytes.`);
}
