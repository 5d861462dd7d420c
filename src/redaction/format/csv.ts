import { firstRecord } from './csv-dialect';
import { CSV_QUOTES, QUOTE } from './csv-quotes';
import { OpenValue } from './open-value';
import { FormatReader, ValueJudge } from './reader';
import { Stops } from './stops';
import { RedactionError } from '../errors';
import { Field, NO_FIELD } from '../fields/field';
import { FieldResolver } from '../fields/field-resolver';

export interface CsvOptions {
  /** One of `,` `;` `|` and the tab, or any other ASCII character; the first record tells if left out. */
  readonly separator?: string;
  /** Whether the first record holds the names of the columns, as it does by default. Without names columns are called `1`, `2` and so on. */
  readonly header?: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Columns beyond are judged without a name. */
const MOST_COLUMNS = 16_384;

/** At the start of a cell, in one without quotes, in one with them, and after a cell. */
enum State { CELL, PLAIN, QUOTED, AFTER }

/**
 * CSV and TSV: cells with or without quotes. A quote within a cell that does not start with one is data.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export class CsvReader implements FormatReader {
  private readonly value: OpenValue;
  private readonly told: number | undefined;
  private separator = 0;
  private stops: Stops | undefined;
  private state = State.CELL;
  /** Whether the header comes, and whether there is one. */
  private heading: boolean;
  private readonly named: boolean;
  private column = 0;
  private escaped = false;
  private readonly columns: Field[] = [];

  constructor(private readonly judge: ValueJudge, private readonly fields: FieldResolver, { separator, header = true }: CsvOptions = {}) {
    if (separator !== undefined && !/^[\t -~]$/.test(separator) || separator === '"') {
      throw new RedactionError('INVALID_RULES', 'a CSV separator is one ASCII character that is no quote: , ; | or a tab');
    }
    this.told = separator?.charCodeAt(0);
    this.value = new OpenValue(judge);
    this.heading = header;
    this.named = header;
  }

  read(bytes: Buffer, kept: number, from: number, to: number, last: boolean): number {
    let position = from;
    if (this.stops === undefined) {
      const first = firstRecord(bytes, from, to, last, this.told);
      if (first === undefined) {
        return from;
      }
      this.separator = first.separator;
      this.stops = new Stops([first.separator, LINE_FEED, CARRIAGE_RETURN, QUOTE]);
      position = first.start;
    }
    const { stops } = this;
    stops.prepare(bytes, position, to);
    for (;;) {
      if (this.state === State.CELL) {
        position = this.wholeCells(bytes, stops, position, to);
        if (position === to) {
          return to;
        }
        this.value.start(this.heading ? NO_FIELD : this.field());
        this.escaped = false;
        this.state = bytes[position] === QUOTE ? State.QUOTED : State.PLAIN;
        position += this.state === State.QUOTED ? 1 : 0;
      }
      if (this.state !== State.AFTER) {
        const end = this.state === State.PLAIN ? plainEnd(bytes, stops, position, to, last) : this.quotedEnd(bytes, stops, position, to, last);
        if (end < 0) {
          this.escaped = this.state === State.QUOTED;
          return this.value.part(bytes, kept, position, -1 - end, false, this.escaped ? CSV_QUOTES : undefined);
        }
        position = this.endOfCell(bytes, kept, position, end);
      }
      if (position === to) {
        return to;
      }
      const next = this.afterCell(bytes, position, to, last);
      if (next === position) {
        return position;
      }
      position = next;
      this.state = State.CELL;
    }
  }

  /** The fast path: cells that are whole, have no quotes within quotes, and are not of the header. */
  private wholeCells(bytes: Buffer, stops: Stops, from: number, to: number): number {
    const { separator, columns, judge } = this;
    let position = from;
    let clean = from;
    if (this.heading) {
      return position;
    }
    stops.seek(from);
    for (;;) {
      let start = position;
      let end = stops.following();
      let stop = end;
      if (end === start && end < to && bytes[end] === QUOTE) {
        start++;
        do {
          stop = stops.following();
        } while (stop < to && bytes[stop] !== QUOTE);
        end = stops.following();
        if (end > stop + 1 || bytes[end] === QUOTE) {
          return position;
        }
      } else {
        while (stop < to && bytes[stop] === QUOTE) {
          stop = stops.following();
        }
        end = stop;
      }
      let next = end + 1;
      if (end >= to || bytes[end] === CARRIAGE_RETURN && (next === to || bytes[next++] !== LINE_FEED || stops.following() >= to)) {
        return position;
      }
      if (stop > start) {
        const field = this.column < columns.length ? columns[this.column] : this.field();
        if (field.label >= 0) {
          judge.judge(bytes, start, start, stop, true, field);
        } else if (stop > clean) {
          judge.judge(bytes, start, start, stop, true, field);
          clean = judge.cleanUntil(stop);
        }
      }
      this.column = bytes[end] === separator ? this.column + 1 : 0;
      position = next;
    }
  }

  /** Where the second quote of a cell is; if the window ends first, -1 less the end of what can be judged. */
  private quotedEnd(bytes: Buffer, stops: Stops, from: number, to: number, last: boolean): number {
    let end = from;
    for (;;) {
      end = stops.next(end);
      while (end < to && bytes[end] !== QUOTE) {
        end = stops.next(end + 1);
      }
      if (end === to && last) {
        throw new RedactionError('MALFORMED', 'the CSV file ends within quotes: a quote is missing');
      }
      if (end >= to - 1 && !last) {
        return -1 - end;
      }
      if (end === to - 1 || bytes[end + 1] !== QUOTE) {
        return end;
      }
      this.escaped = true;
      end += 2;
    }
  }

  /** Judges the rest of a cell. Returns where it ends, its second quote included. */
  private endOfCell(bytes: Buffer, kept: number, from: number, end: number): number {
    const isQuoted = this.state === State.QUOTED;
    this.value.part(bytes, kept, from, end, true, this.escaped ? CSV_QUOTES : undefined);
    if (this.heading) {
      const name = bytes.toString('utf8', from, end);
      this.columns.push(this.fields.column(isQuoted ? name.replaceAll('""', '"') : name));
    }
    this.state = State.AFTER;
    return isQuoted ? end + 1 : end;
  }

  /** Where the next cell starts; `at` if that is not known yet. */
  private afterCell(bytes: Buffer, at: number, to: number, last: boolean): number {
    if (bytes[at] === this.separator) {
      this.column++;
      return at + 1;
    }
    if (bytes[at] === CARRIAGE_RETURN && at + 1 === to && !last) {
      return at;
    }
    const end = bytes[at] === CARRIAGE_RETURN ? at + 1 : at;
    if (end === to || bytes[end] !== LINE_FEED) {
      throw new RedactionError('MALFORMED', end === at
        ? 'text follows the closing quote of a CSV cell: quote the whole cell, and write quotes in it twice'
        : 'a CSV record ends with a carriage return and no line feed: end records with either CR LF or LF');
    }
    this.heading = false;
    this.column = 0;
    return end + 1;
  }

  /** What the name of the column says. */
  private field(): Field {
    const { columns, column } = this;
    while (!this.named && columns.length <= column && column < MOST_COLUMNS) {
      columns.push(this.fields.column(String(columns.length + 1)));
    }
    return column < columns.length ? columns[column] : NO_FIELD;
  }
}

/** Where a cell without quotes ends: quotes in it are data. */
function cellEnd(bytes: Buffer, stops: Stops, from: number, to: number): number {
  let end = stops.next(from);
  while (end < to && bytes[end] === QUOTE) {
    end = stops.next(end + 1);
  }
  return end;
}

/** The same; if the window ends first, -1 less the end of what can be judged. */
function plainEnd(bytes: Buffer, stops: Stops, from: number, to: number, last: boolean): number {
  const end = cellEnd(bytes, stops, from, to);
  return end < to || last ? end : -1 - end;
}
