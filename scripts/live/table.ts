/** Writes the table of docs/LIVE.md, in which the server of the live tests is compared with Amazon S3. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { table } from '../../test-live/differences';

const FILE = join(__dirname, '../../docs/LIVE.md');
const START = '<!-- table -->\n';
const END = '\n<!-- /table -->';

const text = readFileSync(FILE, 'utf8');
const [before, after] = [text.split(START)[0], text.split(END)[1]];
if (after === undefined) {
  throw new Error(`${FILE} has lost the marks around its table`);
}
writeFileSync(FILE, `${before}${START}${table()}${END}${after}`);
