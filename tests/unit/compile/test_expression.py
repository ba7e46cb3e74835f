"""Columns of expressions, found in the headers of files."""

import pytest

from runner.compile.expression import Expression, Scope
from runner.errors import Fault, Location

HEADERS = {"rows": ("Email", "amount", "order id", "both"), "people": ("name", "both")}
HERE = Location("shop.yml", 3, 5)


def resolved(text: str, *, as_sql: bool = False) -> tuple[Expression, list[str]]:
    """Return an expression, and the faults that it has."""
    faults: list[Fault] = []
    scope = Scope(HEADERS, faults, files={"rows": ["a.csv", "b.csv", "c.csv", "d.csv"]})
    scope.made["twice"] = Expression("x", HERE, frozenset({("rows", "amount")}))
    found = scope.sql(text, HERE) if as_sql else scope.value(text, HERE)
    return found, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("text", "sql", "columns"),
    [
        ("rows.email", '"rows.Email"', {("rows", "Email")}),
        ("EMAIL", '"rows.Email"', {("rows", "Email")}),
        ("rows.order id", '"rows.order id"', {("rows", "order id")}),
        ("people.both", '"people.both"', {("people", "both")}),
    ],
)
def test_column_alone_is_found_in_any_case(
    text: str, sql: str, columns: set[tuple[str, str]]
) -> None:
    found, faults = resolved(text)
    assert (found.sql, found.columns, found.is_column, faults) == (sql, columns, True, [])


@pytest.mark.parametrize(
    ("text", "sql", "columns"),
    [
        ("lower(rows.email)", 'lower("rows.Email")', {("rows", "Email")}),
        ("amount + 1", '"rows.amount" + 1', {("rows", "amount")}),
        (
            '"order id" || name',
            '"rows.order id" || "people.name"',
            {("rows", "order id"), ("people", "name")},
        ),
        ("'amount'", "'amount'", set()),
        (
            "case when amount = 'name' then name end",
            """case when "rows.amount" = 'name' then "people.name" end""",
            {("rows", "amount"), ("people", "name")},
        ),
        ("amount::integer -- amount", '"rows.amount"::integer -- amount', {("rows", "amount")}),
        ("extract(day from amount)", 'extract(day from "rows.amount")', {("rows", "amount")}),
        (
            "list_filter([1], lambda amount: amount > 0)",
            "list_filter([1], lambda amount: amount > 0)",
            set(),
        ),
        ("twice * 2", '"twice" * 2', {("rows", "amount")}),
        ("struct.field", "struct.field", set()),
    ],
)
def test_columns_of_an_expression_are_replaced_and_the_rest_stays(
    text: str, sql: str, columns: set[tuple[str, str]]
) -> None:
    found, faults = resolved(text, as_sql=True)
    assert (found.sql, found.columns, found.is_column, faults) == (sql, columns, False, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rows.emial", "`rows` has no column 'emial'. Did you mean 'Email'?"),
        ("nmae", "there is no column 'nmae'. Did you mean 'name'?"),
        ("both", "write one of rows.both, people.both"),
    ],
)
def test_column_that_is_not_there_is_reported_with_the_nearest(text: str, expected: str) -> None:
    _, (fault,) = resolved(text)
    assert fault.startswith("shop.yml:3:5: ")
    assert expected in fault


def test_message_names_the_first_files_of_the_source() -> None:
    _, (fault,) = resolved("rows.none")
    assert fault.endswith("; its files: a.csv, b.csv, c.csv and 1 more")


@pytest.mark.parametrize(
    ("text", "sql", "columns"),
    [
        ("name", '"people.name"', {("people", "name")}),
        ("email", '"rows.email"', {("rows", "email")}),
        ("rows.Order No", '"rows.order no"', {("rows", "order no")}),
        ("Order No", '"rows.order no"', {("rows", "order no")}),
        ("coalesce(name, email)", 'coalesce("people.name", "rows.email")',
         {("people", "name"), ("rows", "email")}),
        ("case when paid then 1 end", 'case when "people.paid" then 1 end', {("people", "paid")}),
    ],
)  # fmt: skip
def test_a_name_that_no_header_has_is_a_column_of_the_file_without_one(
    text: str, sql: str, columns: set[tuple[str, str]]
) -> None:
    faults: list[Fault] = []
    headers = {"rows": (), "people": ("name", "paid")}
    found = Scope(headers, faults, ["rows"], default="rows").value(text, HERE)
    assert (found.sql, found.columns, faults) == (sql, columns, [])


def test_every_source_has_the_location_of_its_lines() -> None:
    """R10"""
    assert resolved("rows._LINE")[0].sql == '"rows._line"'
    assert resolved("upper(people._file)", as_sql=True)[0].sql == 'upper("people._file")'
    assert "write one of rows._line, people._line" in resolved("_line")[1][0]
    faults: list[Fault] = []
    assert Scope({"rows": ("a", "_line")}, faults).value("_file", HERE).sql == '"rows._file"'
    assert not faults
