import { pipeline } from 'stream';
import { createBrotliDecompress, createGunzip } from 'zlib';
import { ViewError } from './view-error';

/** Below this size content may be compressed as well as it can: small files of zeros are no attack. */
const FREE_EXPANSION = 16 * 1024 * 1024;
const MAXIMUM_EXPANSION = 200;

/**
 * The bytes without their content encoding: `gzip`, `br` or none.
 * @throws ViewError if the encoding is another, the content damaged, or more than 200 times as large as its compressed form
 */
export function decoded(source: AsyncIterable<Buffer>, contentEncoding = 'identity'): AsyncIterable<Buffer> {
  switch (contentEncoding.trim().toLowerCase()) {
    case '':
    case 'identity':
    case 'aws-chunked':
      return source;
    case 'gzip':
    case 'x-gzip':
      return decompressed(source, createGunzip());
    case 'br':
      return decompressed(source, createBrotliDecompress());
    default:
      throw new ViewError(422, 'InvalidContentEncoding', 'The content encoding is none of gzip, br and identity. Store the object in one of them.');
  }
}

async function* decompressed(source: AsyncIterable<Buffer>, decoder: ReturnType<typeof createGunzip>): AsyncGenerator<Buffer> {
  let bytesIn = 0;
  let bytesOut = 0;
  let failure: unknown;
  async function* counted() {
    try {
      for await (const chunk of source) {
        bytesIn += chunk.length;
        yield chunk;
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  try {
    for await (const chunk of pipeline(counted, decoder, () => {}) as AsyncIterable<Buffer>) {
      bytesOut += chunk.length;
      if (bytesOut > FREE_EXPANSION && bytesOut > MAXIMUM_EXPANSION * bytesIn) {
        throw new ViewError(422, 'ContentExpansion', `The content is more than ${MAXIMUM_EXPANSION} times as large as its compressed form.`);
      }
      yield chunk;
    }
  } catch (error) {
    throw failure ?? (error instanceof ViewError ? error : new ViewError(422, 'InvalidContentEncoding', 'The compressed content is damaged or cut off.'));
  } finally {
    decoder.destroy();
  }
}
