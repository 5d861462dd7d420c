/** An element of an XML document of S3's form: children or text, no mixture. */
export interface Element {
  readonly name: string;
  /** As they are written, with the blank before them. */
  readonly attributes: string;
  readonly children: readonly Element[];
  /** Decoded. */
  readonly text: string;
}

const TOKEN = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|[^<]+/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const DEEPEST = 16;

interface OpenElement {
  readonly name: string;
  readonly attributes: string;
  readonly children: Element[];
  text: string;
}

/**
 * Reads what S3 writes, and nothing else: no comments, no CDATA, no document types. Keys may hold characters that XML parsers refuse, which
 * S3 writes by number.
 *
 * @throws if it is anything else
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-xml-related-constraints
 */
export function parseXml(xml: string): Element {
  const start = /^\ufeff?\s*(?:<\?xml[^<>?]*\?>)?\s*/.exec(xml)![0].length;
  const top: OpenElement = { name: '', attributes: '', children: [], text: '' };
  const open = [top];
  const token = new RegExp(TOKEN);
  token.lastIndex = start;
  while (token.lastIndex < xml.length) {
    const match = token.exec(xml);
    if (match === null) {
      throw unreadable();
    }
    const [text, closing, name, attributes, empty] = match;
    const current = open[open.length - 1];
    if (name === undefined) {
      current.text += decoded(text);
    } else if (closing === '/') {
      close(open, name);
    } else {
      open.push({ name, attributes, children: [], text: '' });
      if (empty === '/') {
        close(open, name);
      }
    }
    if (open.length > DEEPEST) {
      throw unreadable();
    }
  }
  if (open.length > 1 || top.children.length !== 1 || top.text.trim() !== '') {
    throw unreadable();
  }
  return top.children[0];
}

/** The text of the first child of that name. */
export function childText(element: Element, name: string): string | undefined {
  return element.children.find(child => child.name === name)?.text;
}

export function writeXml(element: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(element)}`;
}

function written({ name, attributes, children, text }: Element): string {
  const content = children.length > 0 ? children.map(written).join('') : escaped(text);
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

export function leaf(name: string, text: string): Element {
  return { name, attributes: '', children: [], text };
}

function close(open: OpenElement[], name: string): void {
  const element = open.pop();
  if (element === undefined || element.name !== name || open.length === 0) {
    throw unreadable();
  }
  if (element.children.length > 0) {
    if (element.text.trim() !== '') {
      throw unreadable();
    }
    element.text = '';
  }
  open[open.length - 1].children.push(element);
}

function decoded(text: string): string {
  return text.replace(/&([^;&]{0,12})(;?)/g, (_all, name: string, end: string) => {
    const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const codePoint = number === null ? undefined : number[1] === undefined ? parseInt(number[2], 10) : parseInt(number[1], 16);
    const character = codePoint === undefined ? ENTITIES[name] : String.fromCodePoint(codePoint);
    if (end === '' || character === undefined) {
      throw unreadable();
    }
    return character;
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]|[^ -~\u00a0-\ufffd]/g, character => ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);
}

function unreadable(): Error {
  return new Error('an XML document of S3 is not of the form it has');
}
