import { ValueJudge } from './reader';
import { RedactionError } from '../errors';
import { NO_FIELD } from '../fields/field';

const NAME = '[A-Za-z_:][\\w:.-]*';
const LITERAL = '("[^"]*"|\'[^\']*\')';
const EQUALS = '\\s*=\\s*';
const DECLARATION = new RegExp(
  `^<\\?xml\\s+version${EQUALS}["']1\\.\\d["'](?:\\s+encoding${EQUALS}["']([A-Za-z][\\w.-]*)["'])?(?:\\s+standalone${EQUALS}["'](?:yes|no)["'])?\\s*\\?>$`,
);
const DOCTYPE = new RegExp(`^<!DOCTYPE\\s+${NAME}(?:\\s+SYSTEM\\s+${LITERAL}|\\s+PUBLIC\\s+${LITERAL}\\s+${LITERAL})?\\s*>$`, 'd');


/** Longer XML declarations are none. */
const LONGEST_DECLARATION = 1024;

/** Where the XML declaration that starts at `from` ends; -1 if it goes on. What it says of the encoding has to be true. */
export function endOfDeclaration(bytes: Buffer, from: number, to: number): number {
  const close = bytes.subarray(from, Math.min(to, from + LONGEST_DECLARATION)).indexOf('?>');
  if (close < 0 && to - from < LONGEST_DECLARATION) {
    return -1;
  }
  const end = from + close + 2;
  const match = close < 0 ? null : DECLARATION.exec(bytes.toString('latin1', from, end));
  if (match === null) {
    throw new RedactionError('MALFORMED', 'the XML declaration is not well-formed: <?xml version="1.0" encoding="UTF-8"?> is');
  }
  if (!/^(utf-?8|us-ascii|ascii)$/i.test(match[1] ?? 'utf-8')) {
    throw new RedactionError('NOT_TEXT', 'the XML declaration names an encoding other than UTF-8: convert the document to UTF-8 first');
  }
  return end;
}

/** Where the document type declaration that starts at `from` ends; -1 if it goes on. Definitions in it are refused. */
export function endOfDoctype(bytes: Uint8Array, from: number, to: number): number {
  let quote = 0;
  for (let position = from; position < to; position++) {
    const byte = bytes[position];
    if (quote !== 0) {
      quote = byte === quote ? 0 : quote;
    } else if (byte === 0x22 || byte === 0x27) {
      quote = byte;
    } else if (byte === 0x5b) {
      throw new RedactionError('MALFORMED', 'the XML document type declaration holds definitions, which can define entities: take them out');
    } else if (byte === 0x3e) {
      return position + 1;
    }
  }
  return -1;
}

/** Judges the identifiers of a document type declaration. */
export function judgeDoctype(judge: ValueJudge, bytes: Buffer, from: number, to: number): void {
  const match = DOCTYPE.exec(bytes.toString('latin1', from, to));
  if (match === null) {
    throw new RedactionError('MALFORMED', 'the XML document type declaration is not well-formed');
  }
  for (const range of match.indices!.slice(1).filter(indices => indices !== undefined)) {
    const [start, end] = [from + range[0] + 1, from + range[1] - 1];
    if (end > start && !isPlainIdentifier(bytes.toString('latin1', start, end))) {
      judge.judge(bytes, start, start, end, true, NO_FIELD);
    }
  }
}

/**
 * Whether an identifier of a namespace or document type is a plain name: without a user, a query or a long number. Such names are kept,
 * since they are what a document means, and two of them may not become the same.
 */
export function isPlainIdentifier(text: string): boolean {
  return /^(https?:\/\/|urn:|-\/\/|\+\/\/)[A-Za-z0-9:/._#+, -]{0,200}$/.test(text) && text.replace(/\D/g, '').length <= 8;
}
