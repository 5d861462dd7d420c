"""An app that uses the library from Python, as jsii packs it."""
import json
from pathlib import Path

from aws_cdk import App, Duration, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from cdk_secure_s3 import (
    AccessPoint,
    AccessPointDelegation,
    BucketAccess,
    ComplianceArchive,
    Encryption,
    EnrichingObjectLambda,
    ImageObjectLambda,
    ImageWatermark,
    JwtIssuer,
    LockedGlacierVault,
    LoggingBucketPair,
    Mask,
    PiiType,
    PresignedUrls,
    RedactedCopy,
    RedactedEndpoint,
    RedactingObjectLambdaAccessPoint,
    Redaction,
    Retention,
    SecureBucket,
    XmlToJsonObjectLambda,
)

app = App(outdir="cdk.out")
stack = Stack(app, "Python")
pair = LoggingBucketPair(stack, "Lake", analytics=True)
bucket = SecureBucket(
    stack,
    "Data",
    encryption=Encryption.kms(),
    presigned_urls=PresignedUrls.max_age(Duration.minutes(15)),
    access_logs=pair.logs,
)
bucket.grant_cross_account_read("444455556666", "shared/")
team = iam.Role(stack, "Team", assumed_by=iam.AccountRootPrincipal())
shared = SecureBucket(
    stack,
    "Shared",
    bucket_access=BucketAccess.THROUGH_ACCESS_POINTS_ONLY,
    access_point_delegation=AccessPointDelegation.BY_ARN,
)
AccessPoint(stack, "Finance", bucket=shared, prefixes=["finance/"]).grant_read_write(team, "finance/reports/")
archive = ComplianceArchive(
    stack,
    "Ledger",
    retention=Retention.compliance_years(7),
    maximum_retention=Duration.days(3653),
    evidence=True,
)
archive.grant_archive(team)
LockedGlacierVault(stack, "Vault", vault_name="ledger", retention=Duration.days(365))

orders = SecureBucket(stack, "Orders", encryption=Encryption.kms(), event_bridge=True)
redaction = Redaction.of(
    types=[PiiType.EMAIL, PiiType.CREDIT_DEBIT_NUMBER],
    fields=["customer.name", "/payments/*/pan"],
    mask=Mask.type_name(),
    masks={"CREDIT_DEBIT_NUMBER": Mask.characters("*", keep_last=4)},
)
view = RedactingObjectLambdaAccessPoint(stack, "Analytics", bucket=orders, redaction=redaction, prefixes=["orders/"])
view.grant_read(team, "orders/2026/")
XmlToJsonObjectLambda(stack, "Json", bucket=orders, prefixes=["xml/"])
ImageObjectLambda(stack, "Previews", bucket=orders, prefixes=["photos/"], watermark=ImageWatermark.caller_name("For "))
customers = dynamodb.Table(stack, "Customers", partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING))
EnrichingObjectLambda(stack, "Rows", bucket=orders, table=customers, key_column="customer", columns={"customer_segment": "segment"})
endpoint = RedactedEndpoint(
    stack,
    "Endpoint",
    bucket=orders,
    redaction=redaction.comprehend(language_code="en", types=[PiiType.NAME]),
    jwt_issuer=JwtIssuer.oidc(issuer="https://login.example.com", audience=["orders"]),
)
endpoint.grant_read(team, "orders/")
endpoint.grant_read_to_claim("groups", "auditors", "orders/")
RedactedCopy(stack, "Copy", source=orders, destination=SecureBucket(stack, "Redacted"), redaction=redaction)
app.synth()

resources = json.loads(Path("cdk.out/Python.template.json").read_text())["Resources"]
sids = {
    statement.get("Sid")
    for resource in resources.values()
    if resource["Type"] == "AWS::S3::BucketPolicy"
    for statement in resource["Properties"]["PolicyDocument"]["Statement"]
}
assert {"TlsOnly", "EncryptionKey", "PresignedUrls", "LogDelivery1", "AccessPointDelegation", "AccessPointsOnly"} <= sids, sids
assert any(resource["Type"] == "AWS::S3::AccessPoint" for resource in resources.values()), resources
assert any(resource["Type"] == "AWS::S3ObjectLambda::AccessPoint" for resource in resources.values()), resources
functions = [path for path in Path("cdk.out").glob("asset.*/index.js") if (path.parent / "rules.json").exists()]
assert len(functions) == 3, functions
assert any('"EMAIL"' in (path.parent / "rules.json").read_text() for path in functions), functions
try:
    PresignedUrls.max_age(Duration.days(8))
except Exception as error:  # jsii raises RuntimeError
    assert "at most" in str(error) or "7 days" in str(error), error
else:
    raise AssertionError("a maximum age of 8 days was accepted")
print(f"Python: {len(resources)} resources, {len(sids)} kinds of statements")

weakened = App(outdir="weakened.out")
bucket = SecureBucket(Stack(weakened, "Weakened"), "Data")
bucket.node.default_child.add_property_deletion_override("VersioningConfiguration")
try:
    weakened.synth()
except Exception as error:
    # Newer versions of aws-cdk-lib print the findings and raise their own error.
    assert "Validation failed" in str(error), error
else:
    raise AssertionError("a weakened bucket was synthesized")
print("Python: a weakened bucket fails synthesis")
