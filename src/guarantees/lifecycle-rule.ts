/** A lifecycle rule of a template, as far as guarantees look at it. */
export interface LifecycleRule {
  readonly Status?: string;
  readonly Prefix?: string;
  readonly TagFilters?: unknown;
  readonly ObjectSizeGreaterThan?: unknown;
  readonly ObjectSizeLessThan?: unknown;
  readonly ExpirationInDays?: unknown;
  readonly ExpirationDate?: unknown;
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation?: unknown };
}

/** Whether a rule is in force for every object of the bucket. */
export function isForWholeBucket({ Status, Prefix, TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRule): boolean {
  return Status === 'Enabled' && !Prefix && TagFilters === undefined && ObjectSizeGreaterThan === undefined && ObjectSizeLessThan === undefined;
}
