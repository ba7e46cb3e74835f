"""A decimal as text."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_decimal_has_the_digits_that_it_needs_or_that_are_stated() -> None:
    given = "select 1234.50::decimal(38, 10) as value"
    template = "{{ format_number('value', 'decimal', dialect) }}"
    for stated, expected in (({}, "1234.5"), ({"decimals": 3, "decimal": ","}, "1234,500")):
        dialect = ExportDialect.of(ExportFormat(**stated), "UTC")
        assert values_of(template, given, dialect=dialect) == [expected]
