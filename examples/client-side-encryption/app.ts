import { App } from 'aws-cdk-lib';
import { VaultStack } from './vault';

const app = new App();
new VaultStack(app, 'Vault');
app.synth();
