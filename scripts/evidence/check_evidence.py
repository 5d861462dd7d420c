"""Reads lines of an inventory with the columns of the synthesized table, runs each saved query over them and compares every row.

Usage: check_evidence.py <template.json>, with scripts/access-logs on PYTHONPATH
"""
import csv
import json
import sys
from pathlib import Path

import duckdb

from check_queries import compare, to_duckdb
from template import columns, fail_if_any, read_table, read_template, resources

CASES = Path(__file__).parents[2] / "test" / "archive" / "archive-evidence.cases.json"


def load(table, lists):
    """As OpenCSVSerde reads: every column is text, and empty fields are empty texts."""
    connection = duckdb.connect()
    names = [name for name, _ in columns(table)]
    wrong = [f"{name} is {kind} instead of string" for name, kind in columns(table) if kind != "string"]
    fail_if_any(wrong)
    connection.execute(f"CREATE TABLE {table['Name']} ({', '.join(f'{chr(34)}{name}{chr(34)} VARCHAR' for name in [*names, 'dt'])})")
    for dt, lines in lists.items():
        for fields in csv.reader(lines):
            if len(fields) != len(names):
                sys.exit(f"{len(fields)} fields for {len(names)} columns: {fields}")
            connection.execute(f"INSERT INTO {table['Name']} VALUES ({', '.join('?' * (len(names) + 1))})", [*fields, dt])
    return connection


def main(template_file):
    template = read_template(template_file)
    cases = json.loads(CASES.read_text("utf-8"))
    connection = load(read_table(template), cases["lists"])
    expectations = {query["name"]: query for query in cases["queries"]}
    queries = {query["Name"]: query["QueryString"] for query in resources(template, "AWS::Athena::NamedQuery")}
    differences = [f"{name}: no expected rows" for name in queries if not expectations.get(name, {}).get("rows")]
    differences += [f"{name}: no such query" for name in expectations if name not in queries]
    compared = 0
    for name in queries.keys() & expectations.keys():
        result = connection.execute(to_duckdb(queries[name], cases["today"]))
        rows = [list(row) for row in result.fetchall()]
        differences += compare(expectations[name], [column[0] for column in result.description], rows)
        compared += len(rows)
    fail_if_any(sorted(differences))
    print(f"{len(queries)} queries on locks, {compared} rows compared")


if __name__ == "__main__":
    main(*sys.argv[1:])
