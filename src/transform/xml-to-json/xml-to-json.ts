import { TextDecoder } from 'util';
import { SaxesParser, SaxesTag } from 'saxes';
import { Element } from './element';
import { JsonWriter, RepeatedElement } from './json-writer';
import { XmlToJsonOptions } from './xml-to-json-options';
import { ViewError } from '../view-error';

const DEFAULT_LOOK_AHEAD = 4 * 1024 * 1024;
const MAXIMUM_DEPTH = 128;
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/**
 * Turns XML into JSON while it comes in. What may turn out to be the first of several is held back, up to a limit; the mapping does not
 * depend on it: what cannot be mapped within it is refused.
 */
export class XmlToJson {
  private readonly parser: SaxesParser;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly writer: JsonWriter;
  private readonly stack: Element[] = [];
  private readonly lookAhead: number;
  private readonly resolveNamespaces: boolean;
  /** Of the input, since the parser last said something: it holds as much. */
  private unread = 0;

  constructor(options: XmlToJsonOptions = {}) {
    const arrays = options.arrays ?? [];
    const paths = new Set(arrays.filter(path => !path.startsWith('//')));
    const names = new Set(arrays.filter(path => path.startsWith('//')).map(path => path.slice(2)));
    this.lookAhead = options.lookAhead ?? DEFAULT_LOOK_AHEAD;
    this.resolveNamespaces = options.resolveNamespaces ?? false;
    this.writer = new JsonWriter(path => paths.has(path) || names.size > 0 && names.has(lastOf(path)), options.emptyAsText === true ? '""' : 'null');
    this.parser = new SaxesParser({ xmlns: this.resolveNamespaces, position: true });
    this.listen();
  }

  /** @throws ViewError if it is not XML that can be mapped */
  push(bytes: Uint8Array): string {
    const text = this.decode(bytes, true);
    this.parse(() => this.parser.write(text));
    this.unread += text.length;
    this.check();
    return this.take();
  }

  /** @throws ViewError if the document is not whole */
  end(): string {
    const text = this.decode(new Uint8Array(), false);
    this.parse(() => this.parser.write(text).close());
    return this.take();
  }

  private listen(): void {
    const { parser } = this;
    parser.on('error', () => {
      throw this.refusal('MalformedXml', 'The object is not well-formed XML');
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
        throw this.refusal('UnsupportedEncoding', 'The encoding of the XML is not UTF-8');
      }
    });
    parser.on('doctype', () => {
      throw this.refusal('DocumentTypeNotAllowed', 'The XML has a document type declaration, which can hold entities: it is not read');
    });
    parser.on('comment', () => this.read());
    parser.on('processinginstruction', () => this.read());
    parser.on('opentag', tag => this.openTag(tag));
    parser.on('closetag', () => this.closeTag());
    parser.on('text', text => this.text(text));
    parser.on('cdata', text => this.text(text));
  }

  private openTag(tag: SaxesTag): void {
    this.read();
    if (this.stack.length === MAXIMUM_DEPTH) {
      throw this.refusal('TooDeep', `The XML is nested deeper than ${MAXIMUM_DEPTH} elements`);
    }
    const parent = this.stack[this.stack.length - 1];
    const name = this.resolveNamespaces ? clark(tag.uri!, tag.local!) : tag.name;
    const element = new Element(name, `${parent?.path ?? ''}/${name}`, this.attributes(tag));
    this.writer.held -= parent?.settle(true) ?? 0;
    if (this.writer.depth === this.stack.length) {
      this.writer.begin(element);
    }
    this.stack.push(element);
    this.writer.held += element.cost;
    this.check();
  }

  private closeTag(): void {
    this.read();
    const element = this.stack.pop()!;
    this.writer.held -= element.settle(element.last !== undefined);
    const parent = this.stack[this.stack.length - 1];
    if (parent !== undefined) {
      parent.last = element.name;
    }
    if (this.writer.depth > this.stack.length) {
      this.writer.finish();
    } else if (this.writer.depth === this.stack.length) {
      this.writer.end(element);
    } else {
      parent.add(element);
    }
  }

  /** Text outside the root is white space only. */
  private text(text: string): void {
    this.read();
    const element = this.stack[this.stack.length - 1];
    if (element !== undefined) {
      element.run += text;
      element.cost += text.length;
      this.writer.held += text.length;
      this.check();
    }
  }

  /** Writes what need not be held back, the outermost first, until the rest is within the limit. */
  private check(): void {
    const { stack, writer } = this;
    while (writer.held > this.lookAhead && writer.depth < stack.length) {
      const element = stack[writer.depth];
      const child = stack[writer.depth + 1];
      if (child === undefined && element.last === undefined && element.attributes.length === 0) {
        break;
      }
      this.parse(() => writer.commit(element, child));
    }
    if (writer.held > this.lookAhead && writer.depth === stack.length) {
      writer.release();
    }
    if (writer.held > this.lookAhead || this.unread > this.lookAhead) {
      throw this.refusal('ElementTooLarge', `A name, value or text of the XML, or the names of one element, take more than ${this.lookAhead} characters`);
    }
  }

  private attributes(tag: SaxesTag): Array<[string, string]> {
    const attributes: Array<[string, string]> = [];
    for (const name of Object.keys(tag.attributes)) {
      const value = tag.attributes[name];
      if (typeof value === 'string') {
        attributes.push([name, value]);
      } else if (value.uri !== XMLNS) {
        attributes.push([clark(value.uri, value.local), value.value]);
      }
    }
    return attributes;
  }

  private read(): void {
    this.unread = 0;
  }

  private decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.decoder.decode(bytes, { stream });
    } catch {
      throw this.refusal('UnsupportedEncoding', 'The XML is not UTF-8');
    }
  }

  private parse(step: () => void): void {
    try {
      step();
    } catch (error) {
      throw error instanceof RepeatedElement
        ? this.refusal('RepeatedElement', 'An element comes again too far from the first of its name: name its path in `arrays`, let such elements stand side by side, or look further ahead')
        : error;
    }
  }

  private take(): string {
    const { out } = this.writer;
    this.writer.out = [];
    return out.join('');
  }

  private refusal(code: string, message: string): ViewError {
    return new ViewError(422, code, `${message} (line ${this.parser.line}, column ${this.parser.column}).`);
  }
}

function clark(uri: string, local: string): string {
  return uri === '' ? local : `{${uri}}${local}`;
}

/** A resolved name may hold slashes, within braces. */
function lastOf(path: string): string {
  return /(?:\{[^}]*\})?[^/]*$/.exec(path)![0];
}
