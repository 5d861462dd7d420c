const WORD = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([BQ])\?([^?\s]*)\?=/gi;
/** Blanks between words mean nothing. */
const WORDS = /=\?[^?\s]+\?[BQ]\?[^?\s]*\?=(?:\s+=\?[^?\s]+\?[BQ]\?[^?\s]*\?=)*/gi;

/**
 * The text of metadata as S3 gives it: what is no ASCII comes in encoded words.
 *
 * @returns undefined if it cannot be told: others may read it in another way, or once more
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 * @see https://www.rfc-editor.org/rfc/rfc2047#section-2
 */
export function decodeWords(value: string): string | undefined {
  if (value.replace(WORDS, '').includes('=?')) {
    return undefined;
  }
  try {
    const text = value.replace(WORDS, textOf);
    return text.includes('=?') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** As S3 writes it: one word, however long. */
export function encodeWord(text: string): string {
  return /^[ -~]*$/.test(text) && !text.includes('=?') ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** A character may be cut by the end of a word. */
function textOf(words: string): string {
  const parts = [...words.matchAll(WORD)]
    .map(([, charset, encoding, content]) => ({ charset: charset.toLowerCase(), bytes: bytesOf(encoding, content) }));
  if (parts.some(({ charset }) => charset !== parts[0].charset)) {
    throw new Error('words in several character sets');
  }
  return new TextDecoder(parts[0].charset, { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts.map(({ bytes }) => bytes)));
}

function bytesOf(encoding: string, content: string): Buffer {
  return encoding.toUpperCase() === 'B' ? Buffer.from(content, 'base64')
    : Buffer.from(content.replace(/_/g, ' ').replace(/=([\da-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}
