/** Synthesizes the example of the data lake with the built library, checks it, and explains what came out. */
import { existsSync, readdirSync } from 'fs';
import { join, relative } from 'path';
import { App } from 'aws-cdk-lib';
import { DataLakeStack } from '../../examples/data-lake/data-lake';
import { TeamsStack } from '../../examples/data-lake/teams';
import { SubjectSummary, summarize } from '../../lib/checks/summary';

const OUTPUT = join(__dirname, '..', '..', 'examples', 'data-lake', 'cdk.out');
const MARKS = { holds: '✔', broken: '✘', acknowledged: '~' };

const app = new App({ outdir: OUTPUT });
new DataLakeStack(app, 'DataLake', { partnerAccount: '444455556666', jobsVpcEndpointId: 'vpce-0123456789abcdef0' });
new TeamsStack(app, 'Teams');

// CDK writes its own report to standard error; the summary below says the same in more words.
const { error } = console;
console.error = () => undefined;
app.synth();
console.error = error;

const summaries = summarize(app);
if (summaries.length === 0) {
  throw new Error('the example holds no bucket of the library');
}
summaries.forEach(explain);

const judged = summaries.flatMap(({ guarantees }) => guarantees);
const broken = judged.filter(({ status }) => status === 'broken').length;
const templates = readdirSync(OUTPUT).filter(file => file.endsWith('.template.json')).map(file => join(OUTPUT, file));
console.log(`${summaries.length} buckets, access points and endpoints, ${judged.length} guarantees: ${judged.length - broken} hold, ${broken} broken.`);
console.log(`Templates: ${templates.map(file => relative(process.cwd(), file)).join(', ')}`);
if (broken > 0 || process.exitCode || !templates.every(existsSync)) {
  process.exitCode = 1;
}

function explain({ path, constructs, guarantees, policyBytes, maximumPolicyBytes }: SubjectSummary): void {
  console.log(`\n${path} (${constructs.join(', ')})`);
  if (policyBytes > 0) {
    console.log(`  policy: about ${policyBytes} of ${maximumPolicyBytes} bytes (${Math.round(100 * policyBytes / maximumPolicyBytes)} %)`);
  }
  for (const { id, title, status, detail } of guarantees) {
    console.log(`  ${MARKS[status]} ${title} [${id}]`);
    console.log(`      ${detail.join('; ')}`);
  }
}
