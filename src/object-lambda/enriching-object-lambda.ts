import { ArnFormat, Duration, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENRICHING_OBJECT_LAMBDA, ENRICHING_OBJECT_LAMBDA_ENVIRONMENT as NAMES } from './enriching-object-lambda-contract';
import { EnrichingObjectLambdaProps } from './enriching-object-lambda-props';
import { MissingItem } from './missing-item';
import { ObjectLambdaAccessPointBase } from './object-lambda-access-point-base';
import { ObjectLambdaAction } from './object-lambda-action';
import { DURATION, hasMember, memberOf, TRANSFORMING } from './option-types';
import { RowFormat } from './row-format';
import { transformingFunction } from './transforming-function';
import { checkPropTypes, PropType } from '../access-point/props-check';
import { ConfigurationError, Place } from '../private/errors';

const LONGEST_MEMORY = Duration.minutes(15);
/** Environment variables hold 4 KB in all: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LONGEST_JOIN = 3000;

const KEY: PropType = {
  what: "an attribute, such as { name: 'id', type: dynamodb.AttributeType.STRING }",
  fits: value => hasMember(value, 'name') && Object.values<unknown>(dynamodb.AttributeType).includes((value as Partial<dynamodb.Attribute>).type),
};

interface Keys {
  readonly partitionKey: dynamodb.Attribute;
  readonly sortKey?: dynamodb.Attribute;
}

/**
 * A view of a bucket in which rows of CSV or NDJSON have further columns, out of a DynamoDB table by key.
 *
 * Rows go out as they are written, with their quotes, line ends and byte order mark, and with the columns added at the end; values are
 * quoted where CSV needs it. They are joined as they stream, whatever the size of the object, from UTF-8, also compressed with gzip or
 * Brotli. The table is asked for 100 keys at a time, four times at once, and again for what it leaves undone, until the time is over.
 *
 * The table changes without S3 knowing: the view has no ETag, and refuses ranges and parts of objects. Refused with 400, by line and
 * without a word of the content: rows that have not as many fields as the header, columns that exist already, and what is no CSV or JSON.
 *
 * Values go out as the table has them. A text that begins with `=`, `+`, `-` or `@` is a formula to spreadsheet programs, in columns
 * of the object as in those of the table: let nobody write to either who may not run formulas at readers, or keep such texts out there.
 *
 * The function may write its answer, its log and its traces, do `dynamodb:BatchGetItem` on the table, and decrypt with the key of the
 * table; readers need no right to the table. Readers, policy, alarms and warnings are those of an `ObjectLambdaAccessPoint`.
 *
 * @example
 * declare const bucket: SecureBucket;
 * declare const customers: dynamodb.Table;
 * declare const analyst: iam.IRole;
 *
 * const orders = new EnrichingObjectLambda(this, 'Orders', {
 *   bucket, prefixes: ['orders/'], table: customers, keyColumn: 'customer_id', columns: { customer_segment: 'segment' },
 * });
 * orders.grantRead(analyst);
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export class EnrichingObjectLambda extends ObjectLambdaAccessPointBase {
  /**
   * @throws if the key of the table is not known or binary, a sort key has no column or a column no sort key, no columns are added or one
   * is that of a key, the delimiter is none, `cacheFor` is out of bounds, the table is of another account or Region, or an Object Lambda
   * access point cannot be made of the rest
   */
  constructor(scope: Construct, id: string, props: EnrichingObjectLambdaProps) {
    const place = { scope, id };
    const isText = (value: unknown) => typeof value === 'string' && value !== '';
    checkPropTypes(place, props, {
      ...TRANSFORMING,
      table: { what: 'a table, such as a dynamodb.Table', fits: value => hasMember(value, 'tableArn'), required: true },
      keyColumn: { what: 'the name of a column', fits: isText, required: true },
      sortKeyColumn: { what: 'the name of a column', fits: isText },
      columns: {
        what: "attributes by column, such as { segment: 'segment' }",
        fits: value => value !== null && typeof value === 'object' && !Array.isArray(value) && Object.entries(value).every(([name, attribute]) => isText(name) && isText(attribute)),
        required: true,
      },
      partitionKey: KEY,
      sortKey: KEY,
      format: memberOf('RowFormat', RowFormat),
      missingItems: memberOf('MissingItem', MissingItem),
      delimiter: { what: 'one character', fits: value => typeof value === 'string' },
      cacheFor: DURATION,
    });
    checkTable(place, props.table);
    const join = joinOf(place, props);
    const cacheFor = (props.cacheFor ?? Duration.minutes(1)).toMilliseconds();
    if (cacheFor > LONGEST_MEMORY.toMilliseconds()) {
      throw new ConfigurationError(place, `cacheFor is ${props.cacheFor!.toHumanString()}`, `give at most ${LONGEST_MEMORY.toHumanString()}`);
    }
    super(scope, id, props, {
      handler: parent => {
        const { table } = props;
        const handler = transformingFunction(parent, props, {
          asset: ENRICHING_OBJECT_LAMBDA, does: 'Enriches rows', environment: { [NAMES.table]: table.tableName, [NAMES.join]: join, [NAMES.cacheFor]: String(cacheFor) },
        });
        handler.expectGrants(() => {
          iam.Grant.addToPrincipal({ grantee: handler, actions: ['dynamodb:BatchGetItem'], resourceArns: [table.tableArn] });
          table.encryptionKey?.grantDecrypt(handler);
        });
        return { handler, own: handler.facts() };
      },
      actions: Object.values(ObjectLambdaAction),
      supportsRange: false,
      supportsPartNumber: false,
      takesCipherText: false,
    });
  }
}

/** What the function is told, as JSON. */
function joinOf(place: Place, props: EnrichingObjectLambdaProps): string {
  const { keyColumn, sortKeyColumn, columns, format, delimiter, missingItems } = props;
  const { partitionKey, sortKey } = keysOf(place, props);
  const key = [keyOf(place, keyColumn, partitionKey), ...sortKey === undefined ? [] : [keyOf(place, sortKeyColumn!, sortKey)]];
  const added = Object.entries(columns).map(([column, attribute]) => ({ column, attribute }));
  if (added.length === 0) {
    throw new ConfigurationError(place, 'columns is empty, so that nothing would be added', "name attributes of the table by the column that each becomes: { segment: 'segment' }");
  }
  const taken = added.find(({ column }) => key.some(each => each.column === column));
  if (taken !== undefined) {
    throw new ConfigurationError(place, `the column ${taken.column} holds a key, and would be added`, 'give the column that is added another name');
  }
  if (delimiter !== undefined && !/^[^"\r\n\ufeff]$/.test(delimiter)) {
    throw new ConfigurationError(place, `delimiter is ${JSON.stringify(delimiter)}`, 'give one character that is neither a quote nor a line end');
  }
  const join = JSON.stringify({ format, delimiter, key, columns: added, onMissing: missingItems });
  if (Buffer.byteLength(join) > LONGEST_JOIN) {
    throw new ConfigurationError(place, `the names of columns and attributes take ${Buffer.byteLength(join)} bytes`, `join fewer: they have to fit into ${LONGEST_JOIN}`);
  }
  return join;
}

/** What is said, or else what is known of the table. */
function keysOf(place: Place, { table, sortKeyColumn, ...said }: EnrichingObjectLambdaProps): Keys {
  const known = schemaOf(table);
  const partitionKey = said.partitionKey ?? known?.partitionKey;
  const sortKey = said.sortKey ?? known?.sortKey;
  if (partitionKey === undefined) {
    throw new ConfigurationError(place, `the key of the table [${table.node.path}] is not known`, "give partitionKey, such as { name: 'id', type: dynamodb.AttributeType.STRING }");
  }
  if (known !== undefined && (differ(partitionKey, known.partitionKey) || differ(sortKey, known.sortKey))) {
    throw new ConfigurationError(place, `the table [${table.node.path}] has other keys than are given`, 'leave partitionKey and sortKey out');
  }
  if (sortKey !== undefined && sortKeyColumn === undefined) {
    throw new ConfigurationError(place, `the table has the sort key ${sortKey.name}, and no column holds it`, 'give sortKeyColumn');
  }
  if (sortKey === undefined && sortKeyColumn !== undefined) {
    throw new ConfigurationError(place, `sortKeyColumn is ${sortKeyColumn}, and no sort key is known`, 'give sortKey, or leave sortKeyColumn out');
  }
  return { partitionKey, sortKey };
}

function schemaOf(table: dynamodb.ITable): Keys | undefined {
  if (!(table instanceof dynamodb.Table)) {
    return undefined;
  }
  const { partitionKeys: [partitionKey], sortKeys: [sortKey] } = table.schemaV2();
  return { partitionKey, sortKey };
}

function differ(one: dynamodb.Attribute | undefined, other: dynamodb.Attribute | undefined): boolean {
  return one?.name !== other?.name || one?.type !== other?.type;
}

function keyOf(place: Place, column: string, { name, type }: dynamodb.Attribute) {
  if (type === dynamodb.AttributeType.BINARY) {
    throw new ConfigurationError(place, `the key ${name} is binary`, 'join with a table whose keys are texts or numbers');
  }
  return { column, attribute: name, type };
}

function checkTable(place: { readonly scope: Construct; readonly id: string }, { node, env, tableArn }: dynamodb.ITable): void {
  const stack = Stack.of(place.scope);
  const named = stack.splitArn(tableArn, ArnFormat.SLASH_RESOURCE_NAME);
  const isElsewhere = (one: string | undefined, other: string) => one !== undefined && Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
  for (const { account, region } of [env, named]) {
    if (isElsewhere(account, stack.account) || isElsewhere(region, stack.region)) {
      throw new ConfigurationError(place, `the table [${node.path}] is of account ${account} in ${region}`, 'give one of the account and Region of the access point');
    }
  }
}
