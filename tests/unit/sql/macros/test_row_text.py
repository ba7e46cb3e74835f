"""All values of a row as one text."""

from tests.unit.sql.expression import values_of


def test_each_value_is_in_the_text() -> None:
    given = "select 'a' as name, 7 as number"
    assert values_of("{{ row_text('given') }}", given) == ['{"name":"a","number":7}']
