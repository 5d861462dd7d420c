import { Finding, Guarantee } from './guarantee';
import { BucketView } from './view';

export const noLogLoop: Guarantee = {
  id: 'no-log-loop',
  title: 'No bucket receives logs of its own log deliveries',
  reason: 'Each delivered log is a request that is logged again: a loop, also over several buckets, grows and is billed without end.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  rules: {},
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: the chain of `LoggingConfiguration` over all templates ends',
  remedy: 'send the logs of the last bucket of the chain nowhere',
  appliesTo: () => true,
  inspect: findLoop,
};

function findLoop(view: BucketView): Finding[] {
  const chain = [view.self];
  const seen = new Set([view.self.identity]);
  for (let target = view.logTargetOf(); target; target = view.logTargetOf(target)) {
    chain.push(target);
    if (target.identity === view.self.identity) {
      return [{
        problem: `access logs run in a circle: ${chain.map(bucket => bucket.path).join(' -> ')}`,
        location: 'Properties/LoggingConfiguration/DestinationBucketName',
      }];
    }
    if (seen.has(target.identity)) {
      return []; // a loop further on, told by the buckets in it
    }
    seen.add(target.identity);
  }
  return [];
}
