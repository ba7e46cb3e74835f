"""Whether no value of a line needs quotes."""

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import values_of


def test_one_value_that_needs_quotes_is_enough() -> None:
    dialect = ExportDialect.of(ExportFormat(), "UTC")
    given = "select * from (values ('a', 'b'), ('a', 'b,c'), ('a', ''), (null, 'b')) as t(one, two)"
    template = "{{ needs_no_quotes(['one', 'two'], dialect) }}"
    assert values_of(template, given, dialect=dialect) == [True, False, False, True]
