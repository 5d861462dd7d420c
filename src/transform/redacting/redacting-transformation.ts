import { createHash, createHmac } from 'crypto';
import { Duplex } from 'stream';
import { ShortTexts } from './short-texts';
import { storedEncoding } from './stored-encoding';
import { RedactionError } from '../../redaction/errors';
import { RedactorOptions } from '../../redaction/redactor';
import { RedactionOptions, RedactionReport, RedactionStream } from '../../redaction/stream';
import { StoredObject, TransformedObject, Transformation } from '../transformation';

/** A stream that redacts, with its report. */
export type RedactingStream = Duplex & { readonly report: RedactionReport };

export interface RedactingOptions extends Required<Pick<RedactorOptions, 'rules'>>, Pick<RedactorOptions, 'hashKey'> {
  /** Stands for the code that redacts: another one may redact otherwise. */
  readonly engine: string;
  /** What happens to user metadata. Defaults to `redact`, which leaves it out if the rules ask Amazon Comprehend: it is not asked for these. */
  readonly metadata?: 'redact' | 'keep' | 'drop';
  /** Whether keys are redacted in listings, by all rules but those of Amazon Comprehend. Defaults to false. */
  readonly redactsKeys?: boolean;
  /** Makes the streams. Defaults to the engine without help. */
  readonly streamOf?: (options: RedactionOptions) => RedactingStream;
  /** Whether the streams give the same each time. Defaults to true, unless the rules ask Amazon Comprehend. */
  readonly isDeterministic?: boolean;
  /** Takes what was found, when a stream is done with. */
  readonly onReport?: (report: RedactionReport) => void;
}

/**
 * Redacts objects, metadata and keys.
 *
 * An object with a content encoding goes out without it. One that is compressed as such, whose key ends with `.gz`, goes out compressed.
 */
export class RedactingTransformation implements Transformation {
  private readonly identity: string | undefined;
  private readonly texts: ShortTexts;
  private readonly asksComprehend: boolean;

  constructor(private readonly options: RedactingOptions) {
    const { comprehend, ...rules } = options.rules;
    this.asksComprehend = comprehend !== undefined;
    this.identity = options.isDeterministic ?? !this.asksComprehend ? digestOf(options) : undefined;
    this.texts = new ShortTexts(rules, options.hashKey);
  }

  digest(): string | undefined {
    return this.identity;
  }

  open({ key, contentType, contentEncoding }: StoredObject): TransformedObject {
    const { rules, hashKey, onReport, streamOf = (options: RedactionOptions) => new RedactionStream(options) } = this.options;
    const encoding = storedEncoding(contentEncoding);
    const isArchive = encoding === undefined && key.endsWith('.gz');
    const stream = streamOf(isArchive
      ? { rules, hashKey, key, contentType, contentEncoding: 'gzip', recompress: true }
      : { rules, hashKey, key, contentType, contentEncoding: encoding });
    stream.once('close', () => onReport?.(stream.report));
    return { stream };
  }

  metadata(name: string, value: string): string | undefined {
    const { metadata = 'redact' } = this.options;
    return metadata === 'keep' ? value : metadata === 'drop' || this.asksComprehend ? undefined : this.redacted(value, name);
  }

  header(name: string, value: string): string | undefined {
    return this.asksComprehend && name === 'content-disposition' ? undefined : this.redacted(value);
  }

  key(key: string): string {
    return this.options.redactsKeys === true ? this.texts.key(key) : key;
  }

  /** A header that cannot be judged is left out. */
  private redacted(value: string, name?: string): string | undefined {
    try {
      return this.texts.header(value, name);
    } catch (error) {
      if (error instanceof RedactionError && error.code !== 'INVALID_RULES') {
        return undefined;
      }
      throw error;
    }
  }
}

/** Stands for what is done to content. Compressed bytes depend on the library that compresses, and letters on the tables of Node. */
function digestOf({ engine, rules, hashKey }: RedactingOptions): string {
  const key = hashKey === undefined ? '' : createHmac('sha256', hashKey).update('digest').digest('hex');
  return createHash('sha256').update(JSON.stringify([engine, process.versions.node, rules, key])).digest('hex');
}
