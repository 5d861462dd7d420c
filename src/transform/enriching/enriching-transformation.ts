import { TextDecoder } from 'util';
import { CsvReader } from './csv-reader';
import { EnrichingOptions } from './enriching-options';
import { ItemCache } from './item-cache';
import { Join } from './join';
import { NdjsonReader } from './ndjson-reader';
import { Table } from './table';
import { decoded } from '../decoded';
import { GeneratedStream } from '../generated-stream';
import { StoredObject, Transformation, TransformedObject } from '../transformation';
import { ViewError } from '../view-error';

const FORMATS: ReadonlyArray<readonly [format: 'csv' | 'ndjson', contentTypes: RegExp, keys: RegExp]> = [
  ['csv', /^(text|application)\/(csv|tab-separated-values)\s*(;|$)/i, /\.(csv|tsv)(\.(gz|br))?$/i],
  ['ndjson', /^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines)\s*(;|$)/i, /\.(ndjson|jsonl)(\.(gz|br))?$/i],
];

const TABS = /tab-separated-values|\.tsv(\.(gz|br))?$/i;

/** Rows joined with the items of a table. The table changes without a word to S3: what goes out has no ETag. */
export class EnrichingTransformation implements Transformation {
  constructor(private readonly options: EnrichingOptions, private readonly table: Table, private readonly cache: ItemCache) {}

  digest(): undefined {
    return undefined;
  }

  open(object: StoredObject): TransformedObject {
    const { options, table, cache } = this;
    const reader = this.formatOf(object) === 'csv' ? new CsvReader({ ...options, delimiter: options.delimiter ?? delimiterOf(object) }) : new NdjsonReader(options);
    return {
      stream: new GeneratedStream(async function* (source, signal) {
        const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        const join = new Join(options, table, cache, signal);
        for await (const chunk of decoded(source, object.contentEncoding)) {
          yield* bytes(join.add(reader.push(textOf(decoder, chunk))));
        }
        yield* bytes(join.add(reader.push(textOf(decoder))));
        yield* bytes(join.add(reader.end()));
        yield* bytes(join.end());
      }),
    };
  }

  metadata(_name: string, value: string): string {
    return value;
  }

  key(key: string): string {
    return key;
  }

  private formatOf({ key, contentType = '' }: StoredObject): 'csv' | 'ndjson' {
    const format = this.options.format
      ?? FORMATS.find(([, contentTypes]) => contentTypes.test(contentType))?.[0]
      ?? FORMATS.find(([,, keys]) => keys.test(key))?.[0];
    if (format === undefined) {
      throw new ViewError(422, 'UnknownFormat', 'Neither the content type nor the key of the object says whether it is CSV or NDJSON.');
    }
    return format;
  }
}

/** Of CSV, by the content type, or else by the end of the key. */
function delimiterOf({ key, contentType = '' }: StoredObject): string {
  const [[, contentTypes]] = FORMATS;
  return TABS.test(contentTypes.test(contentType) ? contentType : key) ? '\t' : ',';
}

async function* bytes(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) {
    yield Buffer.from(text);
  }
}

function textOf(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new ViewError(422, 'UnsupportedEncoding', 'The object is not UTF-8.');
  }
}
