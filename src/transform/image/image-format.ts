/** What images are stored and sent as. AVIF is only sent: its true size cannot be told before it is decoded. */
export type ImageFormat = 'avif' | 'webp' | 'jpeg' | 'png';

/** A format of which the size is known before it is decoded. */
export type StoredFormat = Exclude<ImageFormat, 'avif'>;

/** The best first. */
export const FORMATS: readonly ImageFormat[] = ['avif', 'webp', 'jpeg', 'png'];

export function contentTypeOf(format: ImageFormat): string {
  return `image/${format}`;
}

/** What the object says that it is, by its type, or else by its key. JPEG if it says nothing. */
export function saidFormat(contentType: string | undefined, key: string): StoredFormat {
  const type = /^image\/(?:(jpeg|jpg|pjpeg)|(png)|(webp))\s*(?:;|$)/i.exec(contentType ?? '');
  const [, , png, webp] = type ?? /\.(?:(jpe?g)|(png)|(webp))$/i.exec(key) ?? [];
  return png !== undefined ? 'png' : webp !== undefined ? 'webp' : 'jpeg';
}
