import { readdirSync } from 'fs';
import { folders, session } from './session';
import cases from './usage-errors.cases.json';

const CONTENT = 'write to canary@example.com\n';
const RULES = {
  'out/': '',
  'rules.json': '{}',
  'wrong-key.json': '{ "feilds": ["ssn"] }',
  'wrong-type.json': '{ "types": ["PHONES"] }',
  'wrong-mask.json': '{ "masks": { "EMAIL": { "kind": "blur" } } }',
  'comprehend.json': '{ "comprehend": { "languageCode": "en", "types": ["NAME"], "confidence": 0.5 } }',
  'wrong-words.json': '{ "keywords": [{ "name": "PROJECT", "words": "apollo" }] }',
};
const folderOf = folders();

describe('a command line that is wrong is refused before anything is read or written', () => {
  test.each(cases)('$title', async ({ words, message }) => {
    const folder = folderOf({ 'in.txt': CONTENT, ...RULES });
    const before = readdirSync(folder);
    const ended = await session(['redact', `${folder}/in.txt`, ...words.map(word => word.replaceAll('{folder}', folder))], { stdin: CONTENT });

    expect(ended.stderr).toContain(message.replaceAll('{folder}', folder));
    expect(ended.stderr).toMatch(/^cdk-secure-s3: /);
    expect(ended.stderr).not.toContain('canary');
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual(before);
  });

  test('nothing to read on a terminal', async () => {
    expect(await session(['redact'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('give files to redact, or pipe something in') });
  });

  test('no command', async () => {
    expect(await session([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('redact [options] [FILE...]') });
  });

  test('an unknown command', async () => {
    expect(await session(['redcat'])).toMatchObject({ status: 2, stderr: expect.stringContaining('(Did you mean redact?)') });
  });
});
