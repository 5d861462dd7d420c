import { createHash } from 'crypto';
import { XmlToJson } from './xml-to-json';
import { XmlToJsonOptions } from './xml-to-json-options';
import { decoded } from '../decoded';
import { GeneratedStream } from '../generated-stream';
import { StoredObject, Transformation, TransformedObject } from '../transformation';

/** Raised when the same XML becomes other JSON. */
const MAPPING = 1;

/** XML in, JSON out. */
export class XmlToJsonTransformation implements Transformation {
  constructor(private readonly options: XmlToJsonOptions) {}

  digest(): string {
    const { arrays = [], resolveNamespaces = false, emptyAsText = false, lookAhead } = this.options;
    const said = JSON.stringify(['xml-to-json', MAPPING, [...arrays].sort(), resolveNamespaces, emptyAsText, lookAhead ?? null]);
    return createHash('sha256').update(said).digest('hex');
  }

  open({ contentEncoding }: StoredObject): TransformedObject {
    const { options } = this;
    return {
      contentType: 'application/json',
      stream: new GeneratedStream(async function* (source) {
        const mapping = new XmlToJson(options);
        for await (const chunk of decoded(source, contentEncoding)) {
          yield Buffer.from(mapping.push(chunk));
        }
        yield Buffer.from(mapping.end());
      }),
    };
  }

  metadata(_name: string, value: string): string {
    return value;
  }

  key(key: string): string {
    return key;
  }
}
