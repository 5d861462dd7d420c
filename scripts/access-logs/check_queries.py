"""Parses each saved query of the synthesized template as Athena SQL, runs it over the sample lines and compares every row.

Usage: check_queries.py <template.json> <rows.json of check_lines.py>
"""
import json
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import ErrorLevel, exp

from template import columns, fail_if_any, read_cases, read_table, read_template, resources

DUCKDB_TYPES = {"string": "VARCHAR", "int": "INTEGER", "bigint": "BIGINT"}


def load(table, rows):
    """The table with its partition keys, and Athena's pseudo column for the object that a row comes from."""
    connection = duckdb.connect()
    partition_keys = [(key["Name"], key["Type"]) for key in table["PartitionKeys"]]
    kinds = [*columns(table), *partition_keys, ("$path", "string")]
    connection.execute(f"CREATE TABLE {table['Name']} ({', '.join(f'{chr(34)}{name}{chr(34)} {DUCKDB_TYPES[kind]}' for name, kind in kinds)})")
    connection.executemany(
        f"INSERT INTO {table['Name']} VALUES ({', '.join('?' * len(kinds))})",
        [[{**row, "$path": f"s3://logs/{row['source_bucket']}/{row['day']}/"}[name] for name, _ in kinds] for row in rows])
    return connection


def to_duckdb(sql, today):
    [statement] = sqlglot.parse(sql, read="athena")
    if not isinstance(statement, exp.Select):
        sys.exit(f"not a SELECT: {sql}")
    for now in statement.find_all(exp.CurrentDate):
        now.replace(exp.cast(exp.Literal.string(today), "date"))
    return statement.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE)


def plain(value):
    return value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value


def compare(expected, names, rows):
    differences = []
    if names != expected["columns"]:
        differences.append(f"columns {names} instead of {expected['columns']}")
    if len(rows) != len(expected["rows"]):
        differences.append(f"{len(rows)} rows instead of {len(expected['rows'])}")
    differences += [f"row {index + 1} is {row} instead of {wanted}"
                    for index, (row, wanted) in enumerate(zip(rows, expected["rows"])) if row != wanted]
    return [f"{expected['name']}: {difference}" for difference in differences]


def main(template_file, rows_file):
    template = read_template(template_file)
    connection = load(read_table(template), json.loads(Path(rows_file).read_text("utf-8")))
    cases = read_cases("access-log-queries.cases.json")
    expectations = {query["name"]: query for query in cases["queries"]}
    queries = {query["Name"]: query["QueryString"] for query in resources(template, "AWS::Athena::NamedQuery")}
    differences = [f"{name}: no expected rows" for name in queries if not expectations.get(name, {}).get("rows")]
    differences += [f"{name}: no such query" for name in expectations if name not in queries]
    compared = 0
    for name in queries.keys() & expectations.keys():
        result = connection.execute(to_duckdb(queries[name], cases["today"]))
        rows = [[plain(value) for value in row] for row in result.fetchall()]
        differences += compare(expectations[name], [column[0] for column in result.description], rows)
        compared += len(rows)
    fail_if_any(sorted(differences))
    print(f"{len(queries)} queries, {compared} rows compared")


if __name__ == "__main__":
    main(*sys.argv[1:])
