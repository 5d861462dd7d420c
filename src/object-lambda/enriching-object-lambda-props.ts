import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { MissingItem } from './missing-item';
import { RowFormat } from './row-format';
import { TransformingObjectLambdaOptions } from './transforming-object-lambda-options';

/** What can be said about an `EnrichingObjectLambda`. */
export interface EnrichingObjectLambdaProps extends TransformingObjectLambdaOptions {
  /** The table that rows are joined with, of the account and Region of the access point. */
  readonly table: dynamodb.ITable;

  /** The column of CSV, or the member of each JSON object, that holds the partition key of the row's item. */
  readonly keyColumn: string;

  /**
   * The one that holds the sort key.
   *
   * @default - none; needed if the table has a sort key
   */
  readonly sortKeyColumn?: string;

  /**
   * The partition key of the table: a text or a number.
   *
   * @default - that of the table, where this app makes it with `dynamodb.Table`; needed otherwise
   */
  readonly partitionKey?: dynamodb.Attribute;

  /**
   * The sort key of the table: a text or a number.
   *
   * @default - that of the table, where this app makes it with `dynamodb.Table`; otherwise none
   */
  readonly sortKey?: dynamodb.Attribute;

  /**
   * What is added to each row: attributes of the table by the name of the column that each becomes. Objects that have such a column
   * already are refused with 400. Attributes are of the first level; lists, maps and sets are written as JSON.
   */
  readonly columns: { readonly [column: string]: string };

  /**
   * How rows are stored.
   *
   * @default - by the content type of the object, or else by the end of its key; refused with 400 where neither says it
   */
  readonly format?: RowFormat;

  /**
   * What stands between the columns of CSV: one character.
   *
   * @default - a tab for the content type `text/tab-separated-values`, or else for keys that end with `.tsv`; a comma otherwise
   */
  readonly delimiter?: string;

  /**
   * What happens to rows for which the table has no item.
   *
   * @default MissingItem.KEEP
   */
  readonly missingItems?: MissingItem;

  /**
   * How long the function remembers items, and that there is none, up to 15 minutes: readers see changes of the table so much later.
   * `Duration.seconds(0)` asks the table for each object anew.
   *
   * @default Duration.minutes(1)
   */
  readonly cacheFor?: Duration;
}
