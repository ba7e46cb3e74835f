"""A typed value as text in the stated format."""

import pytest

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def written(value: str, kind: str, zone: str = "UTC", **stated: object) -> object:
    dialect = ExportDialect.of(ExportFormat(**stated), zone)
    template = "{{ format_value('value', type, dialect) }}"
    (text,) = values_of(template, f"select {value} as value", type=kind, dialect=dialect)
    return text


@pytest.mark.parametrize(
    ("value", "kind", "stated", "expected"),
    [
        ("'a'", "text", {}, "a"),
        ("''", "text", {}, ""),
        ("12", "integer", {}, "12"),
        ("-1234567", "integer", {"thousands": ".", "decimal": ","}, "-1.234.567"),
        ("999", "integer", {"thousands": " "}, "999"),
        ("1234.50::decimal(18,2)", "decimal(18,2)", {}, "1234.50"),
        ("1234.50::decimal(18,2)", "decimal(18,2)", {"decimal": ","}, "1234,50"),
        ("1234.50::decimal(38,10)", "decimal", {}, "1234.5"),
        ("1200::decimal(38,10)", "decimal", {}, "1200"),
        ("0::decimal(38,10)", "decimal", {}, "0"),
        ("1234.565::decimal(38,10)", "decimal", {"decimals": 2}, "1234.57"),
        ("1234.5::decimal(38,10)", "decimal", {"decimals": 0}, "1235"),
        (
            "-1234567.8::decimal(38,10)",
            "decimal",
            {"thousands": ".", "decimal": ",", "decimals": 2},
            "-1.234.567,80",
        ),
        ("-0.5::decimal(38,10)", "decimal", {"thousands": ","}, "-0.5"),
        ("true", "boolean", {}, "true"),
        ("true", "boolean", {"true_value": "J", "false_value": "N"}, "J"),
        ("false", "boolean", {"true_value": "J", "false_value": "N"}, "N"),
        ("date '2024-02-01'", "date", {}, "2024-02-01"),
        ("date '2024-02-01'", "date", {"date_format": "%d/%m/%y"}, "01/02/24"),
        ("timestamp '2024-07-01 10:00'", "datetime", {}, "2024-07-01 10:00:00"),
    ],
)
def test_value_is_written_in_the_stated_format(
    value: str, kind: str, stated: dict[str, object], expected: str
) -> None:
    assert written(value, kind, **stated) == expected


@pytest.mark.parametrize(
    ("value", "zone", "form", "expected"),
    [
        ("2024-07-01 10:00", "Europe/Amsterdam", "%H:%M", "12:00"),
        ("2024-07-01 10:00", "Europe/Amsterdam", "%H:%M%z", "12:00+0200"),
        ("2024-01-01 10:00", "America/New_York", "%H:%M %z", "05:00 -0500"),
        ("2024-01-01 10:00", "Asia/Kolkata", "%H:%M%z", "15:30+0530"),
        ("2024-01-01 10:00", "Europe/Amsterdam", "%H %Z", "11 Europe/Amsterdam"),
    ],
)
def test_times_are_those_of_the_clocks_of_the_zone(
    value: str, zone: str, form: str, expected: str
) -> None:
    assert written(f"timestamp '{value}'", "datetime", zone, datetime_format=form) == expected


@pytest.mark.parametrize(
    "kind", ["text", "integer", "decimal", "decimal(18,2)", "boolean", "date", "datetime"]
)
def test_no_value_stays_none(kind: str) -> None:
    types = {
        "text": "string",
        "integer": "bigint",
        "decimal": "decimal(38,10)",
        "datetime": "timestamp",
    }
    stated = {"thousands": ".", "decimal": ",", "true_value": "J", "datetime_format": "%H%z%Z"}
    value = f"null::{types.get(kind, kind)}"
    assert written(value, kind, "Europe/Amsterdam", **stated) is None
