import { App } from 'aws-cdk-lib';
import { SupportStack } from './support';

const app = new App();
new SupportStack(app, 'Support', { issuer: 'https://login.example.com/support', audience: 'tickets' });
app.synth();
