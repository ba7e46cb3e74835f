"""The values of a list as text."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_items_are_separated_and_an_empty_list_is_null() -> None:
    dialect = ExportDialect.of(ExportFormat(multi_value_separator="|"), "UTC")
    given = "select unnest([['a', 'b'], []]) as value"
    template = "{{ format_list('value', 'text', dialect) }}"
    assert values_of(template, given, dialect=dialect) == ["a|b", None]
