import { App, Duration, Size, Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { SecureBucket } from '../../src/bucket/secure-bucket';
import { EnrichingObjectLambda } from '../../src/object-lambda/enriching-object-lambda';
import { EnrichingObjectLambdaProps } from '../../src/object-lambda/enriching-object-lambda-props';
import { ImageObjectLambda } from '../../src/object-lambda/image-object-lambda';
import { ImageObjectLambdaProps } from '../../src/object-lambda/image-object-lambda-props';
import { ImageWatermark } from '../../src/object-lambda/image-watermark';
import { MissingItem } from '../../src/object-lambda/missing-item';
import { RowFormat } from '../../src/object-lambda/row-format';
import { XmlEmptyElement } from '../../src/object-lambda/xml-empty-element';
import { XmlNamespaces } from '../../src/object-lambda/xml-namespaces';
import { XmlToJsonObjectLambda } from '../../src/object-lambda/xml-to-json-object-lambda';
import { XmlToJsonObjectLambdaProps } from '../../src/object-lambda/xml-to-json-object-lambda-props';
import { arn, propertiesOf, resourcesOf } from '../access-point/templates';
import { ENV, newStack, synthOf } from '../checks/synth';

const { NUMBER, STRING, BINARY } = dynamodb.AttributeType;
const bucketIn = (stack: Stack) => new SecureBucket(stack, 'Bucket');
const tableIn = (stack: Stack, props: Partial<dynamodb.TableProps> = {}) => new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'pk', type: NUMBER }, ...props });
const xmlIn = (stack: Stack, props: Partial<XmlToJsonObjectLambdaProps> = {}) => new XmlToJsonObjectLambda(stack, 'View', { bucket: bucketIn(stack), name: 'view', ...props });
const imageIn = (stack: Stack, props: Partial<ImageObjectLambdaProps> = {}) => new ImageObjectLambda(stack, 'View', { bucket: bucketIn(stack), name: 'view', ...props });
const rowsIn = (stack: Stack, props: Partial<EnrichingObjectLambdaProps> = {}) =>
  new EnrichingObjectLambda(stack, 'View', { bucket: bucketIn(stack), name: 'view', table: props.table ?? tableIn(stack), keyColumn: 'id', columns: { name: 'label' }, ...props });

function rights(stack: Stack): any[] {
  return resourcesOf(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function variables(stack: Stack): Record<string, string> {
  return propertiesOf(stack, 'AWS::Lambda::Function').Environment.Variables;
}

const WRITES = [
  { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('Logs'), 'Arn'] } },
  { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
];
const ANSWERS = { Effect: 'Allow', Action: 's3-object-lambda:WriteGetObjectResponse', Resource: arn('s3-object-lambda:eu-west-1:111122223333:accesspoint/view') };
const TABLE_ARN = { 'Fn::GetAtt': [expect.stringMatching(/^Table/), 'Arn'] };
const RANGES = ['GetObject-Range', 'GetObject-PartNumber', 'HeadObject-Range', 'HeadObject-PartNumber'];

describe.each<[string, (stack: Stack) => unknown, object[], string[] | undefined]>([
  ['XmlToJsonObjectLambda', xmlIn, [], RANGES],
  ['ImageObjectLambda', imageIn, [], RANGES],
  ['EnrichingObjectLambda', rowsIn, [{ Effect: 'Allow', Action: 'dynamodb:BatchGetItem', Resource: TABLE_ARN }], undefined],
])('%s', (_, make, further, features) => {
  test('transforms all operations, with a function that may do nothing else, and passes its own check', () => {
    const stack = newStack();
    make(stack);
    expect(synthOf(stack).rules).toEqual([]);
    expect(rights(stack)).toEqual([...WRITES, ...further, ANSWERS]);
    expect(propertiesOf(stack, 'AWS::S3ObjectLambda::AccessPoint').ObjectLambdaConfiguration).toMatchObject({
      TransformationConfigurations: [{ Actions: ['GetObject', 'HeadObject', 'ListObjects', 'ListObjectsV2'] }],
    });
    expect(propertiesOf(stack, 'AWS::S3ObjectLambda::AccessPoint').ObjectLambdaConfiguration.AllowedFeatures).toEqual(features);
    expect(variables(stack).SHOW_SIZES).toBe('false');
  });
});

test('the function runs as the options say', () => {
  const stack = newStack();
  xmlIn(stack, { memorySize: 512, timeout: Duration.seconds(30), reservedConcurrentExecutions: 5, showSizes: true });
  expect(propertiesOf(stack, 'AWS::Lambda::Function')).toMatchObject({
    MemorySize: 512, Timeout: 30, ReservedConcurrentExecutions: 5, Description: 'Turns XML into JSON of Stack/Bucket', Environment: { Variables: { SHOW_SIZES: 'true' } },
  });
});

test('readers of a view have no right to the table', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  rowsIn(stack).grantRead(role);
  const ofReader = resourcesOf(stack, 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Reader'));
  expect(ofReader).toHaveLength(1);
  expect(JSON.stringify(ofReader)).not.toMatch(/dynamodb/);
});

test('the options of XML lie beside the code', () => {
  const codes = [
    {}, { arrays: ['//item'] }, { namespaces: XmlNamespaces.RESOLVED }, { emptyElements: XmlEmptyElement.TEXT }, { lookAhead: Size.mebibytes(8) },
    { namespaces: XmlNamespaces.PREFIXES, emptyElements: XmlEmptyElement.NULL, lookAhead: Size.mebibytes(4), arrays: [] },
  ].map(props => {
    const stack = newStack();
    xmlIn(stack, props);
    return JSON.stringify(propertiesOf(stack, 'AWS::Lambda::Function').Code);
  });
  expect(new Set(codes).size).toBe(codes.length - 1);
  expect(codes[codes.length - 1]).toBe(codes[0]);
});

test('images are sent as the options say', () => {
  const options = (props: Partial<ImageObjectLambdaProps>) => {
    const stack = newStack();
    imageIn(stack, props);
    return JSON.parse(variables(stack).IMAGE_OPTIONS) as unknown;
  };
  expect(options({})).toEqual({ maximumBytes: 20 * 1024 * 1024, maximumPixels: 25_000_000 });
  expect(options({
    watermark: ImageWatermark.callerName('For '), maximumWidth: 640, quality: 60, maximumImageSize: Size.mebibytes(5), maximumPixels: 1_000_000, memorySize: 512,
  })).toEqual({ watermark: { text: 'For ', caller: 'name' }, maximumWidth: 640, quality: 60, maximumBytes: 5 * 1024 * 1024, maximumPixels: 1_000_000 });
  expect([ImageWatermark.callerArn(), ImageWatermark.text('Draft')]).toMatchObject([{ _options: { text: '', caller: 'arn' } }, { _options: { text: 'Draft', caller: undefined } }]);
});

describe('rows', () => {
  const join = (stack: Stack) => JSON.parse(variables(stack).JOIN) as unknown;

  test('are joined by the key that the table has', () => {
    const stack = newStack();
    rowsIn(stack, { table: tableIn(stack, { sortKey: { name: 'sk', type: STRING } }), sortKeyColumn: 'kind', columns: { name: 'label', segment: 'segment' } });
    expect(join(stack)).toEqual({
      key: [{ column: 'id', attribute: 'pk', type: 'N' }, { column: 'kind', attribute: 'sk', type: 'S' }],
      columns: [{ column: 'name', attribute: 'label' }, { column: 'segment', attribute: 'segment' }],
    });
    expect(variables(stack)).toMatchObject({ TABLE_NAME: { Ref: expect.stringMatching(/^Table/) }, CACHE_FOR: '60000' });
  });

  test('are joined as is said with a table of elsewhere', () => {
    const stack = newStack();
    rowsIn(stack, {
      table: dynamodb.Table.fromTableName(stack, 'Known', 'customers'),
      partitionKey: { name: 'customer', type: STRING },
      format: RowFormat.NDJSON,
      delimiter: ';',
      missingItems: MissingItem.DROP,
      cacheFor: Duration.seconds(0),
    });
    expect(join(stack)).toEqual({
      format: 'ndjson', delimiter: ';', onMissing: 'drop', key: [{ column: 'id', attribute: 'customer', type: 'S' }], columns: [{ column: 'name', attribute: 'label' }],
    });
    expect(variables(stack)).toMatchObject({ TABLE_NAME: 'customers', CACHE_FOR: '0' });
  });

  test('of a table with a key of its own are decrypted with it', () => {
    const stack = newStack();
    const key = new kms.Key(stack, 'Key');
    rowsIn(stack, { table: tableIn(stack, { encryptionKey: key }) });
    expect(rights(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } });
    expect(synthOf(stack).rules).toEqual([]);
  });

  test('of a table of elsewhere are decrypted with its key, also in a stack that knows no account', () => {
    const stack = newStack({});
    const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
    const table = dynamodb.Table.fromTableAttributes(stack, 'Known', { tableName: 'customers', encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn) });
    rowsIn(stack, { table, partitionKey: { name: 'customer', type: STRING } });
    expect(rights(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn });
    expect(synthOf(stack).rules).toEqual([]);
  });
});

describe('refused', () => {
  const sorted = { sortKey: { name: 'sk', type: STRING } };

  test.each<[string, Partial<XmlToJsonObjectLambdaProps>, RegExp]>([
    ['a path without a slash', { arrays: ['order'] }, /^\[Stack\/View\] arrays holds "order": give paths below the root/],
    ['the root', { arrays: ['/orders'] }, /arrays holds "\/orders"/],
    ['a path that ends with a slash', { arrays: ['/a/b/'] }, /arrays holds/],
    ['three slashes', { arrays: ['///a'] }, /arrays holds/],
    ['a path by a name at any depth', { arrays: ['//a/b'] }, /arrays holds/],
    ['a path that is not known', { arrays: [Token.asString({ Ref: 'Path' })] }, /only known at deployment/],
    ['a text for a list', { arrays: '/a/b' as unknown as string[] }, /arrays is/],
    ['too little look-ahead', { lookAhead: Size.kibibytes(63) }, /lookAhead is .*: give from 64 KiB to 64 MiB/],
    ['too much look-ahead', { lookAhead: Size.mebibytes(65) }, /lookAhead is/],
    ['namespaces as nobody writes them', { namespaces: 'RESOLVED' as unknown as XmlNamespaces }, /namespaces is "RESOLVED": give a member of XmlNamespaces/],
    ['empty elements as nobody writes them', { emptyElements: '' as unknown as XmlEmptyElement }, /emptyElements is "": give a member of XmlEmptyElement/],
    ['a number for a time', { timeout: 30 as unknown as Duration }, /timeout is 30: give a Duration/],
    ['a number for a size', { lookAhead: 4 as unknown as Size }, /lookAhead is .*: give a Size/],
  ])('XML: %s', (_, props, message) => {
    expect(() => xmlIn(newStack(), props)).toThrow(message);
  });

  test.each(['/a/b', '/a/b/c', '//b', '//{urn:example:a/b}c', '/{urn:a}b/{urn:a/b}c', '/s:a/s:b', '/ä/b.c-d_e'])('XML: not %s', path => {
    expect(() => xmlIn(newStack(), { arrays: [path] })).not.toThrow();
  });

  test.each<[string, Partial<ImageObjectLambdaProps>, RegExp]>([
    ['no width', { maximumWidth: 0 }, /^\[Stack\/View\] maximumWidth is 0: give a whole number from 1 to 65535/],
    ['half a pixel', { maximumWidth: 0.5 }, /maximumWidth is 0.5/],
    ['too wide', { maximumWidth: 65_536 }, /maximumWidth is 65536/],
    ['a width that is not known', { maximumWidth: Token.asNumber({ Ref: 'Width' }) }, /maximumWidth is only known at deployment/],
    ['too good', { quality: 101 }, /quality is 101: give a whole number from 1 to 100/],
    ['too many pixels', { maximumPixels: 100_000_001, memorySize: 10_240 }, /maximumPixels is 100000001/],
    ['more pixels than fit', { maximumPixels: 40_000_000 }, /40000000 pixels need 2032 MiB of memory, and memorySize is 1769: raise memorySize, or lower maximumPixels/],
    ['too little memory', { memorySize: 1024 }, /25000000 pixels need 1345 MiB of memory, and memorySize is 1024/],
    ['too many bytes', { maximumImageSize: Size.mebibytes(101) }, /maximumImageSize is .*: give at most 100 MiB/],
    ['a text for a watermark', { watermark: 'For' as unknown as ImageWatermark }, /watermark is .*: give an ImageWatermark/],
  ])('images: %s', (_, props, message) => {
    expect(() => imageIn(newStack(), props)).toThrow(message);
  });

  test('watermarks without a text, and with a long one', () => {
    expect(() => ImageWatermark.text(' ')).toThrow('[ImageWatermark] the text is empty: give a text, or leave the watermark out');
    expect(() => ImageWatermark.callerName('x'.repeat(201))).toThrow('[ImageWatermark] the text has 201 characters: give at most 200');
  });

  test.each<[string, (stack: Stack) => Partial<EnrichingObjectLambdaProps>, RegExp]>([
    ['no table', () => ({ table: null as unknown as dynamodb.ITable }), /^\[Stack\/View\] table is null: give a table/],
    ['no key column', () => ({ keyColumn: '' }), /keyColumn is/],
    ['no columns', () => ({ columns: {} }), /columns is empty/],
    ['a column without an attribute', () => ({ columns: { name: '' } }), /columns is/],
    ['the key as a column', () => ({ columns: { id: 'label' } }), /the column id holds a key/],
    ['an unknown key', stack => ({ table: dynamodb.Table.fromTableName(stack, 'Known', 'customers') }), /the key of the table \[Stack\/Known\] is not known: give partitionKey/],
    ['a key that the table has not', () => ({ partitionKey: { name: 'other', type: NUMBER } }), /the table \[Stack\/Table\] has other keys than are given/],
    ['a type that the key has not', () => ({ partitionKey: { name: 'pk', type: STRING } }), /has other keys/],
    ['a binary key', stack => ({ table: tableIn(stack, { partitionKey: { name: 'pk', type: BINARY } }) }), /the key pk is binary/],
    ['a sort key without a column', stack => ({ table: tableIn(stack, sorted) }), /the table has the sort key sk, and no column holds it: give sortKeyColumn/],
    ['a column without a sort key', () => ({ sortKeyColumn: 'kind' }), /sortKeyColumn is kind, and no sort key is known/],
    ['the sort key as a column', stack => ({ table: tableIn(stack, sorted), sortKeyColumn: 'name' }), /the column name holds a key/],
    ['two delimiters', () => ({ delimiter: '||' }), /delimiter is "\|\|": give one character/],
    ['a quote as delimiter', () => ({ delimiter: '"' }), /delimiter is/],
    ['too many columns', () => ({ columns: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`column${index}`, 'label'])) }), /take \d+ bytes: join fewer/],
    ['a number as delimiter', () => ({ delimiter: 5 as unknown as string }), /delimiter is 5: give one character/],
    ['another format', () => ({ format: 'xlsx' as unknown as RowFormat }), /format is "xlsx": give a member of RowFormat/],
    ['another way with missing items', () => ({ missingItems: 'skip' as unknown as MissingItem }), /missingItems is "skip": give a member of MissingItem/],
    ['a key without a type', () => ({ partitionKey: { name: 'pk' } as dynamodb.Attribute }), /partitionKey is .*: give an attribute/],
    ['a long memory', () => ({ cacheFor: Duration.minutes(16) }), /cacheFor is 16 minutes: give at most 15 minutes/],
    ['a table of another Region', stack => ({
      table: dynamodb.Table.fromTableArn(stack, 'Far', 'arn:aws:dynamodb:us-east-1:111122223333:table/customers'), partitionKey: { name: 'pk', type: STRING },
    }), /the table \[Stack\/Far\] is of account 111122223333 in us-east-1: give one of the account and Region/],
    ['a table of another account', stack => ({
      table: dynamodb.Table.fromTableArn(stack, 'Far', 'arn:aws:dynamodb:eu-west-1:444455556666:table/customers'), partitionKey: { name: 'pk', type: STRING },
    }), /is of account 444455556666/],
  ])('rows: %s', (_, propsIn, message) => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    expect(() => rowsIn(stack, propsIn(stack))).toThrow(message);
  });
});
