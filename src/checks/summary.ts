import { IConstruct } from 'constructs';
import { SecureS3Plugin, Verdict } from './secure-s3-plugin';
import { policyBytes } from '../guarantees/oversized-policy';
import { MAXIMUM_POLICY_BYTES } from '../private/policy-size';

/** What the final templates say of one construct. */
export interface SubjectSummary {
  readonly path: string;
  /** What it is: several words for what is several things at once, such as a bucket that is an archive. */
  readonly constructs: string[];
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

/** The constructs of a synthesized app that give guarantees, with what holds each. */
export function summarize(app: IConstruct): SubjectSummary[] {
  const verdicts = SecureS3Plugin.of(app)?.verdicts() ?? [];
  const byPath = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { path } = verdict.subject.construct.node;
    byPath.set(path, [...byPath.get(path) ?? [], verdict]);
  }
  return [...byPath.entries()].map(([path, of]) => ({
    path,
    constructs: [...new Set(of.map(({ subject }) => subject.facts.construct))],
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
    const owner = resource === 'subject' ? '' : `${resource === 'policy' ? resource : String(view.resolve(resource.logicalId))}: `;
    return `${owner}${path.replace(/^Properties\./, '')} = ${expected}`;
  });
  return [...statements, ...properties, ...guarantee.inspect ? [`checked: ${guarantee.enforcedBy}`] : []];
}
