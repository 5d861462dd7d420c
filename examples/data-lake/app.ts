import { App } from 'aws-cdk-lib';
import { DataLakeStack } from './data-lake';

const app = new App();
new DataLakeStack(app, 'DataLake', {
  partnerAccount: '444455556666',
  jobsVpcEndpointId: 'vpce-0123456789abcdef0',
});
app.synth();
