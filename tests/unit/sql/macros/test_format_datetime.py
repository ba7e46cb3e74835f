"""A UTC timestamp in the stated zone and format."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_moment_is_written_in_its_zone_with_offset() -> None:
    stated = ExportFormat(datetime_format="%Y-%m-%d %H:%M %z")
    dialect = ExportDialect.of(stated, "Europe/Amsterdam")
    given = "select timestamp '2024-07-01 10:00' as value"
    found = values_of("{{ format_datetime('value', dialect) }}", given, dialect=dialect)
    assert found == ["2024-07-01 12:00 +0200"]
