import { BucketFacts } from './facts';
import { BucketArns } from '../private/statement';

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Condition?: string;
}

/** A bucket in the final templates, wherever it lies. */
export interface BucketNode {
  /** The same for the same bucket, whichever template names it. */
  readonly identity: string;
  /** The construct path of a bucket of this library; of others, the stack and the logical id. */
  path: string;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** What a guarantee sees of a bucket in the final templates. */
export interface BucketView {
  readonly facts: BucketFacts;
  readonly logicalId: string;
  readonly resource: TemplateResource;
  /** Every bucket policy resource for this bucket, in whichever stack. */
  readonly policies: { readonly logicalId: string; readonly resource: TemplateResource; readonly sameTemplate: boolean }[];
  readonly arns: BucketArns;
  /** A resource of the same template. */
  readonly resourceOf: (logicalId: string) => TemplateResource | undefined;
  /** A value with its tokens as they stand in the template. */
  readonly resolve: (value: unknown) => unknown;
  /** The bucket that receives the access logs of `bucket` (by default this one), if it is in the app. */
  readonly logTargetOf: (bucket?: BucketNode) => BucketNode | undefined;
  readonly self: BucketNode;
}
