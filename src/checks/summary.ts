import { IConstruct } from 'constructs';
import { SecureS3Plugin, Verdict } from './secure-s3-plugin';
import { policyBytes } from '../guarantees/oversized-policy';
import { MAXIMUM_POLICY_BYTES } from '../private/policy-size';

/** What the final templates say of one bucket. */
export interface BucketSummary {
  readonly path: string;
  readonly construct: string;
  readonly templatePath: string;
  readonly policyBytes: number;
  readonly maximumPolicyBytes: number;
  readonly guarantees: GuaranteeSummary[];
}

export interface GuaranteeSummary {
  readonly id: string;
  readonly title: string;
  readonly status: 'holds' | 'broken' | 'acknowledged';
  /** The statements and properties that hold it, as they stand in the template; or what broke it, and why that is accepted. */
  readonly detail: string[];
}

/** The buckets of a synthesized app, with what holds each of their guarantees. */
export function summarize(app: IConstruct): BucketSummary[] {
  const verdicts = SecureS3Plugin.of(app)?.verdicts() ?? [];
  const byBucket = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { path } = verdict.subject.construct.node;
    byBucket.set(path, [...byBucket.get(path) ?? [], verdict]);
  }
  return [...byBucket.entries()].map(([path, of]) => ({
    path,
    construct: of[0].subject.facts.construct,
    templatePath: of[0].templatePath,
    policyBytes: policyBytes(of[0].view),
    maximumPolicyBytes: MAXIMUM_POLICY_BYTES,
    guarantees: of.map(verdict => ({
      id: verdict.guarantee.id,
      title: verdict.guarantee.title,
      status: verdict.findings.length === 0 ? 'holds' : verdict.acknowledged === undefined ? 'broken' : 'acknowledged',
      detail: verdict.findings.length === 0 ? heldBy(verdict) : [
        ...verdict.findings.map(finding => finding.problem),
        ...verdict.acknowledged === undefined ? [] : [`accepted: ${verdict.acknowledged}`],
      ],
    })),
  }));
}

function heldBy({ guarantee, view }: Verdict): string[] {
  const statements = (guarantee.statements?.(view.facts, view.arns) ?? []).map(({ Sid }) => `statement ${Sid}`);
  const properties = (guarantee.properties?.(view.facts, view) ?? []).map(({ resource, path, expected }) => {
    const owner = typeof resource === 'string' ? resource : String(view.resolve(resource.logicalId));
    return `${owner}: ${path.replace(/^Properties\./, '')} = ${expected}`;
  });
  return [...statements, ...properties, ...guarantee.inspect ? [`checked: ${guarantee.enforcedBy}`] : []];
}
