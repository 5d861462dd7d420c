import { readFileSync } from 'fs';
import { join } from 'path';
import { Aws, Stack } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { AwsServiceBucket } from '../../src/access-point/aws-service-bucket';
import { ConfigurationError } from '../../src/private/errors';
import { newStack } from '../checks/synth';

const CONSTANTS = Object.entries(AwsServiceBucket) as [string, AwsServiceBucket][];

function constant(name: string): AwsServiceBucket {
  return CONSTANTS.find(([each]) => each === name)![1];
}

function arnsOf(bucket: AwsServiceBucket, region: string, partition = 'aws'): unknown {
  return bucket._statement('Jobs', region, partition).Resource;
}

/** The ARNs of the objects in buckets. */
function objects(partition: string, ...names: string[]): string[] {
  return names.map(name => `arn:${partition}:s3:::${name}/*`);
}

// Every name is one that the AWS page in the docstring of the constant lists for the Region, or its pattern for all Regions.
describe('names', () => {
  test.each<[string, string, string, string[]]>([
    ['CLOUDFORMATION', 'eu-west-1', 'aws',
      ['cloudformation-custom-resource-response-euwest1', 'cloudformation-waitcondition-eu-west-1']],
    ['CLOUDFORMATION', 'us-west-2', 'aws',
      ['cloudformation-custom-resource-response-uswest2', 'cloudformation-waitcondition-us-west-2']],
    ['CLOUDFORMATION', 'us-gov-west-1', 'aws-us-gov',
      ['cloudformation-custom-resource-response-usgovwest1', 'cloudformation-waitcondition-us-gov-west-1']],
    ['CLOUDFORMATION', 'cn-north-1', 'aws-cn',
      ['cloudformation-custom-resource-response-cnnorth1', 'cloudformation-waitcondition-cn-north-1']],
    ['ECR_LAYERS', 'us-east-1', 'aws', ['prod-us-east-1-starport-layer-bucket']],
    ['ECR_LAYERS', 'cn-north-1', 'aws-cn', ['prod-cn-north-1-starport-layer-bucket']],
    ['SSM', 'us-east-2', 'aws', ['aws-windows-downloads-us-east-2', 'amazon-ssm-us-east-2', 'aws-ssm-us-east-2']],
    ['SSM_DISTRIBUTOR', 'us-east-2', 'aws',
      ['us-east-2-birdwatcher-prod', 'aws-ssm-document-attachments-us-east-2']],
    ['SSM_DISTRIBUTOR', 'eu-south-1', 'aws',
      ['aws-ssm-distributor-file-eu-south-1', 'aws-ssm-document-attachments-eu-south-1']],
    ['SSM_DISTRIBUTOR', 'af-south-1', 'aws',
      ['aws-ssm-distributor-file-af-south-1', 'aws-ssm-document-attachments-af-south-1']],
    ['PATCH_MANAGER', 'us-east-2', 'aws',
      ['aws-patch-manager-us-east-2-552881074', 'aws-patchmanager-macos-us-east-2-552881074', 'patch-baseline-snapshot-us-east-2']],
    ['PATCH_MANAGER', 'eu-west-1', 'aws',
      ['aws-patch-manager-eu-west-1-5522fb710', 'aws-patchmanager-macos-eu-west-1-5522fb710', 'patch-baseline-snapshot-eu-west-1']],
    ['PATCH_MANAGER', 'me-south-1', 'aws',
      ['aws-patch-manager-me-south-1-a53fc9dce', 'aws-patchmanager-macos-me-south-1-a53fc9dce', 'patch-baseline-snapshot-me-south-1-uduvl7q8']],
    ['PATCH_MANAGER', 'eu-south-2', 'aws',
      ['aws-patch-manager-eu-south-2-a4cf248b1', 'aws-patchmanager-macos-eu-south-2-a4cf248b1', 'patch-baseline-snapshot-eu-south-2-df2c9d70']],
    ['CODE_ARTIFACT', 'us-east-1', 'aws', ['assets-193858265520-us-east-1']],
    ['CODE_ARTIFACT', 'eu-west-1', 'aws', ['assets-438097961670-eu-west-1']],
    ['CODE_ARTIFACT', 'ap-south-1', 'aws', ['assets-681137435769-ap-south-1']],
    ['CLOUDWATCH_AGENT', 'eu-central-1', 'aws', ['amazoncloudwatch-agent-eu-central-1']],
    ['AMAZON_LINUX_2023', 'us-east-2', 'aws', ['al2023-repos-us-east-2-de612dc2']],
    ['AMAZON_LINUX_2', 'eu-west-1', 'aws', ['amazonlinux.eu-west-1.amazonaws.com', 'amazonlinux-2-repos-eu-west-1']],
    ['AMAZON_LINUX_1', 'us-east-1', 'aws', ['packages.us-east-1.amazonaws.com', 'repo.us-east-1.amazonaws.com']],
    ['EC2_IMAGE_BUILDER', 'us-west-2', 'aws',
      ['ec2imagebuilder-toe-us-west-2-prod', 'ec2imagebuilder-managed-resources-us-west-2-prod']],
    ['CODE_DEPLOY', 'eu-west-1', 'aws', ['aws-codedeploy-eu-west-1']],
    ['CODE_DEPLOY', 'us-gov-east-1', 'aws-us-gov', ['aws-codedeploy-us-gov-east-1']],
    ['ELASTIC_BEANSTALK', 'us-east-2', 'aws', ['elasticbeanstalk-samples-us-east-2',
      'elasticbeanstalk-platform-assets-us-east-2', 'elasticbeanstalk-env-resources-us-east-2', 'elasticbeanstalk-us-east-2']],
    ['ELASTIC_BEANSTALK', 'me-central-1', 'aws', ['elasticbeanstalk-samples-me-central-1',
      'elasticbeanstalk-platform-assets-me-central-1-f08b818c', 'elasticbeanstalk-env-resources-me-central-1-f08b818c', 'elasticbeanstalk-me-central-1']],
    ['ELASTIC_BEANSTALK', 'cn-north-1', 'aws-cn', ['elasticbeanstalk-samples-cn-north-1',
      'elasticbeanstalk-platform-assets-public-beta-cn-north-1', 'elasticbeanstalk-env-resources-cn-north-1', 'elasticbeanstalk-cn-north-1']],
    ['EMR', 'us-east-2', 'aws',
      ['repo.us-east-2.emr.amazonaws.com', 'aws157-instance-data-0-prod-us-east-2', 'aws157-instance-data-1-prod-us-east-2']],
    ['EMR', 'ap-southeast-2', 'aws', ['repo.ap-southeast-2.emr.amazonaws.com',
      'aws157-instance-data-bucket-0-prod-ap-southeast-2', 'aws157-instance-data-bucket-1-prod-ap-southeast-2']],
    ['EMR_LOGS', 'us-east-2', 'aws', ['aws157-logs-prod-us-east-2']],
    ['EMR_LOGS', 'us-east-1', 'aws', ['aws157-logs-prod']],
    ['EMR_APPLICATION_HISTORY', 'us-east-2', 'aws', ['prod.us-east-2.appinfo.src']],
  ])('%s in %s', (name, region, partition, names) => {
    expect(arnsOf(constant(name), region, partition)).toEqual(objects(partition, ...names));
  });

  test('SAGEMAKER_JUMPSTART is listed, too, for which the policy names the bucket itself', () => {
    expect(arnsOf(AwsServiceBucket.SAGEMAKER_JUMPSTART, 'eu-west-1'))
      .toEqual(['arn:aws:s3:::jumpstart-cache-prod-eu-west-1', 'arn:aws:s3:::jumpstart-cache-prod-eu-west-1/*']);
  });

  test.each(CONSTANTS)('%s names whole buckets, each once, in every Region where it names any', (_name, bucket) => {
    const named = RegionInfo.regions.flatMap(({ name: region }) => {
      try {
        return [bucket._statement('Jobs', region, 'aws').Resource as string[]];
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        return [];
      }
    });
    expect(named.length).toBeGreaterThan(10);
    for (const arns of named) {
      expect(new Set(arns).size).toBe(arns.length);
      expect(arns.filter(arn => !/^arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/\*)?$/.test(arn))).toEqual([]);
    }
  });
});

describe('statements', () => {
  test('allow everyone no more than reading objects, without a condition', () => {
    expect(AwsServiceBucket.ECR_LAYERS._statement('Jobs', 'eu-west-1', 'aws')).toEqual({
      Sid: 'AwsEcrLayers',
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'],
    });
  });

  test('name other actions for these services only', () => {
    const others = CONSTANTS.map(([name, bucket]) => [name, bucket._statement('Jobs', 'eu-west-1', 'aws').Action])
      .filter(([, actions]) => JSON.stringify(actions) !== '["s3:GetObject"]');
    expect(Object.fromEntries(others)).toEqual({
      CLOUDFORMATION: ['s3:PutObject'],
      EMR_LOGS: ['s3:Put*'],
      EMR_APPLICATION_HISTORY: ['s3:Put*', 's3:Get*', 's3:Create*', 's3:Abort*', 's3:List*'],
      SAGEMAKER_JUMPSTART: ['s3:GetObject', 's3:ListBucket'],
    });
  });

  test('have Sids of their own, of letters and digits', () => {
    const sids = CONSTANTS.map(([, bucket]) => bucket._statement('Jobs', 'eu-west-1', 'aws').Sid);
    expect(sids.filter(sid => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
    expect(new Set(sids).size).toBe(CONSTANTS.length);
  });
});

describe('in a stack without an explicit Region', () => {
  const resolved = (bucket: AwsServiceBucket): unknown => {
    const stack = new Stack(undefined, 'Agnostic');
    return stack.resolve(bucket._statement(stack, stack.region, stack.partition).Resource);
  };

  test('names that hold the Region as it is are put together at deployment', () => {
    expect(resolved(AwsServiceBucket.ECR_LAYERS)).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::prod-', { Ref: 'AWS::Region' }, '-starport-layer-bucket/*']] },
    ]);
  });

  test('so are those that hold it without hyphens', () => {
    expect(resolved(AwsServiceBucket.CLOUDFORMATION)).toEqual([
      {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':s3:::cloudformation-custom-resource-response-',
          { 'Fn::Join': ['', { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, '/*',
        ]],
      },
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::cloudformation-waitcondition-', { Ref: 'AWS::Region' }, '/*']] },
    ]);
  });

  test('those that differ by Region are refused, and no others', () => {
    const refused = CONSTANTS.filter(([, bucket]) => {
      try {
        bucket._statement('Jobs', Aws.REGION, 'aws');
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        return true;
      }
    });
    expect(refused.map(([name]) => name)).toEqual(['SSM_DISTRIBUTOR', 'PATCH_MANAGER', 'CODE_ARTIFACT', 'ELASTIC_BEANSTALK', 'EMR', 'EMR_LOGS']);
    expect(() => AwsServiceBucket.CODE_ARTIFACT._statement(newStack(), Aws.REGION, 'aws')).toThrow(
      '[Stack] the names of the AWS buckets for CodeArtifact differ by Region, and the Region is known only at deployment: '
      + "give the stack an explicit Region: env: { region: 'eu-west-1' }");
  });
});

test.each<[string, string, string]>([
  ['CODE_ARTIFACT', 'sa-east-1', 'CodeArtifact'],
  ['PATCH_MANAGER', 'us-gov-west-1', 'PatchManager'],
  ['AMAZON_LINUX_2', 'cn-north-1', 'AmazonLinux2'],
  ['AMAZON_LINUX_1', 'cn-northwest-1', 'AmazonLinux1'],
  ['EMR', 'cn-north-1', 'Emr'],
])('%s is refused in %s, which AWS does not list', (name, region, service) => {
  expect(() => constant(name)._statement('Data/Jobs', region, 'aws')).toThrow(`[Data/Jobs] AWS lists no bucket for ${service} in the Region ${region}: `
    + "leave it out, or name the bucket with AwsServiceBucket.of('BUCKET') if you know that it belongs to AWS");
});

describe('of', () => {
  test('puts the Region of the stack into the name', () => {
    expect(AwsServiceBucket.of('al2023-{region}')._statement('Jobs', 'eu-west-1', 'aws')).toEqual({
      Sid: expect.stringMatching(/^AwsBucket[0-9a-f]{16}$/),
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws:s3:::al2023-eu-west-1/*'],
    });
  });

  test.each<[string[], string[]]>([
    [['s3:ListBucket'], ['arn:aws:s3:::aws-cli']],
    [['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::aws-cli', 'arn:aws:s3:::aws-cli/*']],
    [['s3:PutObject', 's3:AbortMultipartUpload'], ['arn:aws:s3:::aws-cli/*']],
  ])('allows %j on the bucket or its objects', (actions, arns) => {
    expect(AwsServiceBucket.of('aws-cli', actions)._statement('Jobs', 'us-east-1', 'aws')).toMatchObject({ Action: actions, Resource: arns });
  });

  test('gives what is different Sids of its own, and what is the same one', () => {
    const sidOf = (...given: Parameters<typeof AwsServiceBucket.of>): string => AwsServiceBucket.of(...given)._statement('Jobs', 'us-east-1', 'aws').Sid;
    expect(new Set([sidOf('a-bc'), sidOf('ab-c'), sidOf('a.bc'), sidOf('a-bc', ['s3:PutObject'])]).size).toBe(4);
    expect(sidOf('a-bc')).toBe(sidOf('a-bc', ['s3:GetObject']));
    expect(sidOf('a-bc', ['s3:GetObject', 's3:PutObject'])).toBe(sidOf('a-bc', ['s3:PutObject', 's3:GetObject']));
  });

  test.each(['', 'ab', 'Bucket', 'a_b', 'aws-ssm-*', '*', 'bucket/prefix', 'arn:aws:s3:::bucket', 'two..dots', '-bucket', 'bucket-', 'a-{Region}', 'x'.repeat(64)])(
    'refuses the name %j', name => {
      expect(() => AwsServiceBucket.of(name)).toThrow(`[AwsServiceBucket.of] '${name}' is not the name of a bucket: `
        + 'write 3 to 63 lowercase letters, digits, hyphens and dots, and {region} for the Region of the stack');
    });

  test('refuses a name that is known only at deployment', () => {
    expect(() => AwsServiceBucket.of(`aws-ssm-${Aws.REGION}`)).toThrow(
      '[AwsServiceBucket.of] the name of the bucket is known only at deployment: write it out, with {region} for the Region of the stack');
  });

  test.each(['*', 's3:*', 's3:Get*', 'ec2:RunInstances', 'GetObject', 's3:getobject'])('refuses the action %j', action => {
    expect(() => AwsServiceBucket.of('aws-cli', ['s3:GetObject', action])).toThrow(
      `[AwsServiceBucket.of] '${action}' is not an action of Amazon S3: name actions such as s3:GetObject, without wildcards`);
  });

  test('refuses no action at all', () => {
    expect(() => AwsServiceBucket.of('aws-cli', [])).toThrow('[AwsServiceBucket.of] no action is given: name actions such as s3:GetObject, without wildcards');
  });
});

test('every constant refers to the AWS page that lists its buckets', () => {
  const source = readFileSync(join(__dirname, '../../src/access-point/aws-service-bucket.ts'), 'utf8');
  const described = [...source.matchAll(/\* @see https:\/\/docs\.aws\.amazon\.com\/\S+\n +\*\/\n +public static readonly (\w+) =/g)].map(([, name]) => name);
  expect(described).toEqual(CONSTANTS.map(([name]) => name));
});
