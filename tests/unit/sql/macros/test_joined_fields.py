"""The fields of a line, separated."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_fields_are_separated_and_the_line_ends_as_stated() -> None:
    dialect = ExportDialect.of(ExportFormat(separator=";", line_end="crlf"), "UTC")
    given = "select 'a' as one, 'b' as two"
    template = "{{ joined_fields(fields, dialect) }}"
    assert values_of(template, given, fields=["one", "two"], dialect=dialect) == ["a;b\r"]
    assert values_of(template, given, fields=["one"], dialect=dialect) == ["a\r"]
