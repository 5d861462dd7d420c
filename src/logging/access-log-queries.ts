export interface AccessLogQuery {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** How far back the queries look, which bounds what they scan and cost. */
export const QUERY_WINDOW_DAYS = 30;

const RECENT = `day >= date_format(current_date - interval '${QUERY_WINDOW_DAYS}' day, '%Y/%m/%d')`;
const TIME = "try(date_parse(substr(request_time, 1, 20), '%d/%b/%Y:%H:%i:%s'))";
// Lifecycle actions and the like, which are no requests: they have no requester outside S3 and no connection.
const REQUESTS = "operation NOT LIKE 'S3.%'";

export function accessLogQueries(table: string): AccessLogQuery[] {
  return [
    {
      id: 'RefusedRequests',
      name: 'Refused requests',
      description: 'Requests that S3 refused, by requester, address and reason.',
      sql: `SELECT source_bucket, requester, remote_ip, operation, http_status, error_code,
  count(*) AS requests,
  min(${TIME}) AS first_time,
  max(${TIME}) AS last_time
FROM ${table}
WHERE ${RECENT}
  AND (http_status IN (401, 403) OR error_code = 'AccessDenied')
GROUP BY source_bucket, requester, remote_ip, operation, http_status, error_code
ORDER BY requests DESC, last_time DESC, source_bucket, requester, remote_ip, operation, error_code
LIMIT 100`,
    },
    {
      id: 'TlsVersions',
      name: 'Requests by TLS version and cipher',
      description: 'What clients negotiate, before a minimum TLS version is raised. A dash is a request without TLS.',
      sql: `SELECT tls_version, cipher_suite,
  count(*) AS requests,
  count(DISTINCT requester) AS requesters,
  count(DISTINCT source_bucket) AS source_buckets,
  max(${TIME}) AS last_time
FROM ${table}
WHERE ${RECENT}
  AND ${REQUESTS}
  AND tls_version IS NOT NULL
GROUP BY tls_version, cipher_suite
ORDER BY tls_version, cipher_suite
LIMIT 100`,
    },
    {
      id: 'AnonymousRequests',
      name: 'Anonymous requests',
      description: 'Requests without a requester. Where an authentication type stands, credentials were sent but not accepted.',
      sql: `SELECT source_bucket, operation, http_status, error_code, authentication_type, remote_ip,
  count(*) AS requests,
  max(${TIME}) AS last_time
FROM ${table}
WHERE ${RECENT}
  AND ${REQUESTS}
  AND requester = '-'
GROUP BY source_bucket, operation, http_status, error_code, authentication_type, remote_ip
ORDER BY requests DESC, last_time DESC, source_bucket, operation, error_code, remote_ip
LIMIT 100`,
    },
    {
      id: 'TopRequesters',
      name: 'Top requesters',
      description: 'Who sends the most requests, how many of them were refused, and how much was read.',
      sql: `SELECT requester,
  count(*) AS requests,
  count_if(http_status = 403) AS refused,
  coalesce(sum(bytes_sent), 0) AS bytes_sent,
  count(DISTINCT source_bucket) AS source_buckets,
  count(DISTINCT remote_ip) AS remote_ips,
  max(${TIME}) AS last_time
FROM ${table}
WHERE ${RECENT}
  AND ${REQUESTS}
GROUP BY requester
ORDER BY requests DESC, requester
LIMIT 50`,
    },
    {
      id: 'Deletes',
      name: 'Deletes',
      description: 'What was deleted, by requests, in batches, by lifecycle rules, and which bucket settings.',
      sql: `SELECT ${TIME} AS deleted_at, source_bucket, operation, key, version_id, requester, remote_ip, http_status, error_code
FROM ${table}
WHERE ${RECENT}
  AND (operation LIKE '%.DELETE.%' OR operation IN ('S3.EXPIRE.OBJECT', 'S3.CREATE.DELETEMARKER'))
ORDER BY deleted_at DESC, source_bucket, key, operation, request_id
LIMIT 1000`,
    },
    {
      id: 'CustomerProvidedKeys',
      name: 'SSE-C use',
      description: 'Requests that name SSE-C in a presigned URL, or that failed as requests for SSE-C objects without their key do. '
        + 'Access logs hold no request headers: SSE-C in the headers of a request that worked shows in CloudTrail data events only.',
      sql: `SELECT source_bucket, requester, remote_ip, operation, http_status, error_code,
  CASE WHEN lower(request_uri) LIKE '%?%server-side-encryption-customer-%' THEN 'named in the URL' ELSE 'possible, by the error' END AS evidence,
  count(*) AS requests,
  min(key) AS example_key,
  max(${TIME}) AS last_time
FROM ${table}
WHERE ${RECENT}
  AND (lower(request_uri) LIKE '%?%server-side-encryption-customer-%'
    OR error_code = 'InvalidEncryptionAlgorithmError'
    OR (error_code = 'InvalidRequest' AND operation IN ('REST.GET.OBJECT', 'REST.HEAD.OBJECT', 'REST.COPY.OBJECT_GET')))
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY requests DESC, last_time DESC, source_bucket, requester, remote_ip, operation, evidence
LIMIT 100`,
    },
    {
      id: 'AclRequired',
      name: 'Requests that needed an ACL',
      description: 'Requests that only an ACL allowed: what stops working when ACLs are disabled.',
      sql: `SELECT source_bucket, requester, operation,
  count(*) AS requests,
  min(key) AS example_key,
  max(${TIME}) AS last_time
FROM ${table}
WHERE ${RECENT}
  AND acl_required = 'Yes'
GROUP BY source_bucket, requester, operation
ORDER BY requests DESC, last_time DESC, source_bucket, requester, operation
LIMIT 100`,
    },
    {
      id: 'UnreadableLines',
      name: 'Lines that could not be read',
      description: 'Log objects with lines that do not fit the log format, which the other queries miss in whole or in part.',
      sql: `SELECT source_bucket, day, "$path" AS log_object, count(*) AS lines
FROM ${table}
WHERE ${RECENT}
  AND host_id IS NULL
GROUP BY source_bucket, day, "$path"
ORDER BY day DESC, source_bucket, log_object
LIMIT 100`,
    },
  ];
}
