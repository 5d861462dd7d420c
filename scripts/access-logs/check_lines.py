"""Reads the sample lines with the regular expression of the synthesized table, in Java, and compares every column.

Usage: check_lines.py <template.json> <where to write the rows.json>
"""
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from template import columns, fail_if_any, read_cases, read_table, read_template

REGEX_SERDE = Path(__file__).with_name("RegexSerDe.java")


def java(mode, *files):
    return subprocess.run(["java", REGEX_SERDE, mode, *files], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")


def typed(groups, table_columns):
    """As the SerDe fills the row: NULL for what is not a number in a column of numbers, and everywhere if the line does not match."""
    if groups is None:
        return {name: None for name, _ in table_columns}
    if len(groups) != len(table_columns):
        sys.exit(f"{len(groups)} groups for {len(table_columns)} columns: Athena refuses the table")
    return {name: value if value is None or kind == "string" else int(value) for (name, kind), value in zip(table_columns, groups)}


def partition(case):
    """Where S3 delivers the line. Said by the case only where the line itself cannot be read."""
    if "source_bucket" in case:
        return {"source_bucket": case["source_bucket"], "day": case["day"]}
    time = datetime.strptime(case["fields"]["request_time"], "%d/%b/%Y:%H:%M:%S %z")
    return {"source_bucket": case["fields"]["bucket"], "day": time.strftime("%Y/%m/%d")}


def compare(case, row, table_columns):
    names = {name for name, _ in table_columns}
    differences = [f"no column {name}" for name in case["fields"] if name not in names]
    for name in names:
        if row[name] != case["fields"].get(name):
            differences.append(f"{name} is {row[name]!r} instead of {case['fields'].get(name)!r}")
    return [f"{case['name']}: {difference}" for difference in sorted(differences)]


def main(template_file, rows_file):
    table = read_table(read_template(template_file))
    table_columns = columns(table)
    cases = read_cases("access-log-lines.cases.json")["cases"]
    with tempfile.TemporaryDirectory() as directory:
        regex, lines = Path(directory, "regex"), Path(directory, "lines")
        regex.write_bytes(table["StorageDescriptor"]["SerdeInfo"]["Parameters"]["input.regex"].encode())
        lines.write_bytes("".join(f"{case['line']}\n" for case in cases).encode())
        parsed = [json.loads(row) for row in java("parse", regex, lines).split("\n")[:-1]]
        hostile = java("hostile", regex)
    if len(parsed) != len(cases):
        sys.exit(f"{len(parsed)} rows for {len(cases)} lines")
    rows = [typed(groups, table_columns) for groups in parsed]
    fail_if_any([difference for case, row in zip(cases, rows) for difference in compare(case, row, table_columns)])
    Path(rows_file).write_text(json.dumps([{**row, **partition(case)} for case, row in zip(cases, rows)]), "utf-8")
    matched = sum(groups is not None for groups in parsed)
    print(f"{matched} lines matched, {len(cases) - matched} did not as expected, {len(rows) * len(table_columns)} fields checked")
    print(hostile, end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
