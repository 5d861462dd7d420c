/** Writes the template of every configuration that the tests know into the directory that is given. */
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { build, CONFIGURATION_NAMES } from '../../test/configurations';
import { ourApp } from '../../test/validators/subjects';

const [, , directory] = process.argv;
if (directory === undefined) {
  throw new Error('say where the templates go: synth-configurations.ts <directory>');
}
mkdirSync(directory, { recursive: true });

function write(name: string, stack: Stack): void {
  const { template } = (stack.node.root as App).synth().getStackArtifact(stack.artifactId);
  writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(template, undefined, 1));
}

for (const name of CONFIGURATION_NAMES) {
  write(name, build(name).stack);
}
for (const stack of ourApp().node.children.filter(Stack.isStack)) {
  write(`validators-${stack.stackName}`, stack);
}
