/** A column of the table: one field of the log format, in the order of the format. */
export interface AccessLogColumn {
  readonly name: string;
  readonly type: 'string' | 'int' | 'bigint';
  readonly comment: string;
}

export const ACCESS_LOG_COLUMNS: AccessLogColumn[] = [
  { name: 'bucket_owner', type: 'string', comment: 'Canonical user ID of the owner of the source bucket' },
  { name: 'bucket', type: 'string', comment: 'Bucket that the request was processed against' },
  { name: 'request_time', type: 'string', comment: 'UTC, as 06/Feb/2019:00:00:38 +0000' },
  { name: 'remote_ip', type: 'string', comment: 'Apparent address of the requester' },
  { name: 'requester', type: 'string', comment: 'ARN or canonical user ID; - for unauthenticated requests' },
  { name: 'request_id', type: 'string', comment: 'x-amz-request-id' },
  { name: 'operation', type: 'string', comment: 'SOAP.*, REST.*, WEBSITE.*, BATCH.DELETE.OBJECT or S3.* (lifecycle)' },
  { name: 'key', type: 'string', comment: 'Object key, URL encoded twice' },
  { name: 'request_uri', type: 'string', comment: 'HTTP request line, without the quotes' },
  { name: 'http_status', type: 'int', comment: 'HTTP status of the response' },
  { name: 'error_code', type: 'string', comment: 'S3 error code, or -' },
  { name: 'bytes_sent', type: 'bigint', comment: 'Response bytes, less the HTTP protocol overhead' },
  { name: 'object_size', type: 'bigint', comment: 'Size of the whole object, in bytes' },
  { name: 'total_time', type: 'bigint', comment: 'Milliseconds from the request to the last byte of the response' },
  { name: 'turn_around_time', type: 'bigint', comment: 'Milliseconds from the last byte of the request to the first of the response' },
  { name: 'referer', type: 'string', comment: 'HTTP Referer, without the quotes; written by the requester' },
  { name: 'user_agent', type: 'string', comment: 'HTTP User-Agent, without the quotes; written by the requester' },
  { name: 'version_id', type: 'string', comment: 'Version ID in the request' },
  { name: 'host_id', type: 'string', comment: 'x-amz-id-2' },
  { name: 'signature_version', type: 'string', comment: 'SigV2 or SigV4; - for unauthenticated requests' },
  { name: 'cipher_suite', type: 'string', comment: 'Negotiated TLS cipher; - for HTTP' },
  { name: 'authentication_type', type: 'string', comment: 'AuthHeader, QueryString (presigned URL) or -' },
  { name: 'host_header', type: 'string', comment: 'Endpoint that the client connected to' },
  { name: 'tls_version', type: 'string', comment: 'Negotiated TLS version; - for HTTP' },
  { name: 'access_point_arn', type: 'string', comment: 'Access point of the request' },
  { name: 'acl_required', type: 'string', comment: 'Yes if the request needed an ACL' },
  { name: 'source_region', type: 'string', comment: 'Region that the request came from' },
];

/** The part of the object key that names the source bucket, and the day of the event. */
export const ACCESS_LOG_PARTITIONS: AccessLogColumn[] = [
  { name: 'source_bucket', type: 'string', comment: 'Bucket whose requests are logged' },
  { name: 'day', type: 'string', comment: 'UTC day of the request, as 2019/02/06' },
];

// A field that S3 writes in quotes, or as a bare dash, with the quotes kept out of the capture. S3 does not escape quotes inside.
const OPEN = '"?';
const CLOSE = '(?:"|(?<= -))';
const TOKEN = '([^ ]+)';
const NUMBER = '(?:([0-9]+)|-)';

// HTTP splits the request line at its spaces (RFC 9112), so the target holds none, but it may hold quotes.
const REQUEST_LINE = '(?<=")[^ ]+ [^ ]+(?: HTTP/[0-9.]+)?(?=")';

// Referer and User-Agent hold whatever the requester sends, also `" 200 -`. The Referer ends at the first `" "`. The User-Agent
// ends at the last quote from which the fields behind it can be read, so that nothing inside it can pass for them.
const REFERER = '(?<=")(?:(?!" ").)*(?=" ")|(?<=")[^"]*(?=" - [^"]*$)';
const USER_AGENT = '(?<=").*(?=")';

const IDENTITY = [TOKEN, TOKEN, '\\[([^\\]]*)\\]', TOKEN, TOKEN, TOKEN, TOKEN, TOKEN].join(' ');

const RESPONSE = [
  `${OPEN}(${REQUEST_LINE}|-)${CLOSE}`, '(?:([0-9]{3})|-)', TOKEN, NUMBER, NUMBER, NUMBER, NUMBER,
].join(' ');

const CLIENT = [
  `${OPEN}(${REFERER}|-)${CLOSE}`, `${OPEN}(${USER_AGENT}|-)${CLOSE}`,
  TOKEN, TOKEN, '(Sig[^ ]*|-)', TOKEN, '([A-Za-z0-9-]+)', TOKEN, '(TLS[^ ]*|-)',
].join(' ');

/**
 * One line of a server access log, as `org.apache.hadoop.hive.serde2.RegexSerDe` takes it: one group for each column, matched
 * against the whole line with `.` for any character.
 *
 * Three parts, each read only if those before it could be: who asked for what, how S3 answered, and what is known of the client.
 * A part that cannot be read is NULL, never guessed. S3 adds fields at the end over time: the last three may be missing, and
 * further ones are skipped.
 */
export const ACCESS_LOG_REGEX =
  `${IDENTITY}(?: ${RESPONSE}(?: ${CLIENT}(?: ${TOKEN}(?: ${TOKEN}(?: ${TOKEN})?)?)?)?)?.*`;

/** Where the logs of one source bucket and one day lie, in the words of Athena's partition projection. */
export function accessLogLocation(bucketName: string, prefix: string, account: string, region: string): string {
  return `s3://${bucketName}/${prefix}${account}/${region}/\${source_bucket}/\${day}/`;
}
