import { Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Encryption, JwtIssuer, RedactedCopy, RedactedEndpoint, Redaction, SecureBucket } from 'cdk-secure-s3';
import { Construct } from 'constructs';

export interface SupportStackProps extends StackProps {
  /** Of the tokens of those who read in a browser: what the claim `iss` says. */
  readonly issuer: string;
  /** What the claim `aud` of their tokens says. */
  readonly audience: string;
}

/**
 * Tickets of customers in an account that has no S3 Object Lambda, to be read without personal data.
 *
 * - `Tickets` holds the originals, which only the ticket system reaches;
 * - `View` shows single tickets: to a role that signs its requests, and to people with a token;
 * - `Anonymized` holds redacted copies for queries over all of them, which follow their originals.
 */
export class SupportStack extends Stack {
  constructor(scope: Construct, id: string, props: SupportStackProps) {
    super(scope, id, props);

    const tickets = new SecureBucket(this, 'Tickets', { encryption: Encryption.kms(), eventBridge: true });
    const ticketSystem = new iam.Role(this, 'TicketSystem', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    tickets.grantReadWrite(ticketSystem);

    const redaction = Redaction.of({ fields: ['customer', 'address'] });
    const view = new RedactedEndpoint(this, 'View', {
      bucket: tickets,
      redaction,
      prefixes: ['closed/'],
      jwtIssuer: JwtIssuer.oidc({ issuer: props.issuer, audience: [props.audience] }),
    });
    view.grantRead(new iam.Role(this, 'QualityChecks', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    view.grantReadToClaim('groups', 'trainers', 'closed/training/');
    Validations.of(view).acknowledge({
      id: 'annotation::cloudfront-default-certificate', reason: 'an example has no domain of its own',
    });

    const anonymized = new SecureBucket(this, 'Anonymized', { lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }] });
    new RedactedCopy(this, 'Copy', { source: tickets, destination: anonymized, redaction, prefixes: ['closed/'] });
    const statistics = new iam.Role(this, 'Statistics', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
    anonymized.grantRead(statistics);
  }
}
