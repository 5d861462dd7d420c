import ROWS from './detect-format.cases.json';
import { FormatHints, detectFormat } from '../../../src/redaction/format/detect-format';

/** What is known, the first bytes, and the format that they have or the error. */
type Row = FormatHints & { head?: string; expect?: string; error?: string };

test.each((ROWS as Row[]).map(row => ({ row, title: JSON.stringify(row) })))('$title', ({ row: { head = '', expect: expected, error, ...hints } }) => {
  const detect = () => detectFormat(hints, Buffer.from(head));
  if (error === undefined) {
    expect(detect()).toBe(expected);
  } else {
    expect(detect).toThrow(expect.objectContaining({ name: 'RedactionError', code: error }));
  }
});

test.each([
  ['gzip', '1f8b0800'], ['PNG', '89504e470d0a'], ['JPEG', 'ffd8ffe0'], ['Zstandard', '28b52ffd24'], ['xz', 'fd377a585a00'], ['bzip2', '425a683931415926535990'],
  ['Avro', '4f626a0104'], ['binary', '6120000020'],
])('%s is refused', (name, hex) => {
  expect(() => detectFormat({ key: 'a.txt' }, Buffer.from(hex, 'hex'))).toThrow(`starts as ${name} data does`);
});
