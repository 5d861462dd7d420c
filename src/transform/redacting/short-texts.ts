import { isUtf8 } from 'buffer';
import { decodeWords, encodeWord } from './encoded-words';
import { Redactor } from '../../redaction/redactor';
import { RuleSet } from '../../redaction/rule-set';

/** After so many texts another redactor is made: what it remembers of names of fields does not go on growing. */
const MOST_TEXTS = 10_000;

/** Redacts metadata and keys. */
export class ShortTexts {
  /** It takes longer to make one than to redact a short text. */
  private redactor: Redactor | undefined;
  private texts = 0;

  constructor(private readonly rules: RuleSet, private readonly hashKey: Uint8Array | undefined) {}

  /** The value of a header, judged as the field of that name, or as text without one; undefined if it cannot be told, or nothing is left. */
  header(value: string, name?: string): string | undefined {
    const text = decodeWords(characters(value));
    if (text === undefined) {
      return undefined;
    }
    // The name itself may be redacted, too.
    const [redacted] = Object.values(this.redact(name === undefined ? [text] : { [name]: text }));
    return redacted === '' && text !== '' ? undefined : encodeWord(redacted);
  }

  /** A key, folder by folder; `name=value`, as tables are partitioned by, is the field of that name. */
  key(key: string): string {
    const folders = key.split('/').map(folder => {
      const [, name, value] = /^([^=]+)=(.+)$/s.exec(folder) ?? [];
      return name === undefined ? folder : [name, { [name]: value }];
    });
    return (this.redact(folders) as (string | [string, Record<string, string>])[])
      .map(folder => typeof folder === 'string' ? folder : `${folder[0]}=${Object.values(folder[1])[0]}`).join('/');
  }

  /** The same with its texts redacted. */
  private redact<T extends readonly unknown[] | Record<string, string>>(value: T): T {
    const redactor = this.redactor ?? new Redactor({ rules: this.rules, hashKey: this.hashKey, format: 'ndjson' });
    this.redactor = undefined;
    let output = redactor.push(Buffer.from(`${JSON.stringify(value)}\n`)).toString();
    if (output.endsWith('\n') && this.texts++ < MOST_TEXTS) {
      this.redactor = redactor;
    } else {
      this.texts = 0;
      output += redactor.end().toString();
    }
    return JSON.parse(output) as T;
  }
}

/** Headers are read as Latin-1; what is written in them may be UTF-8. */
function characters(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.toString('latin1') === value && isUtf8(bytes) ? bytes.toString('utf8') : value;
}
