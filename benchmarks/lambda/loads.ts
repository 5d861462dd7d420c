import { readFileSync } from 'fs';
import { ENRICHING_OBJECT_LAMBDA, ENRICHING_OBJECT_LAMBDA_ENVIRONMENT as NAMES } from '../../src/object-lambda/enriching-object-lambda-contract';
import { REDACTING_OBJECT_LAMBDA, RULES_FILE } from '../../src/object-lambda/redacting-object-lambda-contract';
import { XML_TO_JSON_OBJECT_LAMBDA, XML_TO_JSON_OPTIONS_FILE } from '../../src/object-lambda/xml-to-json-object-lambda-contract';
import { DEFAULT_RULES } from '../../src/redaction/rule-set';
import { EnrichingOptions } from '../../src/transform/enriching/enriching-options';
import { XmlToJsonOptions } from '../../src/transform/xml-to-json/xml-to-json-options';
import { FunctionOptions } from '../../test/object-lambda/run-time/function-process';
import { FakeDynamoDb } from '../../test/transform/enriching/fake-dynamodb';
import { Corpus } from '../redaction/corpora';

/** What a function is measured with: an object that is as large as it takes. */
export interface Load {
  readonly name: string;
  readonly asset: string;
  readonly options: FunctionOptions;
  /** Of the object: the end of its key. */
  readonly suffix: string;
  readonly contentType: string;
  /** What stands once, before and after what is repeated. */
  readonly before?: string;
  readonly repeated: Buffer;
  readonly after?: string;
}

const REDACTED = {
  log: { suffix: 'log', contentType: 'text/plain' },
  csv: { suffix: 'csv', contentType: 'text/csv' },
  ndjson: { suffix: 'ndjson', contentType: 'application/x-ndjson' },
};
const ORDERS = 4_000;
const CUSTOMERS = 5_000;

export function redactingLoad({ name, file }: Corpus): Load {
  return {
    name,
    asset: REDACTING_OBJECT_LAMBDA,
    options: { files: { [RULES_FILE]: JSON.stringify(DEFAULT_RULES) } },
    repeated: readFileSync(file),
    ...REDACTED[name],
  };
}

/** Orders of one to four items, as programs write them. */
export function xmlLoad(): Load {
  const options: XmlToJsonOptions = { arrays: ['/orders/order', '/orders/order/item'] };
  const orders = Array.from({ length: ORDERS }, (_, order) => {
    const items = Array.from({ length: 1 + order % 4 }, (_each, item) =>
      `    <item sku="A-${order}-${item}"><quantity>${1 + item}</quantity><price>39.90</price></item>\n`);
    const note = order % 3 === 0 ? '<![CDATA[left at the <front> door]]>' : 'paid in advance, to be delivered on the working day that follows';
    return `  <order id="${order}" currency="EUR">\n    <customer>Example ${order} &amp; Company</customer>\n${items.join('')}    <note>${note}</note>\n  </order>\n`;
  });
  return {
    name: 'xml',
    asset: XML_TO_JSON_OBJECT_LAMBDA,
    options: { files: { [XML_TO_JSON_OPTIONS_FILE]: JSON.stringify(options) } },
    suffix: 'xml',
    contentType: 'application/xml',
    before: '<?xml version="1.0" encoding="UTF-8"?>\n<orders>\n',
    repeated: Buffer.from(orders.join('')),
    after: '</orders>\n',
  };
}

/** Customers in a table on loopback. */
export function customers(): FakeDynamoDb {
  return new FakeDynamoDb('Customers', ['id'], Array.from({ length: CUSTOMERS }, (_, index) => ({
    id: { S: `customer-${index}` }, segment: { S: `segment ${index % 7}` }, since: { N: String(2000 + index % 26) },
  })));
}

/** Rows of CSV, each with a customer; the table is asked for each customer once. */
export function enrichingLoad(table: string): Load {
  const join: EnrichingOptions = {
    key: [{ column: 'customer', attribute: 'id', type: 'S' }],
    columns: [{ column: 'segment', attribute: 'segment' }, { column: 'since', attribute: 'since' }],
  };
  const rows = Array.from({ length: CUSTOMERS }, (_, row) => `${row},customer-${row * 7 % CUSTOMERS},2026-11-21T10:00:00Z,"Example, number ${row}",39.90,EUR,paid\n`);
  return {
    name: 'rows',
    asset: ENRICHING_OBJECT_LAMBDA,
    options: { environment: { AWS_ENDPOINT_URL_DYNAMODB: table, [NAMES.table]: 'Customers', [NAMES.join]: JSON.stringify(join), [NAMES.cacheFor]: '900000' } },
    suffix: 'csv',
    contentType: 'text/csv',
    before: 'order,customer,time,text,total,currency,state\n',
    repeated: Buffer.from(rows.join('')),
  };
}
