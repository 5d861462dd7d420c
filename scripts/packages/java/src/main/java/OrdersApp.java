import io.github.cdksecures3.Encryption;
import io.github.cdksecures3.LoggingBucketPair;
import io.github.cdksecures3.Mask;
import io.github.cdksecures3.PiiType;
import io.github.cdksecures3.PresignedUrls;
import io.github.cdksecures3.RedactedEndpoint;
import io.github.cdksecures3.RedactingObjectLambdaAccessPoint;
import io.github.cdksecures3.Redaction;
import io.github.cdksecures3.RedactionProps;
import io.github.cdksecures3.SecureBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;

/** An app that uses the library from Java, as jsii packs it. */
public final class OrdersApp {
  public static void main(String[] arguments) throws Exception {
    App app = new App(AppProps.builder().outdir("cdk.out").build());
    Stack stack = new Stack(app, "Java");
    LoggingBucketPair pair = LoggingBucketPair.Builder.create(stack, "Lake").build();
    SecureBucket orders = SecureBucket.Builder.create(stack, "Orders")
        .encryption(Encryption.kms())
        .presignedUrls(PresignedUrls.maxAge(Duration.minutes(15)))
        .accessLogs(pair.getLogs())
        .build();
    Role analyst = Role.Builder.create(stack, "Analyst").assumedBy(new AccountRootPrincipal()).build();
    Redaction redaction = Redaction.of(RedactionProps.builder()
        .types(List.of(PiiType.EMAIL, PiiType.CREDIT_DEBIT_NUMBER))
        .fields(List.of("customer.name"))
        .masks(Map.of("EMAIL", Mask.remove()))
        .build());
    RedactingObjectLambdaAccessPoint.Builder.create(stack, "View").bucket(orders).redaction(redaction).prefixes(List.of("orders/")).build()
        .grantRead(analyst, "orders/2026/");
    RedactedEndpoint.Builder.create(stack, "Endpoint").bucket(orders).redaction(redaction).build().grantRead(analyst, "orders/");
    app.synth();

    String template = Files.readString(Path.of("cdk.out", "Java.template.json"));
    for (String expected : List.of("TlsOnly", "EncryptionKey", "PresignedUrls", "AWS::S3ObjectLambda::AccessPoint", "AWS::Lambda::Url")) {
      check(template.contains(expected), "the template has no " + expected);
    }
    String message = failureOf(() -> PresignedUrls.maxAge(Duration.days(8)));
    check(message.contains("7 days") || message.contains("at most"), "a maximum age of 8 days: " + message);

    App weakened = new App(AppProps.builder().outdir("weakened.out").build());
    SecureBucket bucket = new SecureBucket(new Stack(weakened, "Weakened"), "Data");
    ((CfnResource) bucket.getNode().getDefaultChild()).addPropertyDeletionOverride("VersioningConfiguration");
    check(failureOf(weakened::synth).contains("alidation"), "a weakened bucket was synthesized");
    System.out.println("Java: a template of " + template.length() + " characters, and a weakened bucket fails synthesis");
  }

  private static String failureOf(Runnable action) {
    try {
      action.run();
      return "nothing failed";
    } catch (RuntimeException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError(problem);
    }
  }
}
