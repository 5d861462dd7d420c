import { furtherRights } from './function-rights';
import { ownRole } from './function-role';
import { Guarantee } from './guarantee';
import { readingRights } from './reach-rights';
import { RedactedEndpointFacts } from './redacted-view-facts';

export const endpointFunctionConfined: Guarantee<RedactedEndpointFacts> = {
  id: 'endpoint-function-confined',
  title: 'The function of the redacted endpoint reads below the prefixes through its access point, writes its log and its traces, reads the secret it was given, and may do nothing else',
  reason: 'The function sees originals, and reads them with its own rights: a right to write would let them out, and one to read more would let callers have what the prefixes keep back.',
  awsPage: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  rules: {},
  constructs: ['RedactedEndpoint'],
  enforcedBy: 'property: the role of the function, which nobody else assumes; no policy of the template gives that role more than to read through the access point, with the key of the bucket',
  remedy: 'give the function no further rights, and say by the options of the construct what it reads',
  appliesTo: () => true,
  properties: ({ ownFunction }, view) => ownRole(ownFunction, view),
  inspect: view => furtherRights(view, view.facts.ownFunction, readingRights(view.facts.source)),
};
