import { DeleteBucketLifecycleCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { operator, owner } from './server';

/** The server goes through the lifecycle rules of one bucket after the other: those of earlier tests would keep it from the next. */
afterAll(async () => {
  const { Buckets = [] } = await owner.send(new ListBucketsCommand({}));
  for (const { Name } of Buckets) {
    await operator.send(new DeleteBucketLifecycleCommand({ Bucket: Name }));
  }
});
