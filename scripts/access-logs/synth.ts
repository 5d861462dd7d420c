/** Prints the template of a stack with access log analytics: what is deployed is what the checks read. */
import { App, Stack } from 'aws-cdk-lib';
import { LoggingBucketPair } from '../../src/logging/logging-bucket-pair';

const app = new App();
const stack = new Stack(app, 'AccessLogs');
new LoggingBucketPair(stack, 'Data', { analytics: true });
process.stdout.write(JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template));
