import CSV_CASES from './csv.cases.json';
import JSON_CASES from './json.cases.json';
import { Value, cutsOf, readInPieces, resolverOf } from './recording-judge';
import XML_CASES from './xml.cases.json';
import { CsvOptions, CsvReader } from '../../../src/redaction/format/csv';
import { JsonReader } from '../../../src/redaction/format/json';
import { FormatReader, ValueJudge } from '../../../src/redaction/format/reader';
import { XmlReader } from '../../../src/redaction/format/xml';

/** A row of a table: the values that a reader finds in the input, or the code of the error that it ends with. */
interface Row {
  readonly name: string;
  readonly input: string;
  /** What the user calls fields. */
  readonly fields?: string[];
  readonly options?: CsvOptions;
  readonly values?: string[][];
  readonly error?: string;
}

function readerOf(format: string, { fields = [], options }: Row): (judge: ValueJudge) => FormatReader {
  const resolver = resolverOf({ fields });
  return judge => format === 'CSV' ? new CsvReader(judge, resolver, options)
    : format === 'JSON' ? new JsonReader(judge, resolver) : new XmlReader(judge, resolver);
}

const ROWS = Object.entries<Row[]>({ CSV: CSV_CASES, JSON: JSON_CASES, XML: XML_CASES })
  .flatMap(([format, rows]) => rows.map(row => ({ format, row, title: `${format}: ${row.name}` })));

test.each(ROWS)('$title', ({ format, row }) => {
  const make = readerOf(format, row);
  const input = Buffer.from(row.input);
  for (const cuts of cutsOf(input.length)) {
    // A judge that waits for more matters where there are many pieces.
    for (const lag of cuts.length > 1 ? [0, 3] : [0]) {
      const read = (): Value[] => readInPieces(make, input, cuts, lag);
      if (row.error === undefined) {
        expect(read()).toEqual(row.values);
      } else {
        expect(read).toThrow(expect.objectContaining({ name: 'RedactionError', code: row.error }));
      }
    }
  }
});
