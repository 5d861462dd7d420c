// The codecs are ES modules without types for what is used here; the bundler puts the bytes of `.wasm` files in place of their imports.

/** What is used of WebAssembly: the types of Node.js do not tell of it. */
type WasmModule = object;

interface WasmInstance {
  readonly exports: object;
}

interface CodecOptions {
  readonly noInitialRun: boolean;
  print(text: string): void;
  printErr(text: string): void;
  instantiateWasm(imports: object, done: (instance: WasmInstance) => void): object;
}

interface EncoderModule {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null;
}

interface DecodedImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module '@jsquash/avif/codec/enc/avif_enc.js' {
  const factory: (options: CodecOptions) => Promise<EncoderModule>;
  export default factory;
}

declare module '@jsquash/avif/meta.js' {
  export const defaultOptions: object;
}

declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.js' {
  const factory: (options: CodecOptions) => Promise<{ decode(data: Uint8Array, preserveOrientation: boolean): DecodedImage | null }>;
  export default factory;
}

declare module '@jsquash/jpeg/codec/enc/mozjpeg_enc.js' {
  const factory: (options: CodecOptions) => Promise<EncoderModule>;
  export default factory;
}

declare module '@jsquash/jpeg/meta.js' {
  export const defaultOptions: object;
}

declare module '@jsquash/png/codec/pkg/squoosh_png_bg.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module '@jsquash/png/codec/pkg/squoosh_png.js' {
  export function initSync(module: WasmModule): void;
  export function decode(data: Uint8Array): DecodedImage;
  export function encode(data: Uint8ClampedArray, width: number, height: number, bitDepth: number): Uint8Array;
}

declare module '@jsquash/webp/codec/dec/webp_dec.js' {
  const factory: (options: CodecOptions) => Promise<{ decode(data: Uint8Array): DecodedImage | null }>;
  export default factory;
}

declare module '@jsquash/webp/codec/enc/webp_enc.js' {
  const factory: (options: CodecOptions) => Promise<EncoderModule>;
  export default factory;
}

declare module '@jsquash/webp/meta.js' {
  export const defaultOptions: object;
}

declare module 'hersheytext/hersheytext.json' {
  /** From `!` on, in the order of ASCII: the path as in SVG, and half of the width. */
  export const futural: { readonly chars: ReadonlyArray<{ readonly d: string; readonly o: number }> };
}
