import { HALVING, view } from './drive';
import { parseXml, writeXml } from '../../src/transform/s3-xml';

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const OBJECT = '<Key>folder/one.txt</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag>'
  + '<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>123</Size><StorageClass>GLACIER</StorageClass>'
  + '<Owner><ID>0123</ID><DisplayName>owner</DisplayName></Owner>'
  + '<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus><NewOfS3>content</NewOfS3>';
const KEEPING = { ...HALVING, key: (key: string) => key };
/** As a redaction does: some keys are shown as others. */
const SOME = { ...HALVING, key: (key: string) => key.replace('jo@example.com', '[EMAIL]') };

const listing = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult ${XMLNS}>${content}</ListBucketResult>`;

async function list(content: string, { operation = 'ListObjectsV2', transformation = KEEPING, showSizes = false } = {}) {
  const answer = await view({ content: Buffer.from(content) }, { operation: operation as 'ListObjects', transformation, options: { showSizes } });
  return { ...answer, xml: answer.body.toString() };
}

const shown = async (content: string, options = {}) => (await list(listing(content), options)).xml;

test('shows what tells nothing of the content, and not what S3 may come to add', async () => {
  const result = '<Name>data</Name><Prefix>folder/</Prefix><Delimiter>/</Delimiter><StartAfter>a</StartAfter><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys>'
    + '<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><ContinuationToken>t0</ContinuationToken><NextContinuationToken>t1</NextContinuationToken>';
  const prefixes = '<CommonPrefixes><Prefix>folder/a/</Prefix></CommonPrefixes>';
  const answer = await list(listing(`${result}<NewOfS3>1</NewOfS3><Contents>${OBJECT}</Contents>${prefixes}`));
  expect(answer.xml).toBe(listing(`${result}<Contents><Key>folder/one.txt</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified>`
    + '<StorageClass>GLACIER</StorageClass><Owner><ID>0123</ID><DisplayName>owner</DisplayName></Owner>'
    + `<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus></Contents>${prefixes}`));
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/xml', 'content-length': String(answer.body.length) } });
});

test('shows sizes if asked', async () => {
  expect(await shown(`<Contents>${OBJECT}</Contents>`, { showSizes: true })).toContain('<Size>123</Size>');
});

test('says nothing of the stored listing but who pays for it', async () => {
  const { headers } = await view({ content: Buffer.from(listing('')), headers: { 'x-amz-request-charged': 'requester', 'x-amz-id-2': 'host' } }, { operation: 'ListObjectsV2' });
  expect(Object.keys(headers).sort()).toEqual(['content-length', 'content-type', 'x-amz-request-charged']);
});

test.each([
  ['jo@example.com/a.txt', '[EMAIL]/a.txt'],
  ['a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;', 'a &amp; b &lt;c&gt; &quot;d&quot; \'e\''],
  ['&#x1;&#13;jo@example.com&#10;&#x1f680;', '&#x1;&#xd;[EMAIL]&#xa;🚀'],
  ['ключ/キー', 'ключ/キー'],
  ['', ''],
])('the key %s', async (written, expected) => {
  const key = expected === '' ? '<Key/>' : `<Key>${expected}</Key>`;
  expect(await shown(`<Contents><Key>${written}</Key></Contents>`, { transformation: SOME })).toBe(listing(`<Contents>${key}</Contents>`));
});

test.each([
  ['jo%40example.com/a+b%2Bc.txt', '%5BEMAIL%5D/a+b%2Bc.txt'],
  // What stays as it is, is written as S3 wrote it.
  ['a%2Fb%20c(d)', 'a%2Fb%20c(d)'],
])('the key %s of a listing with encoding-type=url', async (written, expected) => {
  const content = (key: string) => `<EncodingType>url</EncodingType><Contents><Key>${key}</Key></Contents><CommonPrefixes><Prefix>${key}</Prefix></CommonPrefixes>`;
  expect(await shown(content(written), { transformation: SOME })).toBe(listing(content(expected)));
});

describe('listings of the first version', () => {
  const page = (truncated: boolean, content: string) => `<Marker/><IsTruncated>${truncated}</IsTruncated>${content}`;
  const jo = '<Contents><Key>jo@example.com</Key></Contents>';

  test.each([
    ['all keys as they are', page(true, '<NextMarker>a</NextMarker><Contents><Key>a</Key></Contents>'), 200],
    ['the last page', page(false, jo), 200],
    ['a key that is shown as another', page(true, jo), 501],
    ['a folder that is shown as another', page(true, '<CommonPrefixes><Prefix>jo@example.com/</Prefix></CommonPrefixes>'), 501],
    ['a marker that is shown as another', page(true, '<NextMarker>jo@example.com</NextMarker>'), 501],
  ])('%s', async (_case, content, status) => {
    const answer = await list(listing(content), { operation: 'ListObjects', transformation: SOME });
    expect(answer.status).toBe(status);
    expect(answer.xml).not.toContain('jo@');
  });

  test('the second version goes on from a token', async () => {
    expect((await list(listing(page(true, jo)), { transformation: SOME })).status).toBe(200);
  });
});

test.each([
  ['nothing', ''],
  ['no XML', 'hello'],
  ['an element that is not closed', `<ListBucketResult ${XMLNS}><Contents>`],
  ['elements that cross', '<ListBucketResult><Contents><Key></Contents></Key></ListBucketResult>'],
  ['one that is closed too often', '<ListBucketResult></ListBucketResult></ListBucketResult>'],
  ['two documents', '<ListBucketResult/><ListBucketResult/>'],
  ['another document', '<ListAllMyBucketsResult/>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><ListBucketResult/>'],
  ['CDATA', '<ListBucketResult><Contents><Key><![CDATA[a]]></Key></Contents></ListBucketResult>'],
  ['a comment', '<ListBucketResult><!-- a --></ListBucketResult>'],
  ['an entity that is none', '<ListBucketResult><Name>&nbsp;</Name></ListBucketResult>'],
  ['an entity without an end', '<ListBucketResult><Name>a &amp b</Name></ListBucketResult>'],
  ['a character that is none', '<ListBucketResult><Name>&#x110000;</Name></ListBucketResult>'],
  ['text between elements', '<ListBucketResult>a<Name/></ListBucketResult>'],
  ['text behind it', '<ListBucketResult/>a'],
  ['too many levels', listing('<a>'.repeat(20) + '</a>'.repeat(20))],
  ['a listing that is cut off', listing(`<Contents>${OBJECT}</Contents>`).slice(0, -10)],
  ['more than a thousand keys can be', `${' '.repeat(17 * 1024 * 1024)}<ListBucketResult/>`],
])('what is no listing goes nowhere: %s', async (_case, content) => {
  const { status, xml } = await list(content);
  expect(status).toBe(500);
  expect(xml).toContain('<Code>InternalError</Code>');
});

test('S3 refuses', async () => {
  const content = Buffer.from('<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>data</BucketName></Error>');
  const answer = await view({ status: 404, content }, { operation: 'ListObjectsV2' });
  expect(answer.status).toBe(404);
  expect(answer.body.toString()).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>');
});

test('a thousand long keys are read in time that grows with their number', async () => {
  const key = `${'&amp;'.repeat(200)}`;
  const content = listing(`<Contents><Key>${key}</Key>${OBJECT}</Contents>`.repeat(1000));
  const start = performance.now();
  expect((await list(content)).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('an XML document is written as it was read', () => {
  const xml = listing('<Name>a&#x1;&amp;b</Name><Empty/><Contents><Key>🚀</Key></Contents>');
  expect(writeXml(parseXml(xml))).toBe(xml);
});
