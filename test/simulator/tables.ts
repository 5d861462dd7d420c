import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { deployed } from './deployed';
import { CREATED, principalArn } from './principals';
import { Decision, decide, PolicyDocument, PreparedRequest, prepare } from './simulator';
import { ACCOUNT, CONFIGURATION_NAMES, ConfigurationName } from '../configurations';

type OtherPolicy = 'key' | 'identity';

type OneOrMore<One extends string, More extends string> = { [key in One]?: string } & { [key in More]?: string[] };

/** A row of a table, which stands for one request or, with lists, for each combination. test/guarantees/README.md explains the fields. */
export type Row = OneOrMore<'principal', 'principals'> & OneOrMore<'action', 'actions'> & OneOrMore<'resource', 'resources'> & {
  readonly name: string;
  readonly config?: string;
  readonly configs?: string[] | 'all';
  readonly exceptConfigs?: string[];
  /** `key` or `identity` if the policy of the key, or that of the principal, judges the request instead of that of the configuration. */
  readonly policy?: OtherPolicy;
  readonly context?: Record<string, string | string[] | null>;
  readonly alsoAllowed?: boolean;
  readonly expect: Decision;
  readonly because: string;
};

export interface Table {
  readonly guarantee: string;
  readonly page: string;
  readonly cases: Row[];
}

/** One request of a table. */
export interface Case {
  readonly guarantee: string;
  readonly title: string;
  readonly config: ConfigurationName;
  readonly policy?: OtherPolicy;
  readonly expect: Decision;
  readonly because: string;
  readonly row: Row;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

const FIELDS = new Set([
  'name', 'config', 'configs', 'exceptConfigs', 'principal', 'principals', 'action', 'actions', 'resource', 'resources',
  'policy', 'context', 'alsoAllowed', 'expect', 'because',
]);

/** None that a table lets ask. */
const NOBODYS_ACCOUNT = '999988887777';

export const TABLES_DIRECTORY = join(__dirname, '..', 'guarantees');

/** Every table of requests, by its file. */
export function tables(): Table[] {
  return readdirSync(TABLES_DIRECTORY).filter(file => file.endsWith('.cases.json')).sort()
    .map(file => JSON.parse(readFileSync(join(TABLES_DIRECTORY, file), 'utf-8')) as Table);
}

/** Every request of a table. */
export function expand(table: Table): Case[] {
  return table.cases.flatMap(row => {
    for (const field of Object.keys(row).filter(key => !FIELDS.has(key))) {
      throw new Error(`${table.guarantee}: '${row.name}' has the unknown field '${field}'`);
    }
    return configsOf(table, row).flatMap(config =>
      list(table, row, 'principal', 'principals').flatMap(principal =>
        list(table, row, 'action', 'actions').flatMap(action =>
          list(table, row, 'resource', 'resources').map(resource => ({
            guarantee: table.guarantee,
            title: `${config}: ${row.name} (${principal}, ${action}${['object', 'bucket', 'accessPoint', 'objectLambda', 'function', 'key'].includes(resource) ? '' : ` on ${resource}`})`,
            config,
            policy: row.policy,
            expect: row.expect,
            because: row.because,
            row,
            principal,
            action,
            resource,
          })))));
  });
}

export function allCases(): Case[] {
  return tables().flatMap(expand);
}

/** The policy that judges a case. */
export function policyOf({ config, policy, principal }: Pick<Case, 'config' | 'policy' | 'principal'>): PolicyDocument {
  const { policy: own, keyPolicy, identityPolicies } = deployed(config);
  const found = policy === 'key' ? keyPolicy : policy === 'identity' ? identityPolicies[principalArn(principal)] : own;
  if (found === undefined) {
    throw new Error(`the configuration ${config} has no key, or no policy of ${principal}`);
  }
  return found;
}

/** The request of a case, ready to be judged by the policy of its configuration, or by a changed one. */
export async function prepareCase({ config, policy, principal, action, resource, row }: Case): Promise<PreparedRequest> {
  const { kind, arn, objectsArn, keyArn, roleArns, reached } = deployed(config);
  if (CREATED.includes(principal) && !roleArns.includes(principalArn(principal))) {
    throw new Error(`the configuration ${config} creates no role ${principalArn(principal)}, only ${roleArns.join(', ')}`);
  }
  const values: Record<string, string | undefined> = { [kind]: arn, key: keyArn, keyId: keyArn?.split('/')[1], ...reached };
  const fill = (text: string) => text.replace(/\$\{(\w+)\}/g, (_all, name: string) => {
    if (values[name] === undefined) {
      throw new Error(`the configuration ${config} has no ${name}`);
    }
    return values[name];
  });
  const arns: Record<string, string> = { [kind]: arn, object: `${objectsArn}reports/2026.csv`, key: keyArn ?? '' };
  const named = fill(resource);
  return prepare({
    principal,
    action,
    resource: arns[resource] ?? (named.startsWith('arn:') ? named : `${objectsArn}${named}`),
    // What the policy of an endpoint, or of a role, does not allow is refused, whoever owns the resource.
    resourceAccount: kind === 'endpoint' || kind === 'function' || policy === 'identity' ? NOBODYS_ACCOUNT : ACCOUNT,
    context: row.context && Object.fromEntries(Object.entries(row.context).map(([key, value]) => [key, typeof value === 'string' ? fill(value) : value])),
    alsoAllowed: row.alsoAllowed,
  });
}

/** Judges a case by the policy that its configuration deploys. */
export async function decideCase(one: Case): Promise<Decision> {
  return decide(policyOf(one), await prepareCase(one));
}

function configsOf(table: Table, row: Row): ConfigurationName[] {
  const names = row.configs === 'all' ? CONFIGURATION_NAMES.filter(name => deployed(name).kind === 'bucket') : row.configs ?? (row.config === undefined ? [] : [row.config]);
  const unknown = [...names, ...row.exceptConfigs ?? []].filter(name => !(CONFIGURATION_NAMES as string[]).includes(name));
  if (names.length === 0 || unknown.length > 0) {
    throw new Error(`${table.guarantee}: '${row.name}' has ${names.length === 0 ? 'no configuration' : `the unknown configurations ${unknown.join(', ')}`}`);
  }
  return names.filter(name => !row.exceptConfigs?.includes(name)) as ConfigurationName[];
}

function list(table: Table, row: Row, one: 'principal' | 'action' | 'resource', more: 'principals' | 'actions' | 'resources'): string[] {
  const [value, values] = [row[one], row[more]];
  if ((value === undefined) === (values === undefined)) {
    throw new Error(`${table.guarantee}: '${row.name}' must have either ${one} or ${more}`);
  }
  return values ?? [value!];
}
