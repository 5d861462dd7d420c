import { textOf } from './attribute-value';
import { AddedColumn, EnrichingOptions } from './enriching-options';
import { Enricher, FinishedRow, LONGEST_ROW, Row, RowReader, WaitingRow } from './rows';
import { Item } from './table';
import { ViewError } from '../view-error';

const BYTE_ORDER_MARK = '\ufeff';

/** Within a row: before a field, in one, in a quoted one, behind a quote in it, and behind the CR after that. */
enum State { START, BARE, QUOTED, QUOTE, QUOTE_CR }

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const BYTE_ORDER_MARK_CODE = 0xfeff;

/**
 * Rows of CSV after RFC 4180, of which the first one names the columns. They end with LF or CR LF, and each goes out with the end that it
 * came with. A quote within a field that does not begin with one is a character as others.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export class CsvReader implements RowReader, Enricher {
  private readonly separator: string;
  private readonly delimiter: number;
  private header: { readonly width: number; readonly keyColumns: readonly number[] } | undefined;
  /** What is not yet cut into rows, and how far it is read. */
  private text = '';
  private at = 0;
  private state = State.START;
  private fieldStart = 0;
  private fields: string[] = [];
  private line = 1;
  private lineOfRow = 1;

  constructor(private readonly options: EnrichingOptions) {
    this.separator = options.delimiter ?? ',';
    this.delimiter = this.separator.charCodeAt(0);
  }

  push(text: string): Row[] {
    this.text += text;
    const rows: Row[] = [];
    let start = 0;
    for (; this.at < this.text.length; this.at += 1) {
      this.skip();
      if (this.at === this.text.length) {
        break;
      }
      const code = this.text.charCodeAt(this.at);
      this.line += code === LF ? 1 : 0;
      if (this.read(code)) {
        rows.push(this.row(this.text.slice(start, this.at + 1)));
        start = this.at + 1;
        this.fieldStart = start;
      }
    }
    this.text = this.text.slice(start);
    this.at -= start;
    this.fieldStart -= start;
    this.checkLength(this.text);
    return rows;
  }

  end(): Row[] {
    if (this.state === State.QUOTE_CR) {
      this.refuse();
    }
    if (this.state === State.QUOTED) {
      throw this.refusal('MalformedCsv', 'A quoted field does not end');
    }
    if (this.text === '') {
      return [];
    }
    this.field(this.text.length);
    return [this.row(this.text)];
  }

  /** Over what ends neither a field nor a quotation. */
  private skip(): void {
    const { text, state, delimiter } = this;
    let { at } = this;
    if (state === State.BARE) {
      for (let code = text.charCodeAt(at); at < text.length && code !== delimiter && code !== LF; code = text.charCodeAt(at)) {
        at += 1;
      }
    } else if (state === State.QUOTED) {
      for (let code = text.charCodeAt(at); at < text.length && code !== QUOTE && code !== LF; code = text.charCodeAt(at)) {
        at += 1;
      }
    }
    this.at = at;
  }

  /** Whether the character ends a row. */
  private read(code: number): boolean {
    switch (this.state) {
      case State.QUOTED:
        this.state = code === QUOTE ? State.QUOTE : State.QUOTED;
        return false;
      case State.QUOTE:
        if (code === QUOTE || code === CR) {
          this.state = code === QUOTE ? State.QUOTED : State.QUOTE_CR;
          return false;
        }
        return this.endOfField(code, this.at) ?? this.refuse();
      case State.QUOTE_CR:
        return code === LF ? this.endOfField(code, this.at - 1) ?? this.refuse() : this.refuse();
      case State.START:
        if (code === QUOTE || code === BYTE_ORDER_MARK_CODE && this.header === undefined && this.at === 0) {
          this.state = code === QUOTE ? State.QUOTED : State.START;
          return false;
        }
        break;
      default:
    }
    const hasCr = code === LF && this.at > this.fieldStart && this.text.charCodeAt(this.at - 1) === CR;
    const isEndOfRow = this.endOfField(code, hasCr ? this.at - 1 : this.at);
    if (isEndOfRow === undefined) {
      this.state = State.BARE;
    }
    return isEndOfRow === true;
  }

  /** Whether the row ends too; undefined if nothing does. */
  private endOfField(code: number, end: number): boolean | undefined {
    if (code !== this.delimiter && code !== LF) {
      return undefined;
    }
    this.field(end);
    this.fieldStart = this.at + 1;
    this.state = State.START;
    return code === LF;
  }

  private field(end: number): void {
    const raw = this.text.slice(this.fieldStart, end);
    const field = this.header === undefined && this.fields.length === 0 && raw.startsWith(BYTE_ORDER_MARK) ? raw.slice(1) : raw;
    this.fields.push(this.state === State.QUOTE || this.state === State.QUOTE_CR ? field.slice(1, -1).replaceAll('""', '"') : field);
  }

  private refuse(): never {
    throw this.refusal('MalformedCsv', 'Something stands behind the quotes of a field');
  }

  added(item: Item | undefined): string {
    return this.columnsOf(({ attribute }) => textOf(item?.[attribute]));
  }

  private row(raw: string): Row {
    this.checkLength(raw);
    const { fields, lineOfRow: line } = this;
    this.fields = [];
    const ending = raw.endsWith('\r\n') ? '\r\n' : raw.endsWith('\n') ? '\n' : '';
    const content = raw.slice(0, raw.length - ending.length);
    if (content === '' || content === BYTE_ORDER_MARK) {
      this.lineOfRow = this.line;
      return new FinishedRow(line, raw.length, raw);
    }
    if (this.header === undefined) {
      this.header = this.headerOf(fields);
      this.lineOfRow = this.line;
      return new FinishedRow(line, raw.length, content + this.columnsOf(({ column }) => column) + ending);
    }
    if (fields.length !== this.header.width) {
      throw this.refusal('UnevenRow', 'A row has not as many fields as the header');
    }
    this.lineOfRow = this.line;
    return new WaitingRow(line, raw.length, this.header.keyColumns.map(column => fields[column]), this, content, ending);
  }

  private checkLength(row: string): void {
    if (row.length > LONGEST_ROW) {
      throw this.refusal('RowTooLarge', `A row has more than ${LONGEST_ROW} characters`);
    }
  }

  private columnsOf(valueOf: (column: AddedColumn) => string): string {
    let added = '';
    for (const column of this.options.columns) {
      added += this.separator + this.quoted(valueOf(column));
    }
    return added;
  }

  private headerOf(fields: readonly string[]) {
    const { key, columns } = this.options;
    if (columns.some(({ column }) => fields.includes(column))) {
      throw this.refusal('ColumnExists', 'A column that would be added is there already');
    }
    const keyColumns = key.map(({ column }) => fields.indexOf(column));
    if (keyColumns.some((index, at) => index === -1 || index !== fields.lastIndexOf(key[at].column))) {
      throw this.refusal('NoKeyColumn', 'The column of the key is not there, or more than once');
    }
    return { width: fields.length, keyColumns };
  }

  private quoted(value: string): string {
    return value.includes(this.separator) || /["\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  }

  private refusal(code: string, message: string): ViewError {
    return new ViewError(422, code, `${message} (line ${this.lineOfRow}).`);
  }
}
