import { directInvokers, invitations, isThroughObjectLambda } from './function-callers';
import { furtherRights } from './function-rights';
import { ownRole } from './function-role';
import { Guarantee } from './guarantee';
import { ObjectLambdaFacts } from './object-lambda-facts';
import { ownViewRights } from './own-view-rights';

export const objectLambdaFunctionConfined: Guarantee<ObjectLambdaFacts> = {
  id: 'object-lambda-function-confined',
  title: 'The function writes its answers, its log and its traces, reads the secret or the table that it was given, and its own view if HEAD tells lengths, and may do nothing else; readers invoke it with their own rights only',
  reason: 'The function sees originals: a right to write elsewhere would let them out, and one to read would let a reader have what he has no right to.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-security.html',
  rules: {},
  constructs: ['ObjectLambdaAccessPoint'],
  enforcedBy: 'property: the role of the function, which nobody else assumes; no policy of the template gives that role more, or the same on another secret, table, key or view; no policy lets others invoke the function, and none that names it otherwise than through S3 Object Lambda',
  remedy: 'give the function no further rights and no trigger: transform with a function of your own behind an ObjectLambdaAccessPoint if it needs more',
  appliesTo: facts => facts.ownFunction !== undefined,
  properties: ({ ownFunction }, view) => ownRole(ownFunction!, view),
  inspect: view => [
    ...furtherRights(view, view.facts.ownFunction!, ownViewRights(view.facts)),
    ...invitations(view, view.facts.ownFunction!.logicalId, 'otherwise than through S3 Object Lambda'),
    ...directInvokers(view, view.facts.ownFunction!.logicalId, isThroughObjectLambda),
  ],
};
