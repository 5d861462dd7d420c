import avifEncoder from '@jsquash/avif/codec/enc/avif_enc.js';
import avifEncoderWasm from '@jsquash/avif/codec/enc/avif_enc.wasm';
import { defaultOptions as avifDefaults } from '@jsquash/avif/meta.js';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import jpegDecoderWasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import jpegEncoderWasm from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import { defaultOptions as jpegDefaults } from '@jsquash/jpeg/meta.js';
import { decode as decodePng, encode as encodePng, initSync as initPng } from '@jsquash/png/codec/pkg/squoosh_png.js';
import pngWasm from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import webpDecoderWasm from '@jsquash/webp/codec/dec/webp_dec.wasm';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc.js';
import webpEncoderWasm from '@jsquash/webp/codec/enc/webp_enc.wasm';
import { defaultOptions as webpDefaults } from '@jsquash/webp/meta.js';
import { ImageFormat, StoredFormat } from './image-format';
import { Pixels } from './pixels';

type Bytes = Uint8Array<ArrayBuffer>;

/** AVIF is slow to write: each step up takes a third less time, and some more bytes. */
const AVIF_SPEED = 9;
/** The same look takes a lower number than in the others. */
const AVIF_QUALITY = 0.75;

interface Wasm {
  readonly Module: new (bytes: Bytes) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
}

const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;
const compiled = new Map<Bytes, WasmModule>();

/** @throws if the image cannot be decoded */
export async function decode(format: StoredFormat, content: Uint8Array): Promise<Pixels> {
  const image = await decoded(format, content);
  if (image === null) {
    throw new Error('cannot be decoded');
  }
  const { data, width, height } = image;
  return { data, width, height };
}

/** @param quality from 1 to 100; PNG loses nothing */
export async function encode(format: ImageFormat, pixels: Pixels, quality: number): Promise<Uint8Array> {
  const content = await encoded(format, pixels, quality);
  if (content === null) {
    throw new Error('cannot be encoded');
  }
  return content;
}

async function decoded(format: StoredFormat, content: Uint8Array) {
  switch (format) {
    case 'jpeg':
      return (await jpegDecoder(fresh(jpegDecoderWasm))).decode(content, false);
    case 'webp':
      return (await webpDecoder(fresh(webpDecoderWasm))).decode(content);
    case 'png':
      initPng(compile(pngWasm));
      return decodePng(content);
  }
}

async function encoded(format: ImageFormat, { data, width, height }: Pixels, quality: number) {
  switch (format) {
    case 'avif': {
      const options = { ...avifDefaults, quality: Math.round(quality * AVIF_QUALITY), speed: AVIF_SPEED };
      return (await avifEncoder(fresh(avifEncoderWasm))).encode(data, width, height, options);
    }
    case 'jpeg':
      return (await jpegEncoder(fresh(jpegEncoderWasm))).encode(data, width, height, { ...jpegDefaults, quality });
    case 'webp':
      return (await webpEncoder(fresh(webpEncoderWasm))).encode(data, width, height, { ...webpDefaults, quality });
    case 'png':
      initPng(compile(pngWasm));
      return encodePng(data, width, height, 8);
  }
}

/**
 * An instance of its own for each image: memory that grew is given back, and an image that breaks a codec breaks nothing for the next one.
 */
function fresh(bytes: Bytes): CodecOptions {
  return {
    noInitialRun: true,
    print: () => {},
    printErr: () => {},
    instantiateWasm: (imports, done) => {
      const instance = new wasm.Instance(compile(bytes), imports);
      done(instance);
      return instance.exports;
    },
  };
}

function compile(bytes: Bytes): WasmModule {
  const module = compiled.get(bytes) ?? new wasm.Module(bytes);
  compiled.set(bytes, module);
  return module;
}
