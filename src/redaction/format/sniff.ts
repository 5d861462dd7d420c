import { Format } from './format';

/** How formats that are no text start, and what they are. */
const BINARY: readonly (readonly [string, RegExp])[] = [
  ['gzip', /^\x1f\x8b/],
  ['zip', /^PK[\x03\x05]/],
  ['PDF', /^%PDF-/],
  ['PNG', /^\x89PNG/],
  ['JPEG', /^\xff\xd8\xff/],
  ['GIF', /^GIF8[79]a/],
  ['Parquet', /^PAR1\x15/],
  ['Avro', /^Obj\x01/],
  ['Zstandard', /^\x28\xb5\x2f\xfd/],
  ['bzip2', /^BZh[1-9]1AY&SY/],
  ['xz', /^\xfd7zXZ/],
  ['7z', /^7z\xbc\xaf/],
  ['SQLite', /^SQLite format 3\0/],
  ['Office', /^\xd0\xcf\x11\xe0/],
  // What no text holds, whatever it is.
  ['binary', /[\0-\x06\x0e-\x1a\x1c-\x1f]/],
];

/** The binary format that bytes start as; undefined if they may be text. */
export function binaryFormat(head: Uint8Array): string | undefined {
  const text = Buffer.from(head).toString('latin1');
  return BINARY.find(([, start]) => start.test(text))?.[0];
}

const JSON_OBJECT = /^\{\s*("|\}|$)/;
const JSON_ARRAY = /^(\[\s*)+("|\{|\]|$|(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)\s*([,\]]|$))/;
const XML = /^<(\?xml\s|!--|!DOCTYPE\s|[A-Za-z_][\w:.-]*(\s|\/?>|$))/;
const HTML = /^<(!doctype\s+html|html[\s>])/i;

/** What text looks like by its start; undefined if it is HTML. */
export function textFormat(head: string): Format | undefined {
  const start = head.replace(/^\ufeff/, '').trimStart();
  if (HTML.test(start)) {
    return undefined;
  }
  return JSON_OBJECT.test(start) || JSON_ARRAY.test(start) ? 'json' : XML.test(start) ? 'xml' : 'text';
}
