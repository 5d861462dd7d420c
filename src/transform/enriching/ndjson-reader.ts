import { jsonOf } from './attribute-value';
import { EnrichingOptions } from './enriching-options';
import { LONGEST_ROW, Row, RowReader } from './rows';
import { Item } from './table';
import { ViewError } from '../view-error';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Lines that are JSON objects. What is added stands at the end of each; the rest stays as it was written.
 *
 * @see https://github.com/ndjson/ndjson-spec
 */
export class NdjsonReader implements RowReader {
  private text = '';
  private line = 0;

  constructor(private readonly options: EnrichingOptions) {}

  push(text: string): Row[] {
    const lines = text.split('\n');
    lines[0] = this.text + lines[0];
    this.text = lines.pop()!;
    if (this.text.length > LONGEST_ROW) {
      this.line += lines.length + 1;
      throw this.refusal('RowTooLarge', `A row has more than ${LONGEST_ROW} characters`);
    }
    return lines.map(line => this.row(`${line}\n`));
  }

  end(): Row[] {
    return this.text === '' ? [] : [this.row(this.text)];
  }

  private row(raw: string): Row {
    this.line += 1;
    const { line } = this;
    const { length } = raw;
    const json = line === 1 && raw.startsWith(BYTE_ORDER_MARK) ? raw.slice(1) : raw;
    if (json.trim() === '') {
      return { line, length, key: undefined, enriched: () => raw };
    }
    const value = this.parsed(json);
    const { key, columns } = this.options;
    if (columns.some(({ column }) => Object.hasOwn(value, column))) {
      throw this.refusal('ColumnExists', 'A member that would be added is there already');
    }
    const end = raw.lastIndexOf('}');
    const separator = Object.keys(value).length === 0 ? '' : ',';
    return {
      line,
      length,
      key: key.map(({ column }) => this.keyValue(Object.hasOwn(value, column) ? value[column] : undefined)),
      enriched: (item: Item | undefined) => {
        const members = columns.map(({ attribute, column }) => `${JSON.stringify(column)}:${jsonOf(item?.[attribute])}`);
        return raw.slice(0, end) + separator + members.join(',') + raw.slice(end);
      },
    };
  }

  private parsed(json: string): Record<string, unknown> {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      throw this.refusal('MalformedJson', 'A line is no JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.refusal('MalformedJson', 'A line is no JSON object');
    }
    return value as Record<string, unknown>;
  }

  /** Numbers lose digits when JSON is read. */
  private keyValue(value: unknown): string | undefined {
    if (typeof value !== 'number') {
      return typeof value === 'string' ? value : undefined;
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw this.refusal('InexactKey', 'A key is a number that cannot be read exactly: write it as text');
    }
    return String(value);
  }

  private refusal(code: string, message: string): ViewError {
    return new ViewError(422, code, `${message} (line ${this.line}).`);
  }
}
