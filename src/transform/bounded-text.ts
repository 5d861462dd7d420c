import { Readable } from 'stream';

/**
 * The text of a body that is kept as a whole.
 *
 * @throws if it is longer than `most` bytes
 */
export async function boundedText(body: Readable, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > most) {
      throw new Error('an answer of S3 is longer than it can be');
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
