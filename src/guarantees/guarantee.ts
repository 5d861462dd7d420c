import { BucketFacts, Facts } from './facts';
import { BucketView, View } from './view';
import { ResourceArns, StatementJson } from '../private/statement';

/** Controls of well-known rule sets that a guarantee meets. */
export interface OutsideRules {
  /** AWS Security Hub controls; the table marks those of AWS Foundational Security Best Practices. */
  readonly securityHub?: string[];
  /** CIS AWS Foundations Benchmark 3.0.0 and 5.0.0, which number these alike. */
  readonly cis?: string[];
  /** Control Tower proactive controls. */
  readonly controlTower?: string[];
  readonly cdkNag?: string[];
  /** NIST SP 800-53 revision 5, as Security Hub maps its controls. */
  readonly nist?: string[];
  /** PCI DSS 4.0.1, as Security Hub maps its controls. */
  readonly pci?: string[];
  /** HIPAA Security Rule, 45 CFR, as the AWS Config conformance pack maps its rules. */
  readonly hipaa?: string[];
  /** When the rules are met only in part. */
  readonly note?: string;
}

/** One value that a resource of the final template must hold. */
export interface PropertyExpectation {
  readonly resource: 'subject' | 'policy' | { readonly logicalId: string };
  /** From the resource down: `Properties.VersioningConfiguration.Status`, `DeletionPolicy`. */
  readonly path: string;
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

/** A place of the final template where a guarantee does not hold. */
export interface Finding {
  /** What undid the guarantee. */
  readonly problem: string;
  /** In the resource: `Properties/VersioningConfiguration/Status`. */
  readonly location: string;
  /** The resource, where it is not the subject itself. */
  readonly logicalId?: string;
}

/**
 * One sentence about a deployed bucket, access point or endpoint that a reviewer can check. Everything about it is in one file:
 * what it says and rests on, the statements or properties that hold it, and how it is found again in the final template.
 *
 * `F` is what its subjects were asked to be, `V` what it sees of them in the final template.
 */
export interface Guarantee<F extends Facts = BucketFacts, V extends View<F> = F extends BucketFacts ? BucketView<F> : View<F>> {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  /** The AWS documentation that it rests on. */
  readonly awsPage: string;
  readonly rules: OutsideRules;
  readonly constructs: F['construct'][];
  /** How it is enforced, in a few words, for the reader of the table of guarantees. */
  readonly enforcedBy: string;
  readonly remedy: string;
  appliesTo(facts: F): boolean;
  /** The statements that enforce it; the final policy must hold each, unchanged. */
  statements?(facts: F, arns: ResourceArns): StatementJson[];
  /** The properties that hold it in the final template. */
  properties?(facts: F, view: V): PropertyExpectation[];
  /** What neither statements nor properties can say, such as how two buckets stand to each other. */
  inspect?(view: V): Finding[];
}

/** A guarantee whose subjects are of any kind: `guaranteesOf` gives each subject its own. */
export type AnyGuarantee = Guarantee<Facts, View>;
