/** An answer of S3's form to a request that cannot be served. Message and code hold nothing of the object. */
export class ViewError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** By lower-case name. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ViewError';
  }
}
