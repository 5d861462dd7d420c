import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Encryption, SecureBucket } from 'cdk-secure-s3';
import { Construct } from 'constructs';

/** Documents that S3 never sees in the clear: `client.ts` encrypts before the upload and decrypts after the download. */
export class VaultStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vault = new SecureBucket(this, 'Vault', { encryption: Encryption.clientSide() });

    // The writer can encrypt and upload, but read nothing back; the reader can download and decrypt, but write nothing.
    const writer = new iam.Role(this, 'Writer', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    vault.grantPut(writer);
    vault.grantClientSideEncrypt(writer);

    const reader = new iam.Role(this, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    vault.grantRead(reader);
    vault.grantClientSideDecrypt(reader);

    new CfnOutput(this, 'VaultBucket', { value: vault.bucketName });
    new CfnOutput(this, 'VaultKey', { value: vault.clientSideKey!.keyArn });
  }
}
