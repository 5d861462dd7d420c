import { Size, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAction } from './object-lambda-action';
import { memberOf, SIZE, TRANSFORMING } from './option-types';
import { transformingFunction } from './transforming-function';
import { XmlEmptyElement } from './xml-empty-element';
import { XmlNamespaces } from './xml-namespaces';
import { XML_TO_JSON_OBJECT_LAMBDA, XML_TO_JSON_OPTIONS_FILE } from './xml-to-json-object-lambda-contract';
import { XmlToJsonObjectLambdaProps } from './xml-to-json-object-lambda-props';
import { checkPropTypes } from '../access-point/props-check';
import { ConfigurationError, Place } from '../private/errors';

const LEAST = Size.kibibytes(64);
const MOST = Size.mebibytes(64);
const PATH = /^\/(?:\/(?:\{[^}]*\})?[^/{}]+|(?:(?:\{[^}]*\})?[^/{}]+\/)+(?:\{[^}]*\})?[^/{}]+)$/;

/**
 * A view of a bucket in which XML documents are JSON.
 *
 * The mapping: a document is an object with the name of its root. An element without attributes and elements is its text, or null if it
 * has none; others are objects of their attributes as `@name`, of their text as `#text` and of their elements by name. An element that is
 * repeated within its parent is an array. All values are texts. CDATA is text; comments and processing instructions are left out, as is
 * white space between elements; of mixed content the order is lost.
 *
 * Documents are mapped as they stream, whatever their size, from UTF-8, also compressed with gzip or Brotli; what goes out is
 * `application/json`. Refused with 400, by line and column and without a word of the content: what is not well-formed, document types
 * with the entities that they define, other encodings, and nesting deeper than 128 elements.
 *
 * The function may write its answer, its log and its traces and nothing else. Readers, policy, alarms and warnings are those of an
 * `ObjectLambdaAccessPoint`.
 *
 * @example
 * declare const bucket: SecureBucket;
 * declare const reader: iam.IRole;
 *
 * const orders = new XmlToJsonObjectLambda(this, 'Orders', { bucket, prefixes: ['orders/'], arrays: ['/orders/order', '//item'] });
 * orders.grantRead(reader);
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html
 */
export class XmlToJsonObjectLambda extends ObjectLambdaAccessPointBase {
  /** @throws if a path of `arrays` is none, `lookAhead` is out of bounds, or an Object Lambda access point cannot be made of the rest */
  constructor(scope: Construct, id: string, props: XmlToJsonObjectLambdaProps) {
    const place = { scope, id };
    checkPropTypes(place, props, {
      ...TRANSFORMING,
      arrays: { what: "a list of paths, such as ['/orders/order']", fits: value => Array.isArray(value) && value.every(each => typeof each === 'string') },
      lookAhead: SIZE,
      namespaces: memberOf('XmlNamespaces', XmlNamespaces),
      emptyElements: memberOf('XmlEmptyElement', XmlEmptyElement),
    });
    const options = optionsOf(place, props);
    super(scope, id, props, {
      handler: parent => {
        const handler = transformingFunction(parent, props, {
          asset: XML_TO_JSON_OBJECT_LAMBDA, does: 'Turns XML into JSON', files: { [XML_TO_JSON_OPTIONS_FILE]: JSON.stringify(options) },
        });
        return { handler, own: handler.facts() };
      },
      actions: Object.values(ObjectLambdaAction),
      supportsRange: true,
      supportsPartNumber: true,
      takesCipherText: false,
    });
  }
}

function optionsOf(place: Place, { arrays = [], namespaces, emptyElements, lookAhead = Size.mebibytes(4) }: XmlToJsonObjectLambdaProps) {
  const wrong = arrays.find(path => Token.isUnresolved(path) || !PATH.test(path));
  if (wrong !== undefined) {
    throw new ConfigurationError(place, `arrays holds ${Token.isUnresolved(wrong) ? 'a value that is only known at deployment' : JSON.stringify(wrong)}`,
      'give paths below the root, such as /orders/order, or names at any depth, such as //item');
  }
  const bytes = lookAhead.toBytes();
  if (!(bytes >= LEAST.toBytes() && bytes <= MOST.toBytes())) {
    throw new ConfigurationError(place, `lookAhead is ${lookAhead}`, 'give from 64 KiB to 64 MiB');
  }
  return {
    arrays,
    resolveNamespaces: namespaces === XmlNamespaces.RESOLVED,
    emptyAsText: emptyElements === XmlEmptyElement.TEXT,
    lookAhead: bytes,
  };
}
