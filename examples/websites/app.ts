import { App } from 'aws-cdk-lib';
import { WebsitesStack } from './websites';

const app = new App();
new WebsitesStack(app, 'Websites');
app.synth();
