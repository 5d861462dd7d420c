import { Server, createServer } from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';
import { Item } from '../../../src/transform/enriching/table';

interface KeysAndAttributes {
  readonly Keys: Item[];
  readonly ProjectionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
}

interface BatchGetItemInput {
  readonly RequestItems: Record<string, KeysAndAttributes>;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
}

const TYPES = ['S', 'N', 'B'] as const;

/**
 * One table on loopback, with BatchGetItem and what it refuses.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export class FakeDynamoDb {
  readonly asked: Array<{ readonly keys: number; readonly headers: NodeJS.Dict<string | string[]> }> = [];
  /** What is answered next, in place of items. */
  readonly answers: Answer[] = [];
  /** How many items one answer holds. */
  capacity = 100;
  private readonly server: Server;

  constructor(private readonly name: string, private readonly key: readonly string[], private readonly items: readonly Item[]) {
    this.server = createServer((request, response) => {
      void text(request).then(body => {
        const { status, body: answer } = this.answer(request.headers, body);
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(headers: NodeJS.Dict<string | string[]>, body: string): Answer {
    const { RequestItems: { [this.name]: request } } = JSON.parse(body) as BatchGetItemInput;
    const isSigned = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/dynamodb\/aws4_request, /.test(String(headers.authorization));
    if (headers['x-amz-target'] !== 'DynamoDB_20120810.BatchGetItem' || headers['content-type'] !== 'application/x-amz-json-1.0' || !isSigned) {
      return failure(400, 'UnknownOperationException');
    }
    if (request === undefined) {
      return failure(400, 'ResourceNotFoundException');
    }
    const { Keys: keys, ProjectionExpression: projection, ExpressionAttributeNames: names } = request;
    this.asked.push({ keys: keys.length, headers });
    const ids = keys.map(key => this.idOf(key));
    const isOfTable = keys.every(key => Object.keys(key).sort().join() === [...this.key].sort().join());
    if (keys.length === 0 || keys.length > 100 || new Set(ids).size !== ids.length || !isOfTable) {
      return failure(400, 'ValidationException');
    }
    const next = this.answers.shift();
    if (next !== undefined) {
      return next;
    }
    const attributes = projection.split(',').map(alias => names[alias]);
    const found = this.items.filter(item => ids.slice(0, this.capacity).includes(this.idOf(item))).reverse();
    const left = keys.slice(this.capacity);
    return {
      status: 200,
      body: {
        Responses: { [this.name]: found.map(item => Object.fromEntries(Object.entries(item).filter(([name]) => attributes.includes(name)))) },
        UnprocessedKeys: left.length === 0 ? {} : { [this.name]: { ...request, Keys: left } },
      },
    };
  }

  private idOf(item: Item): string {
    return JSON.stringify(this.key.map(name => TYPES.map(type => type === 'N' && item[name]?.N !== undefined ? Number(item[name].N) : item[name]?.[type])));
  }
}

export function failure(status: number, type: string): Answer {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'secret' } };
}
