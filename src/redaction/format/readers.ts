import { CsvReader } from './csv';
import { Format } from './format';
import { JsonReader } from './json';
import { FormatReader, ValueJudge } from './reader';
import { TextReader } from './text';
import { XmlReader } from './xml';
import { FieldResolver } from '../fields/field-resolver';

/** The reader of a format. */
export function makeReader(format: Format, judge: ValueJudge, fields: FieldResolver): FormatReader {
  switch (format) {
    case 'text':
      return new TextReader(judge);
    case 'csv':
      return new CsvReader(judge, fields);
    case 'tsv':
      return new CsvReader(judge, fields, { separator: '\t' });
    case 'json':
    case 'ndjson':
      return new JsonReader(judge, fields);
    case 'xml':
      return new XmlReader(judge, fields);
  }
}
