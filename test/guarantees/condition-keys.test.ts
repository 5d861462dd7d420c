/**
 * S3 refuses a policy with a statement whose condition keys do not go with its actions ("Conditions do not apply to combination of
 * actions and resources in statement"), which no simulator says. So every action that a policy names has to exist, and has to know
 * the condition keys of its service beside it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { CONFIGURATION_NAMES } from '../configurations';
import { deployed } from '../simulator/deployed';

interface Action {
  readonly name: string;
  readonly conditionKeys?: string[];
  readonly resourceTypes?: { readonly name: string; readonly conditionKeys?: string[] }[];
}

// The package exports the directory, not the files in it.
const ACTIONS_DIRECTORY = join(__dirname, '..', '..', 'node_modules', '@cloud-copilot', 'iam-data', 'data', 'actions');
const ACTIONS = Object.fromEntries(['s3', 's3-object-lambda', 'lambda'].map(service =>
  [service, Object.values<Action>(JSON.parse(readFileSync(join(ACTIONS_DIRECTORY, `${service}.json`), 'utf8')))]));

/** Pairs that other pages of AWS document. */
const DOCUMENTED: { [pair: string]: string } = {
  's3:ReplicateObject s3:object-lock-remaining-retention-days':
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-retention-limits',
};

/** In bucket policies: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html */
const ON_EVERY_REQUEST = /^s3:DataAccessPoint(Account|Arn)$/i;

function mismatches(statement: Record<string, any>): string[] {
  const keys = Object.values<object>(statement.Condition ?? {}).flatMap(Object.keys).filter(key => /^(s3|lambda):/i.test(key) && !ON_EVERY_REQUEST.test(key));
  return [statement.Action].flat().filter(action => !/^s3(-object-lambda)?:\*$/.test(action)).flatMap((action: string) => {
    const [service, wanted] = action.split(':');
    const pattern = new RegExp(`^${wanted.replace(/\*/g, '.*')}$`, 'i');
    const named = (ACTIONS[service] ?? []).filter(({ name }) => pattern.test(name));
    const known = new Set(named.flatMap(({ conditionKeys, resourceTypes }) =>
      [...conditionKeys ?? [], ...(resourceTypes ?? []).flatMap(type => type.conditionKeys ?? [])].map(key => key.toLowerCase())));
    return [
      ...named.length === 0 ? [`${statement.Sid}: ${action} is no action`] : [],
      ...keys.filter(key => !known.has(key.toLowerCase()) && DOCUMENTED[`${action} ${key}`] === undefined).map(key => `${statement.Sid}: ${action} knows no ${key}`),
    ];
  });
}

test.each(CONFIGURATION_NAMES)('%s: actions and condition keys go together', name => {
  expect(deployed(name).policy.Statement.flatMap(mismatches)).toEqual([]);
});

test('a pair that does not go together is told', () => {
  const statement = { Sid: 'A', Action: ['s3:ListBucketMultipartUploads', 's3:GetObjects'], Condition: { StringLike: { 's3:prefix': 'a/*' } } };
  expect(mismatches(statement)).toEqual([
    'A: s3:ListBucketMultipartUploads knows no s3:prefix', 'A: s3:GetObjects is no action', 'A: s3:GetObjects knows no s3:prefix',
  ]);
});
