"""A line of CSV out of text columns (RFC 4180, X3)."""

import csv
import io

import pytest

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import rows_of

VALUES = [
    "a",
    "",
    None,
    "a,b",
    'say "hi"',
    "a\nb",
    "a\rb",
    " a",
    "a ",
    "a\n ",
    "a\\ ",
    "% ",
    "#a",
    "\ta",
    "NULL",
    "é",
    "!",
    "$",
    "a\u00a0",
]


def lines(rows: list[tuple[str | None, ...]], may_need: bool = True, **stated: object) -> list[str]:
    dialect = ExportDialect.of(ExportFormat(**stated), "UTC")
    names = [f"c{number}" for number in range(len(rows[0]))]
    columns = [(name, may_need) for name in names]
    return [
        rows_of(
            "select {{ format_line(columns, dialect) }} from (select {{ given }})",
            columns=columns,
            dialect=dialect,
            given=", ".join(
                f"{literal(value)}::string as {name}"
                for name, value in zip(names, row, strict=True)
            ),
        )[0][0]
        for row in rows
    ]


def literal(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        ("", '""'),
        (None, ""),
        ("a,b", '"a,b"'),
        ('say "hi"', '"say ""hi"""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("#a", '"#a"'),
        ("a#", "a#"),
        ("a\nb", '"a\nb"'),
        ("$", "$"),
        ("é", "é"),
    ],
)
def test_quotes_stand_around_values_that_need_them(value: str | None, expected: str) -> None:
    assert lines([(value, "x")]) == [f"{expected},x"]


@pytest.mark.parametrize(
    "stated", [{}, {"quoting": "all"}, {"separator": ";"}, {"quote": "'"}, {"null_value": "NULL"}]
)
def test_every_value_reads_back(stated: dict[str, str]) -> None:
    rows = [(one, two) for one in VALUES for two in VALUES[:4]]
    separator, quote = stated.get("separator", ","), stated.get("quote", '"')
    for row, line in zip(rows, lines(rows, **stated), strict=True):
        (read,) = csv.reader(io.StringIO(line, newline=""), delimiter=separator, quotechar=quote)
        absent = stated.get("null_value", "")
        assert read == [absent if value is None else value for value in row]


def test_value_that_reads_as_no_value_has_quotes() -> None:
    assert lines([("NULL", None)], null_value="NULL") == ['"NULL",NULL']


def test_lone_column_without_a_value_is_still_a_row() -> None:
    assert lines([(None,), ("a",)]) == ['""', "a"]


def test_columns_that_never_need_quotes_are_not_looked_at() -> None:
    assert lines([("1,5", "x")], may_need=False) == ["1,5,x"]


def test_all_values_but_absent_ones_have_quotes_where_all_are_asked_for() -> None:
    assert lines([("a", None)], quoting="all") == ['"a",']


def test_line_ends_as_stated() -> None:
    assert lines([("a", "b,")], line_end="crlf") == ['a,"b,"\r']
