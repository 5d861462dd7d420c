import { BucketView, TemplateResource } from './bucket-view';
import { Finding, Guarantee, PropertyExpectation } from './guarantee';
import { canonicalStatement, listOf, sameStatement, StatementJson } from '../private/statement';

/** Where a guarantee does not hold in the final template; empty when it holds. */
export function verify(guarantee: Guarantee, view: BucketView): Finding[] {
  return [
    ...missingStatements(guarantee.statements?.(view.facts, view.arns) ?? [], view),
    ...(guarantee.properties?.(view.facts, view) ?? []).flatMap(expectation => unmetProperty(expectation, view)),
    ...(guarantee.inspect?.(view) ?? []),
  ];
}

/** The statements of all policies of the bucket in the final templates. */
export function statementsOf(policy: TemplateResource): Record<string, unknown>[] {
  const document = policy.Properties?.PolicyDocument as { Statement?: unknown } | undefined;
  return listOf(document?.Statement).filter((item): item is Record<string, unknown> => item !== null && typeof item === 'object');
}

function missingStatements(expected: StatementJson[], view: BucketView): Finding[] {
  if (expected.length === 0) {
    return [];
  }
  const policy = view.policies[0];
  const found = policy ? statementsOf(policy.resource) : [];
  const findings: Finding[] = [];
  for (const statement of expected) {
    const wanted = view.resolve(statement) as Record<string, unknown>;
    const index = found.findIndex(candidate => candidate.Sid === statement.Sid);
    const isFound = (index >= 0 && sameStatement(found[index], wanted)) || found.some(candidate => sameStatement(candidate, wanted));
    if (!isFound) {
      findings.push(index < 0
        ? {
          problem: policy ? `statement '${statement.Sid}' is not in the bucket policy` : `the bucket has no policy, so statement '${statement.Sid}' is missing`,
          location: 'Properties/PolicyDocument/Statement',
          logicalId: policy?.logicalId,
        }
        : {
          problem: `statement '${statement.Sid}' was changed: ${differences(wanted, found[index]).join('; ')}`,
          location: `Properties/PolicyDocument/Statement/${index}`,
          logicalId: policy.logicalId,
        });
    }
  }
  return findings;
}

function differences(wanted: Record<string, unknown>, found: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].filter(name => name !== 'Sid');
  return names
    .filter(name => canonicalStatement({ [name]: wanted[name] }) !== canonicalStatement({ [name]: found[name] }))
    .map(name => `${name} is ${JSON.stringify(found[name])} instead of ${JSON.stringify(wanted[name])}`);
}

function unmetProperty(expectation: PropertyExpectation, view: BucketView): Finding[] {
  const location = expectation.path.replace(/\./g, '/');
  let resource: TemplateResource | undefined = view.resource;
  let logicalId: string | undefined;
  if (expectation.resource === 'policy') {
    if (view.policies.length === 0) {
      return []; // nothing to retain or to condition; a missing statement is told by the guarantee that needs it
    }
    ({ resource, logicalId } = view.policies[0]);
  } else if (expectation.resource !== 'bucket') {
    logicalId = view.resolve(expectation.resource.logicalId) as string;
    resource = view.resourceOf(logicalId);
  }
  const value = expectation.path.split('.').reduce<unknown>(
    (at, name) => at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[name] : undefined, resource);
  return expectation.holds(value) ? [] : [{
    problem: `${expectation.path} is ${value === undefined ? 'missing' : JSON.stringify(value)} instead of ${expectation.expected}`,
    location,
    logicalId,
  }];
}
