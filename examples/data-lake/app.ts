import { App } from 'aws-cdk-lib';
import { DataLakeStack } from './data-lake';
import { TeamsStack } from './teams';

const app = new App();
new DataLakeStack(app, 'DataLake', {
  partnerAccount: '444455556666',
  jobsVpcEndpointId: 'vpce-0123456789abcdef0',
});
new TeamsStack(app, 'Teams');
app.synth();
