import { App } from 'aws-cdk-lib';
import { LedgerStack } from './ledger';

const app = new App();
new LedgerStack(app, 'Ledger', { terminationProtection: true });
app.synth();
