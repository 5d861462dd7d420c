import { RedactionError } from '../errors';

const NAME = '[A-Za-z_:][\\w:.-]*';
const LITERAL = '("[^"]*"|\'[^\']*\')';
const DECLARATION = /^<\?xml\s+version\s*=\s*(?:"1\.\d"|'1\.\d')(?:\s+encoding\s*=\s*["']([A-Za-z][\w.-]*)["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>$/;
const DOCTYPE = new RegExp(`^<!DOCTYPE\\s+${NAME}(?:\\s+SYSTEM\\s+${LITERAL}|\\s+PUBLIC\\s+${LITERAL}\\s+${LITERAL})?\\s*>$`, 'd');


/** Checks an XML declaration: what it says of the encoding has to be true. */
export function checkDeclaration(text: string): void {
  const match = DECLARATION.exec(text);
  if (match === null) {
    throw new RedactionError('MALFORMED', 'the XML declaration is not well-formed: <?xml version="1.0" encoding="UTF-8"?> is');
  }
  if (!/^(utf-?8|us-ascii|ascii)$/i.test(match[1] ?? 'utf-8')) {
    throw new RedactionError('NOT_TEXT', 'the XML declaration names an encoding other than UTF-8: convert the document to UTF-8 first');
  }
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

/** Where the identifiers of a document type declaration stand in it, without their quotes. */
export function doctypeLiterals(text: string): (readonly [number, number])[] {
  const match = DOCTYPE.exec(text);
  if (match === null) {
    throw new RedactionError('MALFORMED', 'the XML document type declaration is not well-formed');
  }
  return match.indices!.slice(1).filter(range => range !== undefined).map(([start, end]) => [start + 1, end - 1] as const);
}

/**
 * Whether an identifier of a namespace or document type is a plain name: without a user, a query or a long number. Such names are kept,
 * since they are what a document means, and two of them may not become the same.
 */
export function isPlainIdentifier(text: string): boolean {
  return /^(https?:\/\/|urn:|-\/\/|\+\/\/)[A-Za-z0-9:/._#+, -]{0,200}$/.test(text) && text.replace(/\D/g, '').length <= 8;
}
