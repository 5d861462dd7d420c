import { Transform } from 'stream';
import { constants, createBrotliCompress, createGzip } from 'zlib';

export type ContentEncoding = 'gzip' | 'br' | 'identity';

const SUFFIXES: ReadonlyArray<readonly [string, ContentEncoding]> = [['.gz', 'gzip'], ['.gzip', 'gzip'], ['.br', 'br']];

/** How many bytes `encodingOf` needs of the content. */
export const HEAD = 2;

/** The quality of brotli that takes about the time of gzip. */
const BROTLI_QUALITY = 5;

/** What the name of a file says of its content. */
export function encodingOfName(name: string): ContentEncoding {
  return SUFFIXES.find(([suffix]) => name.toLowerCase().endsWith(suffix))?.[1] ?? 'identity';
}

/** The suffix decides; gzip is also known by its first bytes, and brotli has none. */
export function encodingOf(name: string, head: Uint8Array): ContentEncoding {
  const byName = encodingOfName(name);
  return byName === 'identity' && head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : byName;
}

export function compressor(encoding: ContentEncoding): Transform[] {
  switch (encoding) {
    case 'gzip':
      return [createGzip()];
    case 'br':
      return [createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })];
    case 'identity':
      return [];
  }
}
