/** Each of these actions on each of these resources, under the condition if there is one. Tokens of any kind. */
export interface Right {
  readonly actions: string[];
  readonly resources: string[];
  readonly condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}
