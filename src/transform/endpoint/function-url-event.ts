/**
 * A request as Lambda gives it to the function behind a function URL. Path and query are as the caller encoded them.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export interface FunctionUrlEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly http: { readonly method: string };
    readonly authorizer?: { readonly iam?: { readonly userArn?: string | null } };
  };
}
