"""Digits in groups of three."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_groups_and_decimal_separator_are_put_in() -> None:
    dialect = ExportDialect.of(ExportFormat(thousands=".", decimal=","), "UTC")
    given = "select unnest(['1234567.5', '-1234', '12']) as value"
    found = values_of("{{ format_groups('value', dialect) }}", given, dialect=dialect)
    assert found == ["1.234.567,5", "-1.234", "12"]
