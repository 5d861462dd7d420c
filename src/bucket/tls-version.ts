/**
 * The oldest TLS version that a bucket accepts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
export class TlsVersion {
  /** TLS 1.2 or newer: what AWS SDKs have used for years. */
  public static readonly TLS_1_2 = new TlsVersion(1.2);

  /** TLS 1.3 only: needs clients whose TLS library knows it. AWS services that use the bucket, CloudFormation among them, are clients, too. */
  public static readonly TLS_1_3 = new TlsVersion(1.3);

  /** As the condition key `s3:TlsVersion` writes it. */
  public readonly value: number;

  private constructor(value: number) {
    this.value = value;
  }
}
