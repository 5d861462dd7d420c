import { Stack, StackProps } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureBucket } from 'cdk-secure-s3';
import { Construct } from 'constructs';

/**
 * Two websites, where the shop loads images from the media site.
 *
 * Both buckets stay closed: CloudFront reads them with origin access control. The browser asks the media site from a page of
 * the shop, which is another origin, so the media bucket names the shop in its CORS rules.
 */
export class WebsitesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const shop = new SecureBucket(this, 'Shop');
    const shopSite = new cloudfront.Distribution(this, 'ShopSite', {
      defaultRootObject: 'index.html',
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(shop),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
    });

    const media = new SecureBucket(this, 'Media', {
      cors: [{
        allowedOrigins: [`https://${shopSite.distributionDomainName}`],
        allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.HEAD],
        maxAge: 3600,
      }],
    });
    new cloudfront.Distribution(this, 'MediaSite', {
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(media),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        // S3 answers with CORS headers only if CloudFront passes the Origin header on.
        originRequestPolicy: cloudfront.OriginRequestPolicy.CORS_S3_ORIGIN,
        responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
      },
    });
  }
}
