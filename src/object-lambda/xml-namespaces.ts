/**
 * How names with a namespace are written in JSON.
 *
 * @see https://www.w3.org/TR/xml-names/
 */
export enum XmlNamespaces {
  /** As they are written, `s:row`, with the declarations as attributes, `@xmlns:s`. */
  PREFIXES = 'prefixes',

  /** With the name of the namespace in place of the prefix, `{urn:example:sales}row`, and without the declarations: prefixes may change from document to document. */
  RESOLVED = 'resolved',
}
