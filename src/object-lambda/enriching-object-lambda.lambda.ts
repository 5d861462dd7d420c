import { ENRICHING_OBJECT_LAMBDA_ENVIRONMENT as NAMES } from './enriching-object-lambda-contract';
import { SHOW_SIZES } from './transforming-contract';
import { DynamoDbTable } from '../transform/aws/dynamodb-table';
import { objectLambdaHandler } from '../transform/aws/object-lambda';
import { EnrichingOptions } from '../transform/enriching/enriching-options';
import { EnrichingTransformation } from '../transform/enriching/enriching-transformation';
import { ItemCache } from '../transform/enriching/item-cache';

const options = JSON.parse(process.env[NAMES.join] ?? '') as EnrichingOptions;
const table = new DynamoDbTable(process.env[NAMES.table] ?? '', options.key, options.columns.map(({ attribute }) => attribute));
const transformation = new EnrichingTransformation(options, table, new ItemCache(Number(process.env[NAMES.cacheFor])));

export const handler = objectLambdaHandler(() => transformation, { showSizes: process.env[SHOW_SIZES] === 'true' });
