import { createHash } from 'crypto';
import { Token } from 'aws-cdk-lib';
import { CODE_ARTIFACT_ASSETS, nameIn, PATCHING, ServiceBucketName } from './aws-service-bucket-names';
import { ConfigurationError, Place } from '../private/errors';
import { StatementJson } from '../private/statement';

const READ = ['s3:GetObject'];

/**
 * Buckets of AWS itself that workloads in a VPC need, in the Region of the VPC endpoint: what an endpoint policy that names buckets
 * has to let through besides one's own.
 *
 * Every constant names the buckets that the AWS page it refers to lists, in the stack's Region only, and lets anyone in the VPC do
 * with them what that page says is needed. That is reading, where nothing else is said.
 *
 * Most names hold the Region and nothing else that varies. For the others, as said there, the stack needs an explicit Region.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#vpc-endpoints-policies-s3
 */
export class AwsServiceBucket {
  /**
   * Where custom resources and wait conditions in the VPC put their responses. Without it, stacks wait for them until they time out.
   *
   * Allowed is putting objects; the URL that CloudFormation gives for it is signed by CloudFormation.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
   */
  public static readonly CLOUDFORMATION = new AwsServiceBucket('CloudFormation', [
    // The Region is written `euwest1` in the one, and `eu-west-1` in the other.
    { template: 'cloudformation-custom-resource-response-{regionWithoutHyphens}' },
    { template: 'cloudformation-waitcondition-{region}' },
  ], ['s3:PutObject']);

  /**
   * The layers of the container images in Amazon ECR, which Amazon ECS, AWS Fargate and Amazon EKS pull.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
   */
  public static readonly ECR_LAYERS = new AwsServiceBucket('EcrLayers', [{ template: 'prod-{region}-starport-layer-bucket' }]);

  /**
   * Installations of the SSM Agent, and the modules of Systems Manager documents. Patching also needs `PATCH_MANAGER`, and packages
   * `SSM_DISTRIBUTOR`.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html#ssm-agent-minimum-s3-permissions
   */
  public static readonly SSM = new AwsServiceBucket('Ssm', [
    { template: 'aws-windows-downloads-{region}' },
    { template: 'amazon-ssm-{region}' },
    { template: 'aws-ssm-{region}' },
  ]);

  /**
   * Packages that Systems Manager installs with the document AWS-ConfigureAWSPackage, the CloudWatch agent among them.
   *
   * The stack needs an explicit Region.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html
   */
  public static readonly SSM_DISTRIBUTOR = new AwsServiceBucket('SsmDistributor', [
    {
      template: '{region}-birdwatcher-prod',
      byRegion: { 'af-south-1': 'aws-ssm-distributor-file-af-south-1', 'eu-south-1': 'aws-ssm-distributor-file-eu-south-1' },
    },
    { template: 'aws-ssm-document-attachments-{region}' },
  ]);

  /**
   * Patch baseline snapshots, and the modules of the documents of Patch Manager for Linux, Windows Server and macOS. Documents of
   * both kinds need `SSM`, too, and the packages come from the repositories of the operating system.
   *
   * The stack needs an explicit Region, one that the AWS page lists.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html
   */
  public static readonly PATCH_MANAGER = new AwsServiceBucket('PatchManager', PATCHING);

  /**
   * The packages in AWS CodeArtifact, but for Python and Swift, which do not come from S3.
   *
   * The stack needs an explicit Region, one that has CodeArtifact.
   *
   * @see https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html
   */
  public static readonly CODE_ARTIFACT = new AwsServiceBucket('CodeArtifact', [CODE_ARTIFACT_ASSETS]);

  /**
   * Downloads of the CloudWatch agent, from the Region's own bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/verify-CloudWatch-Agent-Package-Signature.html
   */
  public static readonly CLOUDWATCH_AGENT = new AwsServiceBucket('CloudWatchAgent', [{ template: 'amazoncloudwatch-agent-{region}' }]);

  /**
   * The package repository of Amazon Linux 2023.
   *
   * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/private-subnet-iampolicy.html
   */
  public static readonly AMAZON_LINUX_2023 = new AwsServiceBucket('AmazonLinux2023', [{ template: 'al2023-repos-{region}-de612dc2' }]);

  /**
   * The package repositories of Amazon Linux 2. Not in China.
   *
   * @see https://docs.aws.amazon.com/linux/al2/ug/al2-live-patching.html
   */
  public static readonly AMAZON_LINUX_2 = new AwsServiceBucket('AmazonLinux2', [
    { template: 'amazonlinux.{region}.amazonaws.com', isUnlistedInChina: true },
    { template: 'amazonlinux-2-repos-{region}' },
  ]);

  /**
   * The package repositories of the Amazon Linux AMI, the first Amazon Linux. Not in China.
   *
   * @see https://docs.aws.amazon.com/linux/al2/ug/al2-live-patching.html
   */
  public static readonly AMAZON_LINUX_1 = new AwsServiceBucket('AmazonLinux1', [
    { template: 'packages.{region}.amazonaws.com', isUnlistedInChina: true },
    { template: 'repo.{region}.amazonaws.com', isUnlistedInChina: true },
  ]);

  /**
   * What EC2 Image Builder and its component manager AWSTOE download to the instances that build images.
   *
   * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/security-iam-data-perimeter.html
   */
  public static readonly EC2_IMAGE_BUILDER = new AwsServiceBucket('Ec2ImageBuilder', [
    { template: 'ec2imagebuilder-toe-{region}-prod' },
    { template: 'ec2imagebuilder-managed-resources-{region}-prod' },
  ]);

  /**
   * Installations of the CodeDeploy agent.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/resource-kit.html#resource-kit-bucket-names
   */
  public static readonly CODE_DEPLOY = new AwsServiceBucket('CodeDeploy', [{ template: 'aws-codedeploy-{region}' }]);

  /**
   * Platforms and sample applications of Elastic Beanstalk. Its environments report to CloudFormation, so they need `CLOUDFORMATION`,
   * too, and the account's own bucket `elasticbeanstalk-REGION-ACCOUNT`.
   *
   * The stack needs an explicit Region.
   *
   * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/vpc-vpce.policy.html
   */
  public static readonly ELASTIC_BEANSTALK = new AwsServiceBucket('ElasticBeanstalk', [
    { template: 'elasticbeanstalk-samples-{region}' },
    {
      template: 'elasticbeanstalk-platform-assets-{region}',
      byRegion: {
        'cn-north-1': 'elasticbeanstalk-platform-assets-public-beta-cn-north-1',
        'me-central-1': 'elasticbeanstalk-platform-assets-me-central-1-f08b818c',
      },
    },
    { template: 'elasticbeanstalk-env-resources-{region}', byRegion: { 'me-central-1': 'elasticbeanstalk-env-resources-me-central-1-f08b818c' } },
    { template: 'elasticbeanstalk-{region}' },
  ]);

  /**
   * The repository of Amazon EMR, and the instance data that clusters of EMR 8.0.0 and later need. Clusters also need the packages
   * of the Amazon Linux that they run on: `AMAZON_LINUX_2023` from EMR 7.0.0 on, `AMAZON_LINUX_2` from 5.30.0 on.
   *
   * The stack needs an explicit Region, and not one in China.
   *
   * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/private-subnet-iampolicy.html
   */
  public static readonly EMR = new AwsServiceBucket('Emr', [
    { template: 'repo.{region}.emr.amazonaws.com', isUnlistedInChina: true },
    { template: 'aws157-instance-data-0-prod-{region}', byRegion: { 'ap-southeast-2': 'aws157-instance-data-bucket-0-prod-ap-southeast-2' } },
    { template: 'aws157-instance-data-1-prod-{region}', byRegion: { 'ap-southeast-2': 'aws157-instance-data-bucket-1-prod-ap-southeast-2' } },
  ]);

  /**
   * Where clusters of Amazon EMR with logging put logs for AWS, besides the log bucket that they are given. It can be written to
   * (`s3:Put*`) from anywhere in the VPC: name it only where such clusters run.
   *
   * The stack needs an explicit Region.
   *
   * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/private-subnet-iampolicy.html
   */
  public static readonly EMR_LOGS = new AwsServiceBucket('EmrLogs', [
    { template: 'aws157-logs-prod-{region}', byRegion: { 'us-east-1': 'aws157-logs-prod' } },
  ], ['s3:Put*']);

  /**
   * Where clusters of Amazon EMR put what the persistent application user interfaces show, such as the Spark history server. It can
   * be written to from anywhere in the VPC, with the actions that the AWS page names: name it only where such clusters run.
   *
   * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/private-subnet-iampolicy.html
   */
  public static readonly EMR_APPLICATION_HISTORY = new AwsServiceBucket('EmrApplicationHistory', [{ template: 'prod.{region}.appinfo.src' }],
    ['s3:Put*', 's3:Get*', 's3:Create*', 's3:Abort*', 's3:List*']);

  /**
   * The models of Amazon SageMaker JumpStart. Allowed are reading and listing.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/jumpstart-deploy.html
   */
  public static readonly SAGEMAKER_JUMPSTART = new AwsServiceBucket('SageMakerJumpStart', [{ template: 'jumpstart-cache-prod-{region}' }],
    [...READ, 's3:ListBucket']);

  /**
   * Another bucket of AWS.
   *
   * Bucket names are taken by whoever is first: name a bucket only in Regions where it is known to belong to AWS.
   *
   * @param bucketName in which `{region}` stands for the Region of the stack: `al2023-{region}`
   * @param actions what is allowed on the bucket and its objects, without wildcards; reading objects (`s3:GetObject`) unless given
   * @throws if this is not the name of a bucket, or not an action of Amazon S3
   */
  public static of(bucketName: string, actions: string[] = READ): AwsServiceBucket {
    const refuse = (problem: string, remedy: string): never => {
      throw new ConfigurationError('AwsServiceBucket.of', problem, remedy);
    };
    if (Token.isUnresolved(bucketName)) {
      refuse('the name of the bucket is known only at deployment', 'write it out, with {region} for the Region of the stack');
    }
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    if (!/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketName.replaceAll('{region}', 'eu-west-1'))) {
      refuse(`'${bucketName}' is not the name of a bucket`,
        'write 3 to 63 lowercase letters, digits, hyphens and dots, and {region} for the Region of the stack');
    }
    const wrong = actions.find(action => !/^s3:[A-Z][A-Za-z]+$/.test(action));
    if (wrong !== undefined || actions.length === 0) {
      refuse(wrong === undefined ? 'no action is given' : `'${wrong}' is not an action of Amazon S3`, 'name actions such as s3:GetObject, without wildcards');
    }
    const hash = createHash('sha256').update(JSON.stringify([bucketName, [...actions].sort()])).digest('hex').slice(0, 16);
    return new AwsServiceBucket(`Bucket${hash}`, [{ template: bucketName }], actions);
  }

  private constructor(private readonly service: string, private readonly names: ServiceBucketName[], private readonly actions: string[] = READ) {
  }

  /**
   * The statement that lets requests through an endpoint.
   *
   * @param place what needs the buckets, for error messages
   * @param region the Region of the endpoint, which may be a token
   * @throws if the names cannot be known, or AWS lists none in the Region
   * @internal
   */
  public _statement(place: Place | string, region: string, partition: string): StatementJson {
    const arns = this.names.map(name => `arn:${partition}:s3:::${nameIn(place, this.service, name, region)}`);
    const isOnBuckets = (action: string): boolean => action.includes('Bucket');
    return {
      Sid: `Aws${this.service}`,
      Effect: 'Allow',
      Principal: '*',
      Action: [...this.actions],
      Resource: [
        ...(this.actions.some(isOnBuckets) ? arns : []),
        ...(this.actions.every(isOnBuckets) ? [] : arns.map(arn => `${arn}/*`)),
      ],
    };
  }
}
