"""A field with the quotes that it needs (X3)."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_quotes_stand_around_what_needs_them() -> None:
    dialect = ExportDialect.of(ExportFormat(), "UTC")
    given = "select unnest(['a', 'a,b', 'say \"hi\"', '', null]) as value"
    template = "{{ format_field('value', dialect, dialect.null) }}"
    expected = ["a", '"a,b"', '"say ""hi"""', '""', ""]
    assert values_of(template, given, dialect=dialect) == expected
