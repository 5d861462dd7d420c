import { Facts } from './facts';
import { Finding, Guarantee, PropertyExpectation } from './guarantee';
import { PolicyView, TemplateResource, View } from './view';
import { canonicalStatement, listOf, sameStatement, StatementJson } from '../private/statement';

/** Where a guarantee does not hold in the final template; empty when it holds. */
export function verify<F extends Facts, V extends View<F>>(guarantee: Guarantee<F, V>, view: V): Finding[] {
  return [
    ...missingStatements(guarantee.statements?.(view.facts, view.arns) ?? [], view),
    ...(guarantee.properties?.(view.facts, view) ?? []).flatMap(expectation => unmetProperty(expectation, view)),
    ...(guarantee.inspect?.(view) ?? []),
  ];
}

/** The statements of a policy in the final templates. */
export function statementsOf({ resource, property }: PolicyView): Record<string, unknown>[] {
  const document = resource.Properties?.[property] as { Statement?: unknown } | undefined;
  return listOf(document?.Statement).filter((item): item is Record<string, unknown> => item !== null && typeof item === 'object');
}

function missingStatements(expected: StatementJson[], view: View): Finding[] {
  if (expected.length === 0) {
    return [];
  }
  const policy = view.policies[0];
  const found = policy ? statementsOf(policy) : [];
  const findings: Finding[] = [];
  for (const statement of expected) {
    const wanted = view.resolve(statement) as Record<string, unknown>;
    const index = found.findIndex(candidate => candidate.Sid === statement.Sid);
    const isFound = (index >= 0 && sameStatement(found[index], wanted)) || found.some(candidate => sameStatement(candidate, wanted));
    if (!isFound) {
      findings.push(index < 0
        ? {
          problem: policy ? `statement '${statement.Sid}' is not in the ${noun(view)} policy` : `the ${noun(view)} has no policy, so statement '${statement.Sid}' is missing`,
          location: `Properties/${policy?.property ?? 'PolicyDocument'}/Statement`,
          logicalId: policy?.logicalId,
        }
        : {
          problem: `statement '${statement.Sid}' was changed: ${differences(wanted, found[index]).join('; ')}`,
          location: `Properties/${policy.property}/Statement/${index}`,
          logicalId: policy.logicalId,
        });
    }
  }
  return findings;
}

/** What a subject is called in an error. */
export function noun({ facts }: View): string {
  switch (facts.construct) {
    case 'AccessPoint':
    case 'VpcAccessPoint':
    case 'MultiRegionAccessPoint':
      return 'access point';
    case 'ObjectLambdaAccessPoint':
      return 'Object Lambda access point';
    case 'VpcEndpointForS3':
    case 'RedactedEndpoint':
      return 'endpoint';
    case 'RedactedCopy':
      return 'copy';
    default:
      return 'bucket';
  }
}

function differences(wanted: Record<string, unknown>, found: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].filter(name => name !== 'Sid');
  return names
    .filter(name => canonicalStatement({ [name]: wanted[name] }) !== canonicalStatement({ [name]: found[name] }))
    .map(name => `${name} is ${JSON.stringify(found[name])} instead of ${JSON.stringify(wanted[name])}`);
}

function unmetProperty(expectation: PropertyExpectation, view: View): Finding[] {
  const location = expectation.path.replace(/\./g, '/');
  let resource: TemplateResource | undefined = view.resource;
  let logicalId: string | undefined;
  if (expectation.resource === 'policy') {
    if (view.policies.length === 0) {
      return []; // nothing to retain or to condition; a missing statement is told by the guarantee that needs it
    }
    ({ resource, logicalId } = view.policies[0]);
  } else if (expectation.resource !== 'subject') {
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
