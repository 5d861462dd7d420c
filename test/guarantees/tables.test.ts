import { CATALOGUE } from '../../src/guarantees/catalogue';
import { CONFIGURATION_NAMES } from '../configurations';
import { decide, simulate } from '../simulator/simulator';
import { allCases, expand, policyOf, prepareCase, tables } from '../simulator/tables';

const TABLES = tables();
const CASES = allCases();

describe.each(TABLES)('$guarantee', table => {
  test.each(expand(table))('$title is $expect', async one => {
    const policy = policyOf(one);
    const request = await prepareCase(one);
    const decision = decide(policy, request);
    expect({ decision, because: one.because }).toEqual({ decision: one.expect, because: one.because });
  });

  test('cites the page of AWS that it rests on, and says of each row why', () => {
    expect(table.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(table.cases.filter(({ name, because }) => !(name?.length > 0) || !(because?.length > 0))).toEqual([]);
    expect(table.cases.filter(({ expect: decision }) => !['allowed', 'denied'].includes(decision))).toEqual([]);
  });

  test('says nothing twice', () => {
    const titles = expand(table).map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

test('the tables hold at least 400 requests', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(400);
});

test.each(CATALOGUE.filter(({ statements }) => statements !== undefined).map(({ id }) => id))(
  '%s, which is enforced by statements, has a table with allowed and denied requests', id => {
    const decisions = new Set(CASES.filter(({ guarantee }) => guarantee === id).map(one => one.expect));
    expect([...decisions].sort()).toEqual(['allowed', 'denied']);
  });

test('each configuration is judged by a request that passes and by one that is refused', () => {
  const unjudged = CONFIGURATION_NAMES.filter(name => new Set(CASES.filter(({ config }) => config === name).map(one => one.expect)).size < 2);
  expect(unjudged).toEqual([]);
});

test('the engine behind the simulator and its public entry agree on every request', async () => {
  const disagreements: string[] = [];
  for (const one of CASES) {
    const policy = policyOf(one);
    const prepared = await prepareCase(one);
    const { decision, ignored } = await simulate(policy, prepared);
    // a key that the entry leaves out is one that `prepare` lets pass with a reason
    if (ignored.length === 0 && decision !== decide(policy, prepared)) {
      disagreements.push(one.title);
    }
  }
  expect(disagreements).toEqual([]);
});
