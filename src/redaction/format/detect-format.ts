import { Format } from './format';
import { binaryFormat, textFormat } from './sniff';
import { RedactionError } from '../errors';

/** What may be known of an object besides its bytes. */
export interface FormatHints {
  readonly format?: Format;
  readonly contentType?: string;
  /** The object's key, or the file's name. */
  readonly key?: string;
}

const CONTENT_TYPES = new Map<string, Format>(Object.entries({
  'text/csv': 'csv',
  'application/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/json': 'json',
  'text/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-jsonlines': 'ndjson',
  'application/jsonlines': 'ndjson',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'text/markdown': 'text',
  'text/x-log': 'text',
}));

/** Types that say little: the key says more. Uploads get them by default, and compressed ones are opened before. */
const GENERIC = new Set([
  '', 'text/plain', 'application/octet-stream', 'binary/octet-stream', 'application/vnd.ms-excel', 'application/gzip', 'application/x-gzip',
  'application/x-brotli',
]);

const XHTML = 'application/xhtml+xml';

const SUFFIXES = new Map<string, Format>(Object.entries({
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  geojson: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  xml: 'xml',
  svg: 'xml',
  xsd: 'xml',
  rss: 'xml',
  txt: 'text',
  text: 'text',
  log: 'text',
  md: 'text',
}));

/** Suffixes of content encodings, which are opened before the format matters. */
const ENCODINGS = /\.(gz|gzip|br)$/i;

const REMEDY = 'say the format (text, csv, tsv, json, ndjson or xml) if it is one of them, or leave such objects out';

/**
 * The format of bytes: as told, by the content type, by the suffix of the key, else by how they start. Plain text is what is left. HTML
 * is refused: its escapes are those of no other format.
 *
 * @param head the first bytes
 */
export function detectFormat({ format, contentType = '', key = '' }: FormatHints, head: Uint8Array): Format {
  if (format !== undefined) {
    return format;
  }
  const binary = binaryFormat(head);
  if (binary !== undefined) {
    throw unknown(`the input starts as ${binary} data does, which cannot be redacted`);
  }
  const [type, ...parameters] = contentType.toLowerCase().split(';').map(part => part.trim());
  checkCharset(parameters);
  const told = CONTENT_TYPES.get(type) ?? (type.endsWith('+json') ? 'json' : type.endsWith('+xml') && type !== XHTML ? 'xml' : undefined);
  if (told !== undefined) {
    return told;
  }
  const suffix = /\.([a-z0-9]+)$/i.exec(key.replace(ENCODINGS, ''))?.[1].toLowerCase() ?? '';
  if (!GENERIC.has(type)) {
    throw unknown('the content type is none that can be redacted');
  }
  const named = SUFFIXES.get(suffix);
  if (named !== undefined) {
    return named;
  }
  const sniffed = /^(x?html?)$/.test(suffix) ? undefined : type === 'text/plain' ? 'text' : textFormat(Buffer.from(head).toString('utf8'));
  if (sniffed === undefined) {
    throw unknown('HTML cannot be redacted, since its escapes are many');
  }
  return sniffed;
}

function checkCharset(parameters: readonly string[]): void {
  const charsets = parameters.map(parameter => /^charset\s*=\s*"?(.*?)"?$/.exec(parameter)?.[1]).filter(charset => charset !== undefined);
  if (!charsets.every(charset => /^(utf-?8|us-ascii|ascii)$/.test(charset))) {
    throw new RedactionError('NOT_TEXT', 'the content type names an encoding other than UTF-8: convert the object to UTF-8 first');
  }
}

function unknown(problem: string): RedactionError {
  return new RedactionError('UNKNOWN_FORMAT', `${problem}: ${REMEDY}`);
}
