/** The formats that can be redacted. */
export type Format = 'text' | 'csv' | 'tsv' | 'json' | 'ndjson' | 'xml';

export const FORMATS: readonly Format[] = ['text', 'csv', 'tsv', 'json', 'ndjson', 'xml'];
