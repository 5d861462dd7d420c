import { FormatReader, ValueJudge } from './reader';
import { OpenNames, endOfName, malformedXml, startsName } from './xml-names';
import { endOfDeclaration, endOfDoctype, isPlainIdentifier, judgeDoctype } from './xml-prolog';
import { Kind, XmlValue, endOfSpace, isSpace, matching } from './xml-value';
import { MAX_TOKEN } from '../detect/recognizer';
import { RedactionError } from '../errors';
import { Field, NO_FIELD } from '../fields/field';
import { FieldResolver, Place } from '../fields/field-resolver';
import { NameCache } from '../fields/name-cache';

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const COLON = 0x3a;

const COMMENT = Buffer.from('<!--');
const CDATA = Buffer.from('<![CDATA[');
const DOCTYPE = Buffer.from('<!DOCTYPE');
const EMPTY_CDATA = Buffer.from('<![CDATA[]]>');

const NAMESPACE = Buffer.from('xmlns');

/** Between tags; in a tag; in text, an attribute, a comment or the like. */
enum State { CONTENT, TAG, VALUE }

/**
 * XML: text, attributes, CDATA sections, comments and processing instructions are values. What is not well-formed is refused as far as
 * a parser could see other values in it. Methods that read return where reading goes on, or -1 less where it waits for more bytes.
 *
 * @see https://www.w3.org/TR/xml/
 */
export class XmlReader implements FormatReader {
  private readonly value: XmlValue;
  private readonly elements: NameCache;
  private readonly attributes: NameCache;
  private readonly names = new OpenNames();
  /** The place of the document, and of each open element. */
  private readonly places: Place[];
  private state = State.CONTENT;
  /** Where the value that is being read stands. */
  private inTag = false;
  /** Whether white space stands before what comes in a tag. */
  private spaced = false;
  private begun = false;
  private hasDoctype = false;
  private hasRoot = false;

  constructor(private readonly judge: ValueJudge, private readonly fields: FieldResolver) {
    this.value = new XmlValue(judge);
    this.elements = new NameCache(fields, (above, name) => fields.child(above, name));
    this.attributes = new NameCache(fields, (element, name) => fields.attribute(element, name));
    this.places = [fields.root];
  }

  read(bytes: Buffer, kept: number, from: number, to: number, last: boolean): number {
    let position = from;
    this.value.prepare(bytes, from, to);
    while (position < to) {
      const next = this.state === State.CONTENT ? this.content(bytes, position, to)
        : this.state === State.TAG ? this.tag(bytes, position, to) : this.rest(bytes, kept, position, to);
      const reached = next < 0 ? -1 - next : next;
      this.begun ||= reached > position;
      position = reached;
      if (next < 0) {
        break;
      }
    }
    if (last && (position < to || this.state !== State.CONTENT || this.names.depth > 0 || this.begun && !this.hasRoot)) {
      throw malformedXml('it ends before its root element does');
    }
    if (to - position > MAX_TOKEN && this.state !== State.VALUE) {
      throw new RedactionError('OVERSIZED', `a tag or declaration of the XML input is longer than ${MAX_TOKEN} bytes`);
    }
    return position;
  }

  private content(bytes: Buffer, from: number, to: number): number {
    const position = endOfSpace(bytes, from, to);
    if (position > from) {
      this.value.separate();
    }
    if (position === to) {
      return to;
    }
    if (bytes[position] !== LESS) {
      this.startText(Kind.TEXT, bytes[position]);
      return position;
    }
    if (position + 1 === to) {
      return -1 - position;
    }
    switch (bytes[position + 1]) {
      case SLASH:
        return this.endTag(bytes, position, to);
      case 0x21: // !
        return this.declaration(bytes, position, to);
      case QUESTION:
        return this.instruction(bytes, position, to, !this.begun && position === from);
      default:
        return this.startTag(bytes, position, to);
    }
  }

  /** The rest of a value. */
  private rest(bytes: Buffer, kept: number, from: number, to: number): number {
    const next = this.value.read(bytes, kept, from, to);
    if (next >= 0) {
      this.state = this.inTag ? State.TAG : State.CONTENT;
    }
    return next;
  }

  private startTag(bytes: Buffer, at: number, to: number): number {
    const start = at + 1;
    const end = endOfName(bytes, start, to);
    if (!startsName(bytes[start])) {
      throw malformedXml('a < stands where no tag starts: write &lt;');
    }
    if (end === to) {
      return -1 - at;
    }
    const { names, places } = this;
    const { depth } = names;
    if (depth === 0 && this.hasRoot) {
      throw malformedXml('it has more than one root element');
    }
    names.push(bytes, start, end);
    places[depth + 1] = depth === 0 ? this.fields.rootElement(bytes.toString('utf8', start, end))
      : this.elements.find(places[depth], bytes, start, end);
    this.hasRoot = true;
    this.state = State.TAG;
    this.spaced = false;
    this.value.separate();
    return end;
  }

  private endTag(bytes: Buffer, at: number, to: number): number {
    const name = endOfName(bytes, at + 2, to);
    const end = endOfSpace(bytes, name, to);
    if (end === to) {
      return -1 - at;
    }
    if (bytes[end] !== GREATER || !this.names.pop(bytes, at + 2, name)) {
      throw malformedXml('an end tag is not that of the element that is open');
    }
    this.value.separate();
    return end + 1;
  }

  /** After the name of an element: attributes, or the end of the tag. */
  private tag(bytes: Buffer, from: number, to: number): number {
    const position = endOfSpace(bytes, from, to);
    this.spaced ||= position > from;
    if (position === to) {
      return to;
    }
    if (bytes[position] === GREATER) {
      this.state = State.CONTENT;
      return position + 1;
    }
    if (bytes[position] !== SLASH) {
      return this.attribute(bytes, position, to);
    }
    if (position + 1 === to) {
      return -1 - position;
    }
    if (bytes[position + 1] !== GREATER) {
      throw malformedXml('a / stands in a tag');
    }
    this.names.drop();
    this.state = State.CONTENT;
    return position + 2;
  }

  private attribute(bytes: Buffer, at: number, to: number): number {
    const end = endOfName(bytes, at, to);
    const equals = endOfSpace(bytes, end, to);
    const quote = equals === to ? to : endOfSpace(bytes, equals + 1, to);
    if (!this.spaced || !startsName(bytes[at]) || equals < to && bytes[equals] !== EQUALS) {
      throw malformedXml('a tag holds what is no attribute, or an attribute without white space before it');
    }
    if (quote === to) {
      return -1 - at;
    }
    if (bytes[quote] !== 0x22 && bytes[quote] !== 0x27) {
      throw malformedXml('the value of an attribute is not in quotes');
    }
    const start = quote + 1;
    const isNamespace = matching(bytes, at, end, NAMESPACE) === NAMESPACE.length
      && (end === at + NAMESPACE.length || bytes[at + NAMESPACE.length] === COLON);
    if (isNamespace) {
      const close = bytes.subarray(0, to).indexOf(bytes[quote], start);
      if (close < 0) {
        return -1 - at;
      }
      if (isPlainIdentifier(bytes.toString('latin1', start, close))) {
        this.spaced = false;
        return close + 1;
      }
    }
    const field = isNamespace ? NO_FIELD : this.attributes.find(this.places[this.names.depth], bytes, at, end).field;
    this.value.start(Kind.ATTRIBUTE, field, bytes[quote]);
    this.state = State.VALUE;
    this.inTag = true;
    this.spaced = false;
    return start;
  }

  /** Comments, CDATA sections and the document type. */
  private declaration(bytes: Buffer, at: number, to: number): number {
    const mark = [COMMENT, CDATA, DOCTYPE].find(text => matching(bytes, at, to, text) === Math.min(text.length, to - at));
    if (mark === undefined) {
      throw malformedXml('a <! starts no comment, no CDATA section and no document type');
    }
    // Each needs at least three more bytes to end.
    if (to - at < mark.length + 3) {
      return -1 - at;
    }
    if (mark === DOCTYPE) {
      return this.doctype(bytes, at, to);
    }
    const content = at + mark.length;
    if (mark === COMMENT) {
      this.startRemark(Kind.COMMENT);
    } else if (this.names.depth > 0 && matching(bytes, at, to, EMPTY_CDATA) === EMPTY_CDATA.length) {
      return at + EMPTY_CDATA.length;
    } else {
      this.startText(Kind.CDATA, bytes[content]);
    }
    return content;
  }

  private doctype(bytes: Buffer, at: number, to: number): number {
    if (this.hasRoot || this.hasDoctype) {
      throw malformedXml('a document type stands where none may');
    }
    const end = endOfDoctype(bytes, at, to);
    if (end < 0) {
      return -1 - at;
    }
    judgeDoctype(this.judge, bytes, at, end);
    this.hasDoctype = true;
    return end;
  }

  /** Processing instructions, and the XML declaration. */
  private instruction(bytes: Buffer, at: number, to: number, isFirst: boolean): number {
    const end = endOfName(bytes, at + 2, to);
    if (end + 1 >= to) {
      return -1 - at;
    }
    const isBare = bytes[end] === QUESTION && bytes[end + 1] === GREATER;
    if (!startsName(bytes[at + 2]) || !isSpace(bytes[end]) && !isBare) {
      throw malformedXml('a processing instruction has no name');
    }
    if (!/^xml$/i.test(bytes.toString('latin1', at + 2, Math.min(end, at + 6)))) {
      this.startRemark(Kind.INSTRUCTION);
      return end;
    }
    if (!isFirst) {
      throw malformedXml('an XML declaration stands elsewhere than at the start');
    }
    const close = endOfDeclaration(bytes, at, to);
    return close < 0 ? -1 - at : close;
  }

  private startText(kind: Kind, first: number): void {
    const { depth } = this.names;
    if (depth === 0) {
      throw malformedXml('text stands outside of the root element');
    }
    this.value.startText(kind, this.places[depth].field, first);
    this.state = State.VALUE;
    this.inTag = false;
  }

  /** Comments and instructions say nothing of the element that they stand in, but go with it where all of it is redacted. */
  private startRemark(kind: Kind): void {
    const place = this.places[this.names.depth];
    const field: Field = place.selected ? place.field : NO_FIELD;
    this.value.start(kind, field);
    this.state = State.VALUE;
    this.inTag = false;
  }
}
