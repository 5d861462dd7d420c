import { setTimeout as pause } from 'timers/promises';
import { ServiceError, callService } from './service-call';
import { KeyAttribute } from '../enriching/enriching-options';
import { idOf } from '../enriching/item-key';
import { Item, ItemKey, Table } from '../enriching/table';
import { ViewError } from '../view-error';

interface BatchGetItemOutput {
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
}

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;
/** Passing failures of DynamoDB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const THROTTLED = ['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException'];

/**
 * A table of DynamoDB. What it leaves undone, and what it throttles, is asked for again with growing pauses until the request is over.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export class DynamoDbTable implements Table {
  private readonly names: Readonly<Record<string, string>>;

  /** @param attributes the names of those that are read besides the key */
  constructor(private readonly tableName: string, private readonly key: readonly KeyAttribute[], attributes: readonly string[]) {
    const names = new Set([...key.map(({ attribute }) => attribute), ...attributes]);
    this.names = Object.fromEntries([...names].map((name, index) => [`#a${index}`, name]));
  }

  async items(keys: readonly ItemKey[], signal: AbortSignal): Promise<Map<string, Item>> {
    const items = new Map<string, Item>();
    let left: readonly Item[] = keys.map(({ attributes }) => attributes);
    for (let round = 0; left.length > 0; round += 1) {
      if (round > 0) {
        await pause(Math.min(FIRST_PAUSE * 2 ** (round - 1), LONGEST_PAUSE) * (0.5 + Math.random()), undefined, { signal });
      }
      const { Responses, UnprocessedKeys } = await this.batch(left, signal);
      for (const item of Object.values(Responses ?? {}).flat()) {
        const id = idOf(this.key, item);
        if (id !== undefined) {
          items.set(id, item);
        }
      }
      left = Object.values(UnprocessedKeys ?? {}).flatMap(({ Keys }) => Keys);
    }
    return items;
  }

  private async batch(keys: readonly Item[], signal: AbortSignal): Promise<BatchGetItemOutput> {
    const request = { Keys: keys, ProjectionExpression: Object.keys(this.names).join(','), ExpressionAttributeNames: this.names };
    try {
      return await callService({
        service: 'dynamodb',
        target: 'DynamoDB_20120810.BatchGetItem',
        input: { RequestItems: { [this.tableName]: request } },
        json: '1.0',
        endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
      }, signal) as BatchGetItemOutput;
    } catch (error) {
      const code = error instanceof ServiceError ? error.code : 'NoAnswer';
      if (THROTTLED.includes(code)) {
        return { UnprocessedKeys: { [this.tableName]: { Keys: keys } } };
      }
      throw new ViewError(503, 'TableUnavailable', `The table could not be read (${code}).`);
    }
  }
}
