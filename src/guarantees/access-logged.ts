import { bucketProperty } from './expect';
import { Guarantee } from './guarantee';

export const accessLogged: Guarantee = {
  id: 'access-logged',
  title: 'Requests are written to the access log bucket',
  reason: 'Without a record of requests nobody can tell what an intruder read.',
  awsPage: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
  rules: {
    securityHub: ['S3.9'],
    controlTower: ['CT.S3.PR.2'],
    cdkNag: [
      'AwsSolutions-S1',
      'HIPAA.Security-S3BucketLoggingEnabled',
      'NIST.800.53.R5-S3BucketLoggingEnabled',
      'PCI.DSS.321-S3BucketLoggingEnabled',
      'NIST.800.53.R4-S3BucketLoggingEnabled',
    ],
    nist: ['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)', 'CA-7', 'SC-7(9)', 'SI-3(8)', 'SI-4(20)', 'SI-7(8)'],
    pci: ['10.2.1'],
    hipaa: ['164.308(a)(3)(ii)(A)', '164.312(b)'],
  },
  constructs: ['SecureBucket', 'AccessLogBucket'],
  enforcedBy: 'property: `LoggingConfiguration` names the log bucket, with keys partitioned by event time',
  remedy: 'remove the override and set accessLogs',
  appliesTo: facts => facts.accessLogs !== undefined,
  properties: ({ accessLogs }, view) => [
    bucketProperty('LoggingConfiguration.DestinationBucketName', view.resolve(accessLogs!.destinationBucketName)),
    ...accessLogs!.prefix === undefined ? [] : [bucketProperty('LoggingConfiguration.LogFilePrefix', view.resolve(accessLogs!.prefix))],
    bucketProperty('LoggingConfiguration.TargetObjectKeyFormat.PartitionedPrefix.PartitionDateSource', 'EventTime'),
  ],
};
