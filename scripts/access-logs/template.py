"""What the checks read of the synthesized template."""
import json
import sys
from pathlib import Path

CASES = Path(__file__).parents[2] / "test" / "logging"


def resources(template, resource_type):
    return [resource["Properties"] for resource in template["Resources"].values() if resource["Type"] == resource_type]


def read_template(path):
    return json.loads(Path(path).read_text("utf-8"))


def read_table(template):
    [table] = resources(template, "AWS::Glue::Table")
    return table["TableInput"]


def columns(table):
    """Name and type of each column, without the partition keys."""
    return [(column["Name"], column["Type"]) for column in table["StorageDescriptor"]["Columns"]]


def read_cases(name):
    return json.loads((CASES / name).read_text("utf-8"))


def fail_if_any(differences):
    if differences:
        sys.exit("\n".join([*differences, f"{len(differences)} differences"]))
