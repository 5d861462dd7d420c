import { createHash } from 'crypto';
import { XmlToJson } from './xml-to-json';
import { XmlToJsonOptions } from './xml-to-json-options';
import { decoded } from '../decoded';
import { GeneratedStream } from '../generated-stream';
import { StoredObject, Transformation, TransformedObject } from '../transformation';

/** XML in, JSON out. */
export class XmlToJsonTransformation implements Transformation {
  /** @param code stands for the code that maps: another may map otherwise */
  constructor(private readonly options: XmlToJsonOptions, private readonly code: string) {}

  digest(): string {
    const { arrays = [], resolveNamespaces = false, emptyAsText = false, lookAhead } = this.options;
    return createHash('sha256').update(JSON.stringify([this.code, [...arrays].sort(), resolveNamespaces, emptyAsText, lookAhead ?? null])).digest('hex');
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
