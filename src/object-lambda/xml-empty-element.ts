/** What stands for an XML element without attributes and content. */
export enum XmlEmptyElement {
  /** `null`, as for a value that is not there. */
  NULL = 'null',

  /** `""`, as for a text without characters. */
  TEXT = 'text',
}
