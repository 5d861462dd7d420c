/** A presigned URL, to be sent exactly as it is. */
export interface PresignedUrl {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number | undefined;
  /** As it is signed. */
  readonly path: string;
  /** Path and query, as they are signed. */
  readonly target: string;
  readonly query: URLSearchParams;
}

/** The hosts of buckets and of access points. */
const HOSTS = /^(?:[a-z0-9.-]+\.)?s3(?:-accesspoint)?(?:-fips)?(?:\.dualstack)?(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/i;

/**
 * Whether a URL leads to S3, and over TLS. Whoever invokes the function with an event of his own shall not have it ask other hosts, such as those
 * that only the function can reach. With `AWS_ENDPOINT_URL_S3` in the environment, S3 is elsewhere, as in tests; a function of this library whose
 * environment says more than its construct does is a finding of the checks.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
 */
export function isOfS3({ protocol, hostname, port = 443 }: PresignedUrl): boolean {
  return process.env.AWS_ENDPOINT_URL_S3 !== undefined || protocol === 'https:' && port === 443 && HOSTS.test(hostname);
}

/** The URL class would change keys: it resolves `.` and `..`, which are legal in them. */
export function parsePresignedUrl(url: string): PresignedUrl {
  const parts = /^(https?:)\/\/([^/?#:]+|\[[0-9a-f:]+\])(?::(\d+))?(\/[^?#]*)?(?:\?([^#]*))?$/i.exec(url);
  if (parts === null) {
    // The URL is a credential: no message may hold it.
    throw new Error('the presigned URL is none');
  }
  const [, protocol, hostname, port, path = '/', query = ''] = parts;
  return {
    protocol: protocol.toLowerCase() as 'http:' | 'https:',
    hostname,
    port: port === undefined ? undefined : Number(port),
    path,
    target: query === '' ? path : `${path}?${query}`,
    query: new URLSearchParams(query),
  };
}
