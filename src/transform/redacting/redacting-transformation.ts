import { createHash, createHmac } from 'crypto';
import { Duplex } from 'stream';
import { plainWords, encodedWord } from './encoded-word';
import { Redactor, RedactorOptions } from '../../redaction/redactor';
import { RedactionOptions, RedactionReport, RedactionStream } from '../../redaction/stream';
import { StoredObject, TransformedObject, Transformation } from '../transformation';

/** A stream that redacts, with its report. */
export type RedactingStream = Duplex & { readonly report: RedactionReport };

export interface RedactingOptions extends Required<Pick<RedactorOptions, 'rules'>>, Pick<RedactorOptions, 'hashKey'> {
  /** Stands for the code that redacts: another one may redact otherwise. */
  readonly engine: string;
  /** What happens to user metadata. Defaults to `redact`. */
  readonly metadata?: 'redact' | 'keep' | 'drop';
  /** Whether keys are redacted in listings. Defaults to false. */
  readonly redactsKeys?: boolean;
  /** Makes the streams. Defaults to the engine without help. */
  readonly streamOf?: (options: RedactionOptions) => RedactingStream;
  /** Whether the streams give the same each time. Defaults to true. */
  readonly isDeterministic?: boolean;
  /** Takes what was found, when a stream is done with. */
  readonly onReport?: (report: RedactionReport) => void;
}

/** Written by whoever stored the object, as user metadata is, but not for applications: it is never left out, and never kept unread. */
const HEADERS = ['cache-control', 'content-disposition', 'content-language'];

/**
 * Redacts objects, metadata and keys.
 *
 * An object with a content encoding goes out without it. One that is compressed as such, whose key ends with `.gz`, goes out compressed.
 */
export class RedactingTransformation implements Transformation {
  private readonly options: RedactingOptions;
  private readonly identity: string | undefined;

  constructor(options: RedactingOptions) {
    this.options = options;
    this.identity = options.isDeterministic === false ? undefined : digestOf(options);
  }

  digest(): string | undefined {
    return this.identity;
  }

  open({ key, contentType, contentEncoding }: StoredObject): TransformedObject {
    const { rules, hashKey, onReport, streamOf = (options: RedactionOptions) => new RedactionStream(options) } = this.options;
    const isArchive = key.endsWith('.gz') && isNone(contentEncoding);
    const stream = streamOf(isArchive
      ? { rules, hashKey, key: key.slice(0, -'.gz'.length), contentEncoding: 'gzip', recompress: true }
      : { rules, hashKey, key, contentType, contentEncoding });
    stream.once('close', () => onReport?.(stream.report));
    return { stream };
  }

  metadata(name: string, value: string): string | undefined {
    const { metadata = 'redact' } = this.options;
    const isRedacted = metadata === 'redact' || HEADERS.includes(name);
    return isRedacted ? this.redactedValue(name, value) : metadata === 'keep' ? value : undefined;
  }

  key(key: string): string {
    return this.options.redactsKeys === true ? this.redacted(key, 'text') : key;
  }

  /** The value, as one of a field of that name. What cannot be judged is left out. */
  private redactedValue(name: string, value: string): string | undefined {
    try {
      const written = plainWords(value);
      const plain = percentDecoded(written);
      const redacted: unknown = Object.values(JSON.parse(this.redacted(JSON.stringify({ [name]: plain }), 'json')) as object)[0];
      return redacted === plain ? value : typeof redacted === 'string' ? encodedWord(plain === written ? redacted : encodeURI(redacted)) : undefined;
    } catch {
      return undefined;
    }
  }

  private redacted(input: string, format: 'text' | 'json'): string {
    const { rules, hashKey } = this.options;
    const redactor = new Redactor({ rules, hashKey, format });
    return Buffer.concat([redactor.push(Buffer.from(input)), redactor.end()]).toString();
  }
}

/** Stands for what is done, less what is done to listings, which have no ETag. Compressed bytes depend on the library that compresses. */
function digestOf({ engine, rules, hashKey, metadata = 'redact' }: RedactingOptions): string {
  const key = hashKey === undefined ? '' : createHmac('sha256', hashKey).update('digest').digest('hex');
  return createHash('sha256').update(JSON.stringify([engine, rules, key, metadata, process.versions.zlib])).digest('hex');
}

function isNone(contentEncoding: string | undefined): boolean {
  return ['', 'identity', 'aws-chunked'].includes((contentEncoding ?? '').trim().toLowerCase());
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
