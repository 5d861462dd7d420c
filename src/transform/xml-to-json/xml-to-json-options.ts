/** How XML becomes JSON. */
export interface XmlToJsonOptions {
  /** Paths of elements that are arrays, however often they stand there: `/orders/order`, or `//order` at any depth. */
  readonly arrays?: readonly string[];
  /** Names as `{namespace}local`, without the declarations; otherwise as they are written. Defaults to false. */
  readonly resolveNamespaces?: boolean;
  /** Whether elements without content are `""`, and not null. Defaults to false. */
  readonly emptyAsText?: boolean;
  /** How many characters are held back in order to see what is repeated. Defaults to 4 Mi. */
  readonly lookAhead?: number;
}
