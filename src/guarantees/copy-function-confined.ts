import { directInvokers, invitations, isThroughUrl } from './function-callers';
import { furtherRights } from './function-rights';
import { ownRole } from './function-role';
import { Guarantee } from './guarantee';
import { deletionRights, readingRights, writingRights } from './reach-rights';
import { RedactedCopyFacts } from './redacted-view-facts';
import { View } from './view';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const TAKE_EVENTS = ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueUrl', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export const copyFunctionConfined: Guarantee<RedactedCopyFacts> = {
  id: 'copy-function-confined',
  title: 'The function of the copy reads originals and writes copies through their access points, writes its log and its traces, and may do nothing else; its queue and its jobs alone invoke it',
  reason: 'The function sees originals: a right to write elsewhere would let them out, and one to delete more would let it destroy them.',
  awsPage: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  rules: {},
  constructs: ['RedactedCopy'],
  enforcedBy: 'property: the role of the function, which nobody else assumes; no policy of the template gives that role more; no other event source, permission or policy names the function',
  remedy: 'give the function no further rights and no trigger; events go to its queue, and what is there already is copied by backfillCommand',
  appliesTo: () => true,
  properties: ({ ownFunction }, view) => ownRole(ownFunction, view),
  inspect: view => [...furtherRights(view, view.facts.ownFunction, rightsOf(view)), ...furtherCallers(view)],
};

function rightsOf({ facts: { source, destination, deletes, queueArn } }: View<RedactedCopyFacts>) {
  return [
    ...readingRights(source),
    ...readingRights(destination),
    ...writingRights(destination),
    ...deletes ? deletionRights(destination) : [],
    { actions: TAKE_EVENTS, resources: [queueArn] },
  ];
}

function furtherCallers(view: View<RedactedCopyFacts>) {
  const { ownFunction: { logicalId }, queueArn, batchRoleLogicalId } = view.facts;
  const queue = JSON.stringify(view.resolve(queueArn));
  return [
    ...invitations(view, logicalId, 'otherwise than by its queue', ({ type, resource }) =>
      type === 'AWS::Lambda::EventSourceMapping' && JSON.stringify(resource.Properties?.EventSourceArn) === queue),
    ...directInvokers(view, logicalId, isThroughUrl, batchRoleLogicalId),
  ];
}
