/**
 * What the tests sample, in full, through the bundled redacting function: every range of an object, a source that fails at every byte of
 * small objects and at many of a large one, and readers that go at many bytes. Fails at the first answer that is not as it should be.
 *
 *   npx tsx benchmarks/lambda/every-byte.ts [--positions 200]
 */
import { equal, ok } from 'assert/strict';
import { parseArgs } from 'util';
import { gzipSync } from 'zlib';
import { functions } from './functions';
import bundle from '../../scripts/bundle';
import { ObjectLambda } from '../../test/object-lambda/run-time/object-lambda';

const { values } = parseArgs({ options: { positions: { type: 'string', default: '200' } } });
const POSITIONS = Number(values.positions);

const SMALL = 'id,email\n1,jane@example.com\n2,"joe@example.com"\n';
const SMALL_OUT = 'id,email\n1,[EMAIL]\n2,"[EMAIL]"\n';
const ROWS = 130_000;
const LARGE = `id,email\n${'1,jane@example.com\n'.repeat(ROWS)}`;
const LARGE_OUT = `id,email\n${'1,[EMAIL]\n'.repeat(ROWS)}`;

void main();

async function main(): Promise<void> {
  await bundle();
  const view = await ObjectLambda.start('redacting-object-lambda', functions().find(([name]) => name === 'redacting-object-lambda')![1]);
  try {
    const type = { 'content-type': 'text/csv' };
    view.s3.put('small.csv', SMALL, type, 'v1');
    view.s3.put('encoded.csv', gzipSync(SMALL), { ...type, 'content-encoding': 'gzip' }, 'v1');
    view.s3.put('large.csv', LARGE, type, 'v1');
    await everyRange(view);
    await failingSource(view, 'small.csv', SMALL.length);
    await failingSource(view, 'encoded.csv', gzipSync(SMALL).length);
    await failingLargeSource(view);
    await goingReaders(view);
    console.log('all answers are as they should be');
  } finally {
    await view.stop();
  }
}

async function everyRange(view: ObjectLambda): Promise<void> {
  const total = SMALL_OUT.length;
  let count = 0;
  for (let first = 0; first <= total; first++) {
    for (const last of [...Array(total + 2 - first).keys()].map(more => first + more)) {
      await range(view, `bytes=${first}-${last}`, first, last + 1);
      count++;
    }
    await range(view, `bytes=${first}-`, first, total);
    await range(view, `bytes=-${first}`, total - first, total);
    count += 2;
  }
  console.log(`${count} ranges of ${total} bytes`);
}

async function range(view: ObjectLambda, header: string, from: number, to: number): Promise<void> {
  const { status, body, headers } = await view.get('small.csv', { headers: { range: header } });
  const expected = SMALL_OUT.slice(from, to);
  if (expected === '') {
    equal(status, 416, header);
    equal(body.length, 0, header);
  } else {
    equal(status, 206, header);
    equal(body.toString(), expected, header);
    equal(headers['content-range'], `bytes ${from}-${from + expected.length - 1}/${SMALL_OUT.length}`, header);
  }
}

async function failingSource(view: ObjectLambda, key: string, length: number): Promise<void> {
  for (let cutAt = 0; cutAt < length; cutAt++) {
    view.s3.faults.splice(0);
    view.s3.faults.push({ cutAt }, { cutAt }, { cutAt });
    const { status, body } = await view.get(key);
    ok(status >= 400, `${key} cut at ${cutAt}: ${status}`);
    equal(body.length, 0, `${key} cut at ${cutAt}`);
  }
  view.s3.faults.splice(0);
  equal((await view.get(key)).body.toString(), SMALL_OUT);
  console.log(`${length} failures of ${key}`);
}

async function failingLargeSource(view: ObjectLambda): Promise<void> {
  for (let position = 0; position < POSITIONS; position++) {
    const cutAt = Math.floor(LARGE.length * position / POSITIONS);
    view.s3.faults.splice(0);
    view.s3.faults.push({ cutAt }, { cutAt }, { cutAt });
    const { status, isWhole, body } = await view.get('large.csv');
    ok(status >= 400 || !isWhole, `cut at ${cutAt}`);
    ok(status >= 400 ? body.length === 0 : body.toString() === LARGE_OUT.slice(0, body.length), `cut at ${cutAt}`);
  }
  console.log(`${POSITIONS} failures of an object of ${LARGE.length} bytes`);
}

async function goingReaders(view: ObjectLambda): Promise<void> {
  view.s3.faults.splice(0);
  for (let position = 0; position < POSITIONS; position++) {
    view.endpoint.behaviours.push({ abortAfter: Math.floor(LARGE_OUT.length * position / POSITIONS) });
    await view.get('large.csv');
    equal(view.outcome.failure, undefined);
    equal(view.log.outcome, 'callerGone', `at ${position}`);
  }
  const { body, isWhole } = await view.get('large.csv');
  ok(isWhole && body.toString() === LARGE_OUT);
  console.log(`${POSITIONS} readers that go`);
}
