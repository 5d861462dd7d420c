/**
 * Every statement and every property that holds a guarantee is weakened in turn, in the final template of every configuration.
 * The check of the final template has to catch every mutant in every configuration. Of a statement, each kind of mutant also has to
 * be caught by a table of requests: in one configuration at least, since no table repeats all its rows for all of them.
 */
import { readFileSync, writeFileSync } from 'fs';
import { Stage } from 'aws-cdk-lib';
import { Mutant, mutantsOf, Statement } from './mutations';
import { SecureS3Plugin, Verdict } from '../../src/checks/secure-s3-plugin';
import { build, CONFIGURATION_NAMES, ConfigurationName } from '../configurations';
import { read } from '../simulator/deployed';
import { judge, PreparedRequest } from '../simulator/simulator';
import { allCases, Case, prepareCase } from '../simulator/tables';

interface Tried {
  readonly config: ConfigurationName;
  /** The guarantee, the statement or property, and what was done to it: the same over configurations. */
  readonly kind: string;
  readonly ofStatement: boolean;
  readonly byTable: boolean;
  readonly byCheck: boolean;
}

const tried: Tried[] = [];

describe.each(CONFIGURATION_NAMES)('%s', config => {
  const { stack, judged } = build(config);
  Stage.of(stack)!.synth();
  const path = `${Stage.of(stack)!.outdir}/${stack.templateFile}`;
  const original = readFileSync(path, 'utf8');
  const plugin = SecureS3Plugin.of(stack)!;
  const verdictsOf = (template: unknown): Verdict[] => {
    writeFileSync(path, JSON.stringify(template));
    return plugin.verdicts().filter(({ subject }) => subject.construct === judged);
  };
  // An archive is two subjects: what its bucket gives, and what it gives itself.
  const verdicts = verdictsOf(JSON.parse(original));
  const { view } = verdicts[0];
  let requests: [Case, PreparedRequest][];

  beforeAll(async () => {
    const cases = allCases().filter(one => one.config === config && one.policy === undefined);
    requests = await Promise.all(cases.map(async one => [one, await prepareCase(one)] as [Case, PreparedRequest]));
  });

  afterAll(() => writeFileSync(path, original));

  // What has no policy of its own has no statements either.
  const { logicalId: policyId, property } = view.policies[0] ?? { logicalId: '', property: 'Policy' };
  const statements: Statement[] = JSON.parse(original).Resources[policyId]?.Properties[property].Statement ?? [];

  for (const { guarantee, subject: { facts }, view: { arns } } of verdicts) {
    for (const { Sid } of guarantee.statements?.(facts, arns) ?? []) {
      const index = statements.findIndex(statement => statement.Sid === Sid);
      test(`${guarantee.id}: the check catches mutants of ${Sid}`, () => {
        const survivors = mutantsOf(statements[index]).map(mutant => attempt(mutant, index, `${guarantee.id}: ${Sid}: ${mutant.name}`));
        expect(survivors.filter(({ byCheck }) => !byCheck).map(({ kind }) => kind)).toEqual([]);
      });
    }
    const properties = guarantee.properties?.(facts, view) ?? [];
    if (properties.length > 0) {
      test(`${guarantee.id}: the check catches mutants of its properties`, () => {
        const survivors: string[] = [];
        for (const { resource, path: at } of properties) {
          const logicalId = resource === 'subject' ? view.logicalId : resource === 'policy' ? policyId : String(view.resolve(resource.logicalId));
          for (const [name, template] of propertyMutants(logicalId, at.split('.'))) {
            const caught = verdictsOf(template).some(({ guarantee: { id }, findings }) => id === guarantee.id && findings.length > 0);
            tried.push({ config, kind: `${guarantee.id}: ${name}`, ofStatement: false, byTable: false, byCheck: caught });
            if (!caught) {
              survivors.push(name);
            }
          }
        }
        expect(survivors).toEqual([]);
      });
    }
  }

  function attempt(mutant: Mutant, index: number, kind: string): Tried {
    const template = JSON.parse(original);
    template.Resources[policyId].Properties[property].Statement = [
      ...statements.slice(0, index), ...mutant.statement === undefined ? [] : [mutant.statement], ...statements.slice(index + 1),
    ];
    const decide = judge(read(template, view.logicalId).policy);
    const result = {
      config,
      kind,
      ofStatement: true,
      byTable: requests.some(([one, request]) => decide(request) !== one.expect),
      byCheck: verdictsOf(template).some(({ findings }) => findings.length > 0),
    };
    tried.push(result);
    return result;
  }

  /** The template with the value at a path dropped, and with another one there. */
  function propertyMutants(logicalId: string, at: string[]): [string, unknown][] {
    const held = at.reduce((parent, name) => parent?.[name], JSON.parse(original).Resources[logicalId]);
    const weak = WEAK[at[at.length - 1]];
    return [undefined, weak === undefined || weak === held ? 'Mutant' : weak].flatMap(value => {
      const template = JSON.parse(original);
      let parent = template.Resources[logicalId];
      for (const name of at.slice(0, -1)) {
        parent = parent[name] ??= {};
      }
      const last = at[at.length - 1];
      if (value === undefined && parent[last] === undefined) {
        return []; // nothing to drop
      }
      parent[last] = value;
      return [[`${at.join('.')} ${value === undefined ? 'dropped' : `set to ${JSON.stringify(value)}`}`, template] as [string, unknown]];
    });
  }
});

/** Values that weaken a property which is right when it is absent. */
const WEAK: { [name: string]: unknown } = {
  AccessControl: 'PublicRead',
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
  CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['PUT'] }],
};

/** Mutants that no request tells apart from the original, and why. The check of the final template catches them all the same. */
const EQUIVALENT: { [kind: string]: string } = {
  'network-perimeter: NetworkPerimeterServices: Bool aws:PrincipalIsAWSService dropped':
    'aws:SourceAccount, which the statement asks for, is there only when a service principal makes the request',
  'organization-only: OrganizationServices: Bool aws:PrincipalIsAWSService dropped':
    'aws:SourceAccount, which the statement asks for, is there only when a service principal makes the request',
};

test('each kind of mutant of a statement is caught by a table of requests', () => {
  const kinds = new Map<string, boolean>();
  for (const { kind, byTable } of tried.filter(({ ofStatement }) => ofStatement)) {
    kinds.set(kind, byTable || kinds.get(kind) === true);
  }
  const survivors = [...kinds].filter(([, caught]) => !caught).map(([kind]) => kind);
  process.stdout.write(`mutants: ${tried.length}, ${tried.filter(({ ofStatement }) => ofStatement).length} of them of statements, `
    + `in ${CONFIGURATION_NAMES.length} configurations\n`
    + `  caught by the check of the final template: ${tried.filter(({ byCheck }) => byCheck).length}\n`
    + `  caught by a table of requests: ${tried.filter(({ byTable }) => byTable).length}; `
    + `kinds of mutants of statements: ${kinds.size}, caught by a table: ${kinds.size - survivors.length}, `
    + `equivalent: ${Object.keys(EQUIVALENT).length}\n`);
  expect(kinds.size).toBeGreaterThan(150);
  expect(survivors.sort()).toEqual(Object.keys(EQUIVALENT).sort());
});
