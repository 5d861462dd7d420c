import { detectText } from '../../../src/redaction/detect/detect';
import { fc } from '../../fast-check';

/** Where the next code starts among the groups, judged without the others around: too few of them for a run. */
function oneByOne(groups: readonly string[]): string[] {
  const found: string[] = [];
  for (let index = 0; index < groups.length;) {
    const [first] = detectText(`0 ${groups.slice(index, index + 5).join(' ')} 0`);
    if (first?.start === 2) {
      found.push(`${first.type} at ${index}`);
      index += Math.ceil((first.end - first.start) / (groups[0].length + 1));
    } else {
      index++;
    }
  }
  return found;
}

test.each([4, 5, 8, 11, 13, 15, 16])('in a long run of groups of %d digits all is found that is found in a few of them', size => {
  const digit = fc.constantFrom(...'01234567894444');
  const group = fc.array(digit, { minLength: size, maxLength: size }).map(digits => digits.join(''));
  fc.assert(fc.property(fc.array(group, { minLength: 60, maxLength: 80 }), groups => {
    const run = detectText(`0 ${groups.join(' ')} 0`).map(({ type, start }) => `${type} at ${(start - 2) / (size + 1)}`);
    expect(run).toEqual(oneByOne(groups));
  }), { numRuns: 15 });
});

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
