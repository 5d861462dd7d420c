import { Size } from 'aws-cdk-lib';
import { TransformingObjectLambdaOptions } from './transforming-object-lambda-options';
import { XmlEmptyElement } from './xml-empty-element';
import { XmlNamespaces } from './xml-namespaces';

/** What can be said about an `XmlToJsonObjectLambda`. */
export interface XmlToJsonObjectLambdaProps extends TransformingObjectLambdaOptions {
  /**
   * The paths of elements that are arrays, however often they stand in a document: `/orders/order`, or `//item` at any depth. Without it,
   * an element is an array where it is repeated, and readers have to expect both. Names are those of the JSON: with
   * `XmlNamespaces.RESOLVED`, `//{urn:example:sales}item`.
   *
   * @default - elements that are repeated
   */
  readonly arrays?: string[];

  /**
   * How names with a namespace are written.
   *
   * @default XmlNamespaces.PREFIXES
   */
  readonly namespaces?: XmlNamespaces;

  /**
   * What stands for an element without attributes and content.
   *
   * @default XmlEmptyElement.NULL
   */
  readonly emptyElements?: XmlEmptyElement;

  /**
   * How much of a document is held back to see which elements are repeated, from 64 KiB to 64 MiB, about. Smaller documents, and smaller
   * parts of large ones, may repeat elements in any order. In larger ones repeated elements have to stand side by side, and those that
   * are larger than this themselves have to be named in `arrays`; otherwise the document is refused with 400. One text or attribute value
   * cannot be larger either.
   *
   * @default Size.mebibytes(4)
   */
  readonly lookAhead?: Size;
}
