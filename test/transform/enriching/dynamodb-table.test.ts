import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Answer, FakeDynamoDb, failure } from './fake-dynamodb';
import { DynamoDbTable } from '../../../src/transform/aws/dynamodb-table';
import { itemKey } from '../../../src/transform/enriching/item-key';
import { Item, ItemKey } from '../../../src/transform/enriching/table';

const KEY = [{ column: 'id', attribute: 'pk', type: 'N' }, { column: 'kind', attribute: 'sort key', type: 'S' }] as const;
const ITEMS: Item[] = Array.from({ length: 60 }, (_, index) => ({
  'pk': { N: String(index) }, 'sort key': { S: 'a' }, 'a.b': { S: `label ${index}` }, 'other': { S: 'not asked for' },
}));
const key = (id: string, kind = 'a') => itemKey(KEY, [id, kind])!;
const keys = (count: number) => Array.from({ length: count }, (_, index) => key(`${index}.0`));
const ids = (found: ReadonlyMap<string, Item>) => new Map([...found].map(([id, item]) => [id, item['a.b']?.S]));
const expected = (asked: readonly ItemKey[], there = asked) => new Map(there.map(({ id }) => [id, `label ${Number((JSON.parse(id) as string[])[0])}`]));

let server: FakeDynamoDb;
let endpoint: string;
const signal = () => new AbortController().signal;
const table = () => new DynamoDbTable('Customers', KEY, ['a.b', 'pk']);

beforeEach(async () => {
  server = new FakeDynamoDb('Customers', ['pk', 'sort key'], ITEMS);
  endpoint = await server.listen();
  Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'eu-central-1' });
});

afterEach(() => server.close());

test('items are found by their keys, however their numbers are written, and only what is asked for is read', async () => {
  const asked = [...keys(3), key('7e0'), key('1', 'b'), key('1000')];
  const found = await table().items(asked, signal());
  expect(ids(found)).toEqual(new Map([[key('0').id, 'label 0'], [key('1').id, 'label 1'], [key('2').id, 'label 2'], [key('7').id, 'label 7']]));
  expect([...found.values()].every(item => Object.keys(item).sort().join() === 'a.b,pk,sort key')).toBe(true);
  expect(server.asked).toHaveLength(1);
});

test('the SDK of AWS reads the same from that server', async () => {
  const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }, maxAttempts: 1 });
  const request = (...attributes: Item[]) => client.send(new BatchGetItemCommand({
    RequestItems: {
      Customers: {
        Keys: attributes.map(({ pk, 'sort key': sort }) => ({ 'pk': { N: pk.N! }, 'sort key': { S: sort.S! } })),
        ProjectionExpression: '#a,#b,#c',
        ExpressionAttributeNames: { '#a': 'pk', '#b': 'sort key', '#c': 'a.b' },
      },
    },
  }));
  server.capacity = 1;
  const { Responses, UnprocessedKeys } = await request(key('3').attributes, key('4').attributes);
  expect(Responses).toEqual({ Customers: [...(await table().items([key('3')], signal())).values()] });
  expect(UnprocessedKeys!.Customers.Keys).toEqual([{ 'pk': { N: '4' }, 'sort key': { S: 'a' } }]);
  await expect(request(key('3').attributes, key('3').attributes)).rejects.toMatchObject({ name: 'ValidationException' });
  client.destroy();
});

test('what is left undone is asked for again', async () => {
  server.capacity = 25;
  const asked = keys(60);
  expect(ids(await table().items(asked, signal()))).toEqual(expected(asked));
  expect(server.asked.map(({ keys: count }) => count)).toEqual([60, 35, 10]);
});

test.each([
  ['ProvisionedThroughputExceededException', 400], ['ThrottlingException', 400], ['RequestLimitExceeded', 400], ['InternalServerError', 500],
])('%s passes', async (type, status) => {
  server.answers.push(failure(status, type), failure(status, type));
  expect(ids(await table().items(keys(2), signal()))).toEqual(expected(keys(2)));
  expect(server.asked).toHaveLength(3);
});

test.each<[string, Answer | undefined, string]>([
  ['no right', failure(400, 'AccessDeniedException'), 'AccessDeniedException'],
  ['a wrong key', failure(400, 'ValidationException'), 'ValidationException'],
  ['no answer', undefined, 'NoAnswer'],
])('%s is an error without what the service said', async (_, answer, code) => {
  if (answer === undefined) {
    server.close();
  } else {
    server.answers.push(answer);
  }
  await expect(table().items(keys(2), signal())).rejects.toMatchObject({ status: 503, code: 'TableUnavailable', message: `The table could not be read (${code}).` });
});

test('no more is asked for when the request is over', async () => {
  server.capacity = 0;
  const abort = new AbortController();
  const going = table().items(keys(2), abort.signal);
  setTimeout(() => abort.abort(), 120);
  await expect(going).rejects.toThrow();
  const { length } = server.asked;
  await new Promise(resolve => setTimeout(resolve, 200));
  expect(server.asked).toHaveLength(length);
  expect(length).toBeGreaterThan(1);
});
