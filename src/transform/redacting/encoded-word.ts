const WORD = /=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi;
/** Between two encoded words, blanks mean nothing. */
const GAP = /(\?=)\s+(?==\?)/g;

/**
 * The text of a header. S3 writes metadata that is not ASCII in encoded words.
 *
 * @throws if the character set is unknown, or the bytes are none of it
 * @see https://www.rfc-editor.org/rfc/rfc2047
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 */
export function plainWords(header: string): string {
  return header.replace(GAP, '$1').replace(WORD, (_word, charset: string, encoding: string, text: string) => {
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quoted(text);
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  });
}

/** A text as a header: as it is if it is ASCII. */
export function encodedWord(text: string): string {
  return /^[ -~]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function quoted(text: string): Buffer {
  return Buffer.from(text.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}
