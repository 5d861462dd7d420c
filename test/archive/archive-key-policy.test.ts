/** The statements of the key policy, weakened in every way: the table of requests has to notice, as it does for bucket policies. */
import { mutantsOf, Statement } from '../guarantees/mutations';
import { judge } from '../simulator/simulator';
import { expand, policyOf, prepareCase, tables } from '../simulator/tables';

const CASES = tables().filter(({ guarantee }) => guarantee === 'archive-key-kept').flatMap(expand);
const own = (config: string) => CASES.filter(one => one.config === config);

test.each(['KeyDeletion', 'KeyPolicy'])('mutants of %s are caught by a request', async sid => {
  const survivors: string[] = [];
  const { Version, Statement: statements } = policyOf(own('archive')[0]);
  const index = statements.findIndex(({ Sid }) => Sid === sid);
  const requests = await Promise.all(own('archive').map(async one => [one.expect, await prepareCase(one)] as const));
  const mutants = mutantsOf(statements[index] as Statement);
  for (const { name, statement } of mutants) {
    const others = statements.filter((_, other) => other !== index);
    const decide = judge({ Version, Statement: [...others, ...statement === undefined ? [] : [statement]] });
    if (requests.every(([expected, request]) => decide(request) === expected)) {
      survivors.push(name);
    }
  }
  expect(mutants.length).toBeGreaterThan(5);
  expect(survivors).toEqual([]);
});
