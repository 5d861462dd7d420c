import { jsonOf } from './attribute-value';
import { canonicalDecimal } from './decimal';
import { EnrichingOptions } from './enriching-options';
import { Enricher, FinishedRow, LONGEST_ROW, Row, RowReader, WaitingRow } from './rows';
import { Item } from './table';
import { ViewError } from '../view-error';

const BYTE_ORDER_MARK = '\ufeff';
/** JSON can name one, and UTF-8 cannot: no table has such a key. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * Lines that are JSON objects. What is added stands at the end of each; the rest stays as it was written.
 *
 * @see https://github.com/ndjson/ndjson-spec
 */
export class NdjsonReader implements RowReader, Enricher {
  private text = '';
  private line = 0;

  /** Finds the numbers that stand for the key, as they are written. */
  private readonly numbers: readonly RegExp[];

  constructor(private readonly options: EnrichingOptions) {
    this.numbers = options.key.map(({ column }) =>
      new RegExp(`${JSON.stringify(column).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*:\\s*(-?\\d[\\d.eE+-]*)`, 'g'));
  }

  push(text: string): Row[] {
    const lines = text.split('\n');
    lines[0] = this.text + lines[0];
    this.text = lines.pop()!;
    const rows = lines.map(line => this.row(`${line}\n`));
    if (this.text.length > LONGEST_ROW) {
      this.line += 1;
      this.refuseLength();
    }
    return rows;
  }

  end(): Row[] {
    return this.text === '' ? [] : [this.row(this.text)];
  }

  added(item: Item | undefined): string {
    return this.options.columns.map(({ attribute, column }) => `${JSON.stringify(column)}:${jsonOf(item?.[attribute])}`).join(',');
  }

  private row(raw: string): Row {
    this.line += 1;
    const { line, options: { key, columns } } = this;
    if (raw.length > LONGEST_ROW) {
      this.refuseLength();
    }
    const json = line === 1 && raw.startsWith(BYTE_ORDER_MARK) ? raw.slice(1) : raw;
    if (json.trim() === '') {
      return new FinishedRow(line, raw.length, raw);
    }
    const value = this.parsed(json);
    if (columns.some(({ column }) => Object.hasOwn(value, column))) {
      throw this.refusal('ColumnExists', 'A member that would be added is there already');
    }
    const end = raw.lastIndexOf('}');
    const separator = Object.keys(value).length === 0 ? '' : ',';
    const values = key.map(({ column }, index) => this.keyValue(Object.hasOwn(value, column) ? value[column] : undefined, json, this.numbers[index]));
    return new WaitingRow(line, raw.length, values, this, raw.slice(0, end) + separator, raw.slice(end));
  }

  private refuseLength(): never {
    throw this.refusal('RowTooLarge', `A row has more than ${LONGEST_ROW} characters`);
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
  private keyValue(value: unknown, json: string, numbers: RegExp): string | undefined {
    if (typeof value !== 'number') {
      return typeof value === 'string' && !HALF_CHARACTER.test(value) ? value : undefined;
    }
    const isMeant = ([, written]: RegExpExecArray) => canonicalDecimal(written) === canonicalDecimal(String(value));
    const written = [...json.matchAll(numbers)];
    if (Number.isInteger(value) && !Number.isSafeInteger(value) || written.length > 0 && !written.some(isMeant)) {
      throw this.refusal('InexactKey', 'A key is a number that cannot be read exactly: write it as text');
    }
    return String(value);
  }

  private refusal(code: string, message: string): ViewError {
    return new ViewError(422, code, `${message} (line ${this.line}).`);
  }
}
