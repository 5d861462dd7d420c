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
