import { detectText } from '../../../src/redaction/detect/detect';
import { fc } from '../../fast-check';

/** Where codes start among the groups, judged without the others around: too few of them for a run. */
function oneByOne(groups: readonly string[]): string[] {
  const found: string[] = [];
  let position = 0;
  for (let index = 0, end = 0; index < groups.length; position += groups[index++].length + 1) {
    const [first] = position < end ? [] : detectText(`0 ${groups.slice(index, index + 5).join(' ')} 0`);
    if (first?.start === 2) {
      found.push(`${first.type} at ${position}`);
      end = position + first.end - first.start;
    }
  }
  return found;
}

/** The texts are so long that they are not taken for one value. */
function checkRuns(sizes: readonly number[]): void {
  const digit = fc.constantFrom(...'01234567894444');
  const group = fc.constantFrom(...sizes).chain(size => fc.array(digit, { minLength: size, maxLength: size })).map(digits => digits.join(''));
  fc.assert(fc.property(fc.array(group, { minLength: 150, maxLength: 180 }), groups => {
    const run = detectText(`0 ${groups.join(' ')} 0`).map(({ type, start }) => `${type} at ${start - 2}`);
    expect(run).toEqual(oneByOne(groups));
  }), { numRuns: 10 });
}

test.each([4, 5, 8, 11, 13, 15, 16])('in a long run of groups of %d digits all is found that is found in a few of them', size => checkRuns([size]));

test.each([[[3, 4]], [[4, 4, 4, 4, 4, 6, 5]], [[1, 2, 3, 12]], [[8, 16, 20, 21]]])('in a long run of groups of %p digits, too', sizes => checkRuns(sizes));

test('a card number is found far within groups of the same length', () => {
  const zeros = '0000 '.repeat(50);
  const text = `${zeros}4111 1111 1111 1111 ${zeros}`;
  expect(detectText(text)).toEqual([{ type: 'CREDIT_DEBIT_NUMBER', start: zeros.length, end: zeros.length + 19 }]);
});

test('a word is context within its reach, and no further', () => {
  const groups = '5550100 '.repeat(30);
  const found = detectText(`${groups}phone ${groups}`);
  expect(found.map(({ type, start }) => [type, start])).toEqual([['PHONE', groups.length + 6]]);
});
