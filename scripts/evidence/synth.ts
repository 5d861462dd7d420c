/** Prints the template of a stack with an archive and its evidence: what is deployed is what the checks read. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { ComplianceArchive } from '../../src/archive/compliance-archive';
import { Retention } from '../../src/archive/retention';

const app = new App();
const stack = new Stack(app, 'Evidence');
new ComplianceArchive(stack, 'Ledger', { retention: Retention.governanceYears(7), maximumRetention: Duration.days(3653), evidence: true });
process.stdout.write(JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template));
