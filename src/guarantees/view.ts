import { BucketFacts, Facts } from './facts';
import { ResourceArns } from '../private/statement';

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

/** A policy document in the final templates. */
export interface PolicyView {
  readonly logicalId: string;
  readonly resource: TemplateResource;
  /** The property of the resource that holds the document. */
  readonly property: 'PolicyDocument' | 'Policy';
  readonly sameTemplate: boolean;
}

/** What a guarantee sees of its subject in the final templates. */
export interface View<F extends Facts = Facts> {
  readonly facts: F;
  readonly logicalId: string;
  readonly resource: TemplateResource;
  /** Every policy of the subject, in whichever stack, its own first. */
  readonly policies: PolicyView[];
  readonly arns: ResourceArns;
  /** A resource of the same template. */
  readonly resourceOf: (logicalId: string) => TemplateResource | undefined;
  /** The resources of a type in the same template. */
  readonly resourcesOfType: (type: string) => { readonly logicalId: string; readonly resource: TemplateResource }[];
  /** A value with its tokens as they stand in the template. */
  readonly resolve: (value: unknown) => unknown;
}

/** What a guarantee sees of a bucket. */
export interface BucketView<F extends Facts = BucketFacts> extends View<F> {
  /** The bucket that receives the access logs of `bucket` (by default this one), if it is in the app. */
  readonly logTargetOf: (bucket?: BucketNode) => BucketNode | undefined;
  readonly self: BucketNode;
}
